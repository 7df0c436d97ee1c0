using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>A schema as text, which is what databases record, and the parts of one by which they are compared.</summary>
internal static class SchemaJson
{
    /// <summary>How the text is written.</summary>
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same text for the same schema.</summary>
    public static string Write(DatabaseSchema schema) => new JsonObject
    {
        ["settings"] = Annotations(schema.Settings),
        ["schemas"] = Array(schema.Schemas.Select(one => JsonValue.Create(one.Name))),
        ["sequences"] = Array(schema.Sequences.Select(Sequence)),
        ["tables"] = Array(schema.Tables.Select(Table)),
    }.ToJsonString(Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="provider">Whose annotations the schema may have.</param>
    public static DatabaseSchema Read(string text, System.Reflection.Assembly provider)
    {
        var json = JsonNode.Parse(text)!;
        var reader = new SchemaJsonReader(provider);
        return new DatabaseSchema(
            reader.Settings(json["settings"]),
            [.. json["schemas"]!.AsArray().Select(one => new EnsureSchemaOperation { Name = (string)one! })],
            [.. json["sequences"]!.AsArray().Select(one => SchemaJsonReader.Sequence(one!))],
            [.. json["tables"]!.AsArray().Select(one => reader.Table(one!))]);
    }

    /// <summary>Whether two parts of a schema are the same.</summary>
    public static bool AreSame(MigrationOperation? one, MigrationOperation? other, bool withComments)
    {
        return Text(one) == Text(other);

        string? Text(MigrationOperation? operation)
        {
            var json = operation is null ? null : Part(operation);
            if (!withComments)
            {
                json?.Remove("comment");
            }

            return json?.ToJsonString();
        }
    }

    private static JsonObject Part(MigrationOperation operation) => operation switch
    {
        AlterDatabaseOperation settings => new JsonObject { ["settings"] = Annotations(settings) },
        AddColumnOperation column => Column(column),
        AddPrimaryKeyOperation key => Key(key, key.Name, key.Columns),
        AddUniqueConstraintOperation key => Key(key, key.Name, key.Columns),
        AddForeignKeyOperation key => ForeignKey(key),
        AddCheckConstraintOperation check => new JsonObject { ["name"] = check.Name, ["sql"] = check.Sql },
        CreateIndexOperation index => Index(index),
        _ => throw new InvalidOperationException($"{operation.GetType().Name} is no part of a table."),
    };

    private static JsonObject Sequence(CreateSequenceOperation sequence) => Compact(new JsonObject
    {
        ["name"] = sequence.Name,
        ["schema"] = sequence.Schema,
        ["type"] = sequence.ClrType.FullName,
        ["start"] = sequence.StartValue,
        ["increment"] = sequence.IncrementBy,
    });

    private static JsonObject Table(TableSchema table) => Compact(new JsonObject
    {
        ["name"] = table.Name,
        ["schema"] = table.Schema,
        ["comment"] = table.Create.Comment,
        ["annotations"] = Annotations(table.Create),
        ["columns"] = Array(table.Columns.Select(Column)),
        ["primaryKey"] = table.Create.PrimaryKey is { } key ? Part(key) : null,
        ["uniques"] = Array(table.Create.UniqueConstraints.Select(Part)),
        ["foreignKeys"] = Array(table.Create.ForeignKeys.Select(Part)),
        ["checks"] = Array(table.Create.CheckConstraints.Select(Part)),
        ["indexes"] = Array(table.Indexes.Select(Part)),
    });

    private static JsonObject Column(AddColumnOperation column) => Compact(new JsonObject
    {
        ["name"] = column.Name,
        ["storeType"] = column.ColumnType,
        ["type"] = ModelFacts.TypeOf(column),
        ["nullable"] = column.IsNullable ? true : null,
        ["maxLength"] = column.MaxLength,
        ["precision"] = column.Precision,
        ["scale"] = column.Scale,
        ["unicode"] = column.IsUnicode,
        ["fixedLength"] = column.IsFixedLength,
        ["rowVersion"] = column.IsRowVersion ? true : null,
        ["default"] = column.DefaultValueSql,
        ["computed"] = column.ComputedColumnSql,
        ["stored"] = column.IsStored,
        ["collation"] = column.Collation,
        ["comment"] = column.Comment,
        ["annotations"] = Annotations(column),
    });

    private static JsonObject Key(MigrationOperation key, string name, string[] columns) => Compact(new JsonObject
    {
        ["name"] = name,
        ["columns"] = Array(columns.Select(column => JsonValue.Create(column))),
        ["annotations"] = Annotations(key),
    });

    private static JsonObject ForeignKey(AddForeignKeyOperation key) => Compact(new JsonObject
    {
        ["name"] = key.Name,
        ["columns"] = Array(key.Columns.Select(column => JsonValue.Create(column))),
        ["principalTable"] = key.PrincipalTable,
        ["principalSchema"] = key.PrincipalSchema,
        ["principalColumns"] = Array(key.PrincipalColumns!.Select(column => JsonValue.Create(column))),
        ["onDelete"] = key.OnDelete.ToString(),
        ["onUpdate"] = key.OnUpdate == ReferentialAction.NoAction ? null : key.OnUpdate.ToString(),
        ["annotations"] = Annotations(key),
    });

    private static JsonObject Index(CreateIndexOperation index) => Compact(new JsonObject
    {
        ["name"] = index.Name,
        ["columns"] = Array(index.Columns.Select(column => JsonValue.Create(column))),
        ["unique"] = index.IsUnique ? true : null,
        ["descending"] = index.IsDescending is { } descending ? Array(descending.Select(one => JsonValue.Create(one))) : null,
        ["filter"] = index.Filter,
        ["annotations"] = Annotations(index),
    });

    private static JsonObject? Annotations(AnnotatableBase annotatable)
    {
        var json = new JsonObject();
        foreach (var annotation in annotatable.GetAnnotations().Where(one => !ModelFacts.IsMark(one)).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            json[annotation.Name] = Value(annotation);
        }

        return json.Count > 0 ? json : null;
    }

    private static JsonNode? Value(Annotation annotation) => annotation.Value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        Enum value => new JsonObject { ["enum"] = value.GetType().FullName, ["value"] = value.ToString() },
        IEnumerable<string> texts => new JsonObject { ["texts"] = Array(texts.Select(one => JsonValue.Create(one))) },
        int[] numbers => new JsonObject { ["numbers"] = Array(numbers.Select(one => JsonValue.Create(one))) },
        var other => throw new NotSupportedException($"The annotation {annotation.Name} is a {other.GetType().Name}, which no schema can record."),
    };

    private static JsonArray Array(IEnumerable<JsonNode?> nodes) => [.. nodes];

    private static JsonObject Compact(JsonObject json)
    {
        foreach (var name in json.Where(member => member.Value is null or JsonArray { Count: 0 }).Select(member => member.Key).ToList())
        {
            json.Remove(name);
        }

        return json;
    }
}
