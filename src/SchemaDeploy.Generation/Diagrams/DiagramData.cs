using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Diagrams;

/// <summary>
/// The model in the form that the page's script reads: tables refer to each other by index, expressions are text, and
/// what is absent or false is left out. Less-than signs are escaped, so that no name can end the script element.
/// </summary>
internal static class DiagramData
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(DatabaseModel model)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            var relationships = Relationship.AllOf(model).ToLookup(relationship => relationship.Child);
            json.WriteStartObject();
            json.WriteStartArray("tables");
            for (var i = 0; i < model.Tables.Length; i++)
            {
                WriteTable(json, model.Tables[i], relationships[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteTable(Utf8JsonWriter json, Table table, IEnumerable<Relationship> relationships)
    {
        json.WriteStartObject();
        WriteText(json, "schema", table.Schema);
        json.WriteString("name", table.Name);
        WriteText(json, "comment", table.Comment);

        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            WriteColumn(json, column);
        }

        json.WriteEndArray();
        WriteNames(json, "primaryKey", table.PrimaryKey?.Columns ?? []);
        WriteArray(json, "uniqueKeys", table.UniqueKeys, key =>
        {
            json.WriteString("name", key.Name);
            WriteNames(json, "columns", key.Columns);
        });
        WriteArray(json, "foreignKeys", relationships, relationship => WriteForeignKey(json, relationship));
        WriteArray(json, "indexes", table.Indexes, index =>
        {
            json.WriteString("name", index.Name);
            json.WriteString("parts", string.Join(", ", index.Parts.Select(PartText)));
            WriteFlag(json, "unique", index.Unique);
            WriteText(json, "method", index.Method == IndexMethod.BTree ? null : index.Method.ToString());
            WriteText(json, "filter", index.Filter?.ToString());
            WriteNames(json, "include", index.Include);
        });
        WriteArray(json, "checks", table.Checks, check =>
        {
            json.WriteString("name", check.Name);
            json.WriteString("expression", check.Expression.ToString());
        });
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, Column column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", TypeLabel.Of(column));
        WriteFlag(json, "nullable", column.Nullable);
        WriteFlag(json, "identity", column.Identity is not null);
        WriteText(json, "default", column.Default?.ToString());
        WriteFlag(json, "onUpdateNow", column.OnUpdateNow);
        WriteText(json, "generated", column.Generated?.Expression.ToString());
        WriteNames(json, "values", column.EnumValues);
        WriteText(json, "comment", column.Comment);
        json.WriteEndObject();
    }

    private static void WriteForeignKey(Utf8JsonWriter json, Relationship relationship)
    {
        var foreignKey = relationship.ForeignKey;
        json.WriteString("name", foreignKey.Name);
        WriteNames(json, "columns", foreignKey.Columns);
        if (relationship.Parent is { } parent)
        {
            json.WriteNumber("table", parent);
        }

        json.WriteString("referencedTable", foreignKey.ReferencedTable);
        WriteNames(json, "referencedColumns", foreignKey.ReferencedColumns);
        WriteText(json, "onDelete", ActionText(foreignKey.OnDelete));
        WriteText(json, "onUpdate", ActionText(foreignKey.OnUpdate));
        WriteFlag(json, "optional", relationship.Optional);
        WriteFlag(json, "unique", relationship.Unique);
    }

    private static string? ActionText(ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => "cascade",
        ReferentialAction.SetNull => "set null",
        ReferentialAction.SetDefault => "set default",
        _ => null,
    };

    private static string PartText(IndexPart part) =>
        (part.Expression is ColumnExpression column ? column.Name : part.Expression.ToString())
        + (part.PrefixLength is { } length ? $"({length})" : "")
        + (part.Descending ? " desc" : "");

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static void WriteNames(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        if (!values.IsEmpty)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> writeMembers)
    {
        var any = false;
        foreach (var item in items)
        {
            if (!any)
            {
                json.WriteStartArray(name);
                any = true;
            }

            json.WriteStartObject();
            writeMembers(item);
            json.WriteEndObject();
        }

        if (any)
        {
            json.WriteEndArray();
        }
    }
}
