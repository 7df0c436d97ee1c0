using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Reads the parts of a recorded schema.</summary>
internal sealed class SchemaJsonReader(Assembly provider)
{
    public AlterDatabaseOperation Settings(JsonNode? json)
    {
        var settings = new AlterDatabaseOperation();
        AddAnnotations(settings, json);
        return settings;
    }

    public static CreateSequenceOperation Sequence(JsonNode json) => new()
    {
        Name = (string)json["name"]!,
        Schema = (string?)json["schema"],
        ClrType = typeof(long).Assembly.GetType((string)json["type"]!)!,
        StartValue = (long)json["start"]!,
        IncrementBy = (int)json["increment"]!,
    };

    public TableSchema Table(JsonNode json)
    {
        var (name, schema) = ((string)json["name"]!, (string?)json["schema"]);
        var table = new CreateTableOperation { Name = name, Schema = schema, Comment = (string?)json["comment"] };
        AddAnnotations(table, json["annotations"]);
        foreach (var column in All(json, "columns"))
        {
            table.Columns.Add(Column(column, name, schema));
        }

        if (json["primaryKey"] is { } primary)
        {
            table.PrimaryKey = Annotated(new AddPrimaryKeyOperation { Name = (string)primary["name"]!, Columns = Texts(primary["columns"]), Table = name, Schema = schema }, primary);
        }

        foreach (var key in All(json, "uniques"))
        {
            table.UniqueConstraints.Add(Annotated(new AddUniqueConstraintOperation { Name = (string)key["name"]!, Columns = Texts(key["columns"]), Table = name, Schema = schema }, key));
        }

        foreach (var key in All(json, "foreignKeys"))
        {
            table.ForeignKeys.Add(Annotated(ForeignKey(key, name, schema), key));
        }

        foreach (var check in All(json, "checks"))
        {
            table.CheckConstraints.Add(new AddCheckConstraintOperation { Name = (string)check["name"]!, Sql = (string)check["sql"]!, Table = name, Schema = schema });
        }

        return new TableSchema(table, [.. All(json, "indexes").Select(index => Annotated(Index(index, name, schema), index))]);
    }

    private AddColumnOperation Column(JsonNode json, string table, string? schema)
    {
        var column = Annotated(new AddColumnOperation
        {
            Name = (string)json["name"]!,
            Table = table,
            Schema = schema,
            ColumnType = (string?)json["storeType"],
            // What the values are is told by the store type.
            ClrType = typeof(object),
            IsNullable = (bool?)json["nullable"] ?? false,
            MaxLength = (int?)json["maxLength"],
            Precision = (int?)json["precision"],
            Scale = (int?)json["scale"],
            IsUnicode = (bool?)json["unicode"],
            IsFixedLength = (bool?)json["fixedLength"],
            IsRowVersion = (bool?)json["rowVersion"] ?? false,
            DefaultValueSql = (string?)json["default"],
            ComputedColumnSql = (string?)json["computed"],
            IsStored = (bool?)json["stored"],
            Collation = (string?)json["collation"],
            Comment = (string?)json["comment"],
        }, json);
        ModelFacts.SetType(column, (string?)json["type"] ?? "");
        return column;
    }

    private static AddForeignKeyOperation ForeignKey(JsonNode json, string table, string? schema) => new()
    {
        Name = (string)json["name"]!,
        Table = table,
        Schema = schema,
        Columns = Texts(json["columns"]),
        PrincipalTable = (string)json["principalTable"]!,
        PrincipalSchema = (string?)json["principalSchema"],
        PrincipalColumns = Texts(json["principalColumns"]),
        OnDelete = Enum.Parse<ReferentialAction>((string)json["onDelete"]!),
        OnUpdate = (string?)json["onUpdate"] is { } action ? Enum.Parse<ReferentialAction>(action) : ReferentialAction.NoAction,
    };

    private static CreateIndexOperation Index(JsonNode json, string table, string? schema) => new()
    {
        Name = (string)json["name"]!,
        Table = table,
        Schema = schema,
        Columns = Texts(json["columns"]),
        IsUnique = (bool?)json["unique"] ?? false,
        IsDescending = json["descending"]?.AsArray().Select(one => (bool)one!).ToArray(),
        Filter = (string?)json["filter"],
    };

    private T Annotated<T>(T operation, JsonNode json)
        where T : MigrationOperation
    {
        AddAnnotations(operation, json["annotations"]);
        return operation;
    }

    private void AddAnnotations(MigrationOperation operation, JsonNode? json)
    {
        foreach (var (name, value) in json?.AsObject() ?? [])
        {
            operation[name] = Value(value);
        }
    }

    private object? Value(JsonNode? json) => json switch
    {
        null => null,
        JsonObject values when values["enum"] is { } type => Enum.Parse(
            provider.GetType((string)type!) ?? throw new InvalidDataException($"The recorded schema has a value of the type {type}, which the application's provider does not know."), (string)values["value"]!),
        JsonObject values when values["texts"] is { } texts => Texts(texts),
        JsonObject values when values["numbers"] is { } numbers => numbers.AsArray().Select(one => (int)one!).ToArray(),
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => (string)json!,
    };

    private static IEnumerable<JsonNode> All(JsonNode json, string member) => json[member]?.AsArray().Select(one => one!) ?? [];

    private static string[] Texts(JsonNode? json) => json?.AsArray().Select(one => (string)one!).ToArray() ?? [];
}
