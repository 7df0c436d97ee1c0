using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Diagrams;

/// <summary>The type of a column as a diagram shows it: as the user wrote it, on one line, without quoting.</summary>
internal static partial class TypeLabel
{
    public static string Of(Column column)
    {
        // The members of an enum are shown apart: there may be hundreds.
        if (column.Type is SqlTypeKind.Enum or SqlTypeKind.Set && !column.EnumValues.IsEmpty)
        {
            var head = column.NativeType.Split('(', 2)[0];
            return OneLine(head.Length == 0 ? "enum" : head);
        }

        return OneLine(column.NativeType);
    }

    private static string OneLine(string type) =>
        Space().Replace(BracketedName().Replace(type, "$1"), " ").Trim();

    [GeneratedRegex(@"[\[`""]([^\[\]`""]+)[\]`""]")]
    private static partial Regex BracketedName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
