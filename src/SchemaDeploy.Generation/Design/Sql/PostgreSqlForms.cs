using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <summary>What PostgreSQL alone has and writes in a form of its own, back in that form.</summary>
internal static class PostgreSqlForms
{
    /// <summary>Writes a call that has no neutral name.</summary>
    public static void Write(SqlWriter writer, FunctionExpression call)
    {
        switch (call.Name, call.Arguments)
        {
            case (var name, _) when name.Contains('.', StringComparison.Ordinal):
                // A function of the script's own: the database that is made has none.
                writer.Fail();
                break;
            case ("array", var items):
                writer.Add("ARRAY[").WriteList(items);
                writer.Add("]");
                break;
            case ("array_element", [var list, var index]):
                writer.Add("(").WriteOperand(list);
                writer.Add(")[").WriteValue(index);
                writer.Add("]");
                break;
            case ("array_slice", [var list, var from, var to]):
                writer.Add("(").WriteOperand(list);
                writer.Add(")[").WriteValue(from);
                writer.Add(":").WriteValue(to);
                writer.Add("]");
                break;
            case ("overlaps", [var left, var right]):
                writer.WriteList([left, right], " OVERLAPS ");
                break;
            case ("substring_matching", [var text, var pattern]):
                writer.Add("substring(").WriteValue(text);
                writer.Add(" from ").WriteValue(pattern);
                writer.Add(")");
                break;
            case (var name, [var left, var right]) when name.EndsWith(" any", StringComparison.Ordinal) || name.EndsWith(" all", StringComparison.Ordinal):
                writer.WriteOperand(left);
                writer.Add($" {name[..^4]} {name[^3..].ToUpperInvariant()} (").WriteValue(right);
                writer.Add(")");
                break;
            case (var name, [var operand]) when IsOperator(name):
                writer.Add(name).Add(" ").WriteOperand(operand);
                break;
            case (var name, [var left, var right]) when IsOperator(name):
                writer.WriteList([left, right], $" {name} ");
                break;
            case (var name, var arguments) when name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !IsForm(name):
                SqlFunctions.WriteCall(writer, name, arguments);
                break;
            default:
                writer.Fail();
                break;
        }
    }

    private static bool IsOperator(string name) => name.All(c => "+-*/<>=~!@#%^&|`?".Contains(c, StringComparison.Ordinal));

    // Forms that are no calls and are not written back.
    private static bool IsForm(string name) =>
        name is "array_slice" or "array_element" or "substring_matching" or "overlay" || name.StartsWith("is_", StringComparison.Ordinal);
}
