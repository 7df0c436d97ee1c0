using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Compatibility.Tests.Databases;

/// <summary>Loads scripts for SQL Server into Microsoft's DacFx, which stands in for the server.</summary>
internal static class SqlServerScript
{
    /// <summary>What DacFx has to say against a script.</summary>
    public static IReadOnlyList<string> FindErrors(string script)
    {
        var parsed = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        if (errors.Count > 0)
        {
            return [.. errors.Select(error => $"({error.Line},{error.Column}) {error.Message}")];
        }

        using var model = new TSqlModel(SqlServerVersion.Sql170, new TSqlModelOptions());
        var findings = new List<string>();
        foreach (var statement in parsed.Batches.SelectMany(batch => batch.Statements))
        {
            if (Definition(statement, script) is not { } text)
            {
                continue;
            }

            try
            {
                model.AddObjects(text);
            }
            catch (DacModelException exception)
            {
                findings.Add($"({statement.StartLine},{statement.StartColumn}) {exception.Message}");
            }
        }

        findings.AddRange(model.Validate().Where(message => message.MessageType == DacMessageType.Error).Select(message => message.ToString()));
        return findings;
    }

    // A model takes what defines an object. Of what runs beside it, schemas are made inside a condition, and comments
    // by a procedure and its variables.
    private static string? Definition(TSqlStatement statement, string script) => statement switch
    {
        IfStatement { ThenStatement: ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList { Strings: [StringLiteral literal] } } } => literal.Value,
        DeclareVariableStatement or SetVariableStatement => null,
        ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableProcedureReference } => null,
        _ => script.Substring(statement.StartOffset, statement.FragmentLength),
    };
}
