using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>The renames of a plan in the form that the tools of SQL Server read: a <c>.refactorlog</c>.</summary>
internal static class RefactorLog
{
    private const string DefaultSchema = "dbo";

    private static readonly XNamespace s_namespace = "http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02";

    /// <summary>Writes renames of tables and columns, in their order.</summary>
    public static string Write(IEnumerable<MigrationOperation> renames) => new XDeclaration("1.0", "utf-8", null) + "\n" +
        new XElement(s_namespace + "Operations", new XAttribute("Version", "1.0"), renames.SelectMany(Entries)).ToString().ReplaceLineEndings("\n") + "\n";

    private static IEnumerable<XElement> Entries(MigrationOperation operation)
    {
        if (operation is RenameColumnOperation column)
        {
            var table = Name(column.Schema ?? DefaultSchema, column.Table);
            yield return Entry(
                "Rename Refactor", ("ElementName", $"{table}.{Name(column.Name)}"), ("ElementType", "SqlSimpleColumn"),
                ("ParentElementName", table), ("ParentElementType", "SqlTable"), ("NewName", Name(column.NewName)));
        }
        else if (operation is RenameTableOperation table)
        {
            var (old, current) = (table.Schema ?? DefaultSchema, table.NewSchema ?? DefaultSchema);
            if (table.Name != table.NewName)
            {
                yield return Entry(
                    "Rename Refactor", ("ElementName", Name(old, table.Name)), ("ElementType", "SqlTable"),
                    ("ParentElementName", Name(old)), ("ParentElementType", "SqlSchema"), ("NewName", Name(table.NewName!)));
            }

            if (old != current)
            {
                yield return Entry(
                    "Move Schema", ("ElementName", Name(old, table.NewName!)), ("ElementType", "SqlTable"),
                    ("NewSchema", current), ("IsNewSchemaExternal", "False"));
            }
        }
    }

    private static XElement Entry(string operation, params (string Name, string Value)[] properties) => new(
        s_namespace + "Operation",
        new XAttribute("Name", operation),
        new XAttribute("Key", KeyOf($"{operation}\n{string.Join('\n', properties)}")),
        new XAttribute("ChangeDateTime", "01/01/2000 00:00:00"),
        properties.Select(property => new XElement(s_namespace + "Property", new XAttribute("Name", property.Name), new XAttribute("Value", property.Value))));

    // A database remembers by it what it has carried out: the same rename has the same key in every build.
    private static Guid KeyOf(string rename) => new(SHA256.HashData(Encoding.UTF8.GetBytes(rename)).AsSpan(0, 16));

    private static string Name(params string[] parts) => string.Join('.', parts.Select(part => $"[{part.Replace("]", "]]", StringComparison.Ordinal)}]"));
}
