using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>The arguments of a procedure call, by name or by place.</summary>
internal sealed class ProcedureArguments(IList<Dom.ExecuteParameter> parameters, StringConstants constants)
{
    /// <summary>The argument, or null where there is none.</summary>
    public Dom.ScalarExpression? Expression(int position, string name)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Variable is { } variable && variable.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter.ParameterValue;
            }
        }

        return position < parameters.Count && parameters[position].Variable is null ? parameters[position].ParameterValue : null;
    }

    /// <summary>The argument's text, or null where there is none, it is NULL or not known.</summary>
    public MappedText? Text(int position, string name) =>
        Expression(position, name) is { } expression and not Dom.NullLiteral ? constants.Evaluate(expression) : null;
}
