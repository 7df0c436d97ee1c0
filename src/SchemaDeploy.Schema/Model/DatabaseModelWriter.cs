using System.Text.Json;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Model;

/// <summary>
/// Writes the model. The members that tools rely on are always there, even when null or empty; the others where
/// they say something.
/// </summary>
internal static class DatabaseModelWriter
{
    public static void Write(Utf8JsonWriter json, DatabaseModel model)
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", model.FormatVersion);
        json.WriteString("dialect", model.Dialect.ToString());
        json.WriteStartArray("tables");
        foreach (var table in model.Tables)
        {
            Write(json, table);
        }

        json.WriteEndArray();
        json.WriteStartArray("sequences");
        foreach (var sequence in model.Sequences)
        {
            json.WriteStartObject();
            json.WriteString("schema", sequence.Schema);
            json.WriteString("name", sequence.Name);
            json.WriteNumber("start", sequence.Start);
            json.WriteNumber("increment", sequence.Increment);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Table table)
    {
        json.WriteStartObject();
        json.WriteString("schema", table.Schema);
        json.WriteString("name", table.Name);
        json.WriteString("comment", table.Comment);
        WriteTags(json, table.Tags);
        Write(json, table.Source);
        WriteAll(json, "columns", table.Columns, Write);
        if (table.PrimaryKey is { } primaryKey)
        {
            json.WritePropertyName("primaryKey");
            Write(json, primaryKey);
        }
        else
        {
            json.WriteNull("primaryKey");
        }

        WriteAll(json, "uniqueKeys", table.UniqueKeys, Write);
        WriteAll(json, "foreignKeys", table.ForeignKeys, Write);
        WriteAll(json, "indexes", table.Indexes, Write);
        WriteAll(json, "checks", table.Checks, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Column column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", NeutralTypes.NameOf(column.Type));
        json.WriteString("nativeType", column.NativeType);
        Write(json, "length", column.Length);
        Write(json, "precision", column.Precision);
        Write(json, "scale", column.Scale);
        WriteWhereTrue(json, "unsigned", column.Unsigned);
        if (column.Element is { } element)
        {
            json.WriteString("element", NeutralTypes.NameOf(element));
        }

        json.WriteBoolean("nullable", column.Nullable);
        if (column.Identity is { } identity)
        {
            json.WriteStartObject("identity");
            json.WriteNumber("seed", identity.Seed);
            json.WriteNumber("increment", identity.Increment);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("identity");
        }

        json.WriteString("default", column.Default?.ToString());
        WriteWhereTrue(json, "onUpdateNow", column.OnUpdateNow);
        if (column.Generated is { } generated)
        {
            json.WriteStartObject("generated");
            json.WriteString("expression", generated.Expression.ToString());
            json.WriteBoolean("stored", generated.Stored);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("generated");
        }

        WriteNames(json, "enumValues", column.EnumValues);
        if (column.Collation is not null)
        {
            json.WriteString("collation", column.Collation);
        }

        json.WriteString("comment", column.Comment);
        WriteTags(json, column.Tags);
        Write(json, column.Source);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Key key)
    {
        json.WriteStartObject();
        json.WriteString("name", key.Name);
        WriteNames(json, "columns", key.Columns);
        WriteWhereTrue(json, "nullsNotDistinct", key.NullsNotDistinct);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ForeignKey foreignKey)
    {
        json.WriteStartObject();
        json.WriteString("name", foreignKey.Name);
        WriteNames(json, "columns", foreignKey.Columns);
        json.WriteString("referencedSchema", foreignKey.ReferencedSchema);
        json.WriteString("referencedTable", foreignKey.ReferencedTable);
        WriteNames(json, "referencedColumns", foreignKey.ReferencedColumns);
        json.WriteString("onDelete", ActionName(foreignKey.OnDelete));
        json.WriteString("onUpdate", ActionName(foreignKey.OnUpdate));
        Write(json, foreignKey.Source);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Index index)
    {
        json.WriteStartObject();
        json.WriteString("name", index.Name);
        json.WriteBoolean("unique", index.Unique);
        WriteWhereTrue(json, "nullsNotDistinct", index.NullsNotDistinct);
        json.WriteString("method", index.Method.ToString().ToLowerInvariant());
        WriteAll(json, "parts", index.Parts, Write);
        json.WriteString("filter", index.Filter?.ToString());
        WriteNames(json, "include", index.Include);
        Write(json, index.Source);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IndexPart part)
    {
        json.WriteStartObject();
        json.WriteString("expression", part.Expression.ToString());
        WriteWhereTrue(json, "descending", part.Descending);
        if (part.PrefixLength is { } prefix)
        {
            json.WriteNumber("prefixLength", prefix);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Check check)
    {
        json.WriteStartObject();
        json.WriteString("name", check.Name);
        json.WriteString("expression", check.Expression.ToString());
        Write(json, check.Source);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SourcePosition source)
    {
        json.WriteStartObject("source");
        json.WriteString("file", source.File);
        json.WriteNumber("line", source.Line);
        json.WriteNumber("column", source.Column);
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyCollection<SmartTag> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        WriteAll(json, "tags", tags, static (writer, tag) =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", tag.Name);
            writer.WriteString("argument", tag.Argument);
            writer.WriteNumber("argumentColumn", tag.ArgumentColumn);
            Write(writer, tag.Source);
            writer.WriteEndObject();
        });
    }

    /// <summary>The spelling of an action in the file, such as <c>setNull</c>.</summary>
    public static string ActionName(ReferentialAction action) => JsonNamingPolicy.CamelCase.ConvertName(action.ToString());

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> names)
    {
        json.WriteStartArray(name);
        foreach (var item in names)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteWhereTrue(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }
}
