using System.Collections.Immutable;
using System.Text.Json;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Model;

/// <summary>Reads what <see cref="DatabaseModelWriter"/> writes.</summary>
internal static class DatabaseModelReader
{
    private const int KnownFormatVersion = 1;

    public static DatabaseModel Read(JsonElement json)
    {
        var version = json.GetProperty("formatVersion").GetInt32();
        if (version != KnownFormatVersion)
        {
            throw new FormatException($"The model file has version {version}; this program reads version {KnownFormatVersion}.");
        }

        return new DatabaseModel
        {
            FormatVersion = version,
            Dialect = Enum<SchemaDialect>(json, "dialect"),
            Tables = All(json, "tables", ReadTable),
            Sequences = All(json, "sequences", s => new Sequence(
                Text(s, "schema"), Name(s), s.GetProperty("start").GetInt64(), s.GetProperty("increment").GetInt64())),
        };
    }

    private static Table ReadTable(JsonElement json) => new()
    {
        Schema = Text(json, "schema"),
        Name = Name(json),
        Comment = Text(json, "comment"),
        Tags = ReadTags(json),
        Source = ReadSource(json),
        Columns = All(json, "columns", ReadColumn),
        PrimaryKey = Object(json, "primaryKey") is { } primaryKey ? ReadKey(primaryKey) : null,
        UniqueKeys = All(json, "uniqueKeys", ReadKey),
        ForeignKeys = All(json, "foreignKeys", ReadForeignKey),
        Indexes = All(json, "indexes", ReadIndex),
        Checks = All(json, "checks", c => new Check(Name(c), Expression(c, "expression")!, ReadSource(c))),
    };

    private static Column ReadColumn(JsonElement json) => new()
    {
        Name = Name(json),
        Type = Type(json, "type") ?? throw new FormatException($"Column '{Name(json)}' has no type that is known."),
        NativeType = Text(json, "nativeType") ?? "",
        Length = Number(json, "length"),
        Precision = Number(json, "precision"),
        Scale = Number(json, "scale"),
        Unsigned = Flag(json, "unsigned"),
        Element = Type(json, "element"),
        Nullable = Flag(json, "nullable"),
        Identity = Object(json, "identity") is { } identity
            ? new IdentityDefinition(identity.GetProperty("seed").GetInt64(), identity.GetProperty("increment").GetInt64())
            : null,
        Default = Expression(json, "default"),
        OnUpdateNow = Flag(json, "onUpdateNow"),
        Generated = Object(json, "generated") is { } generated
            ? new Generated(Expression(generated, "expression")!, Flag(generated, "stored"))
            : null,
        EnumValues = Names(json, "enumValues"),
        Collation = Text(json, "collation"),
        Comment = Text(json, "comment"),
        Tags = ReadTags(json),
        Source = ReadSource(json),
    };

    private static Key ReadKey(JsonElement json) =>
        new(Name(json), Names(json, "columns")) { NullsNotDistinct = Flag(json, "nullsNotDistinct") };

    private static ForeignKey ReadForeignKey(JsonElement json) => new()
    {
        Name = Name(json),
        Columns = Names(json, "columns"),
        ReferencedSchema = Text(json, "referencedSchema"),
        ReferencedTable = Text(json, "referencedTable")!,
        ReferencedColumns = Names(json, "referencedColumns"),
        OnDelete = Enum<ReferentialAction>(json, "onDelete"),
        OnUpdate = Enum<ReferentialAction>(json, "onUpdate"),
        Source = ReadSource(json),
    };

    private static Index ReadIndex(JsonElement json) => new()
    {
        Name = Name(json),
        Unique = Flag(json, "unique"),
        NullsNotDistinct = Flag(json, "nullsNotDistinct"),
        Method = Enum<IndexMethod>(json, "method"),
        Parts = All(json, "parts", p => new IndexPart(Expression(p, "expression")!)
        {
            Descending = Flag(p, "descending"),
            PrefixLength = Number(p, "prefixLength"),
        }),
        Filter = Expression(json, "filter"),
        Include = Names(json, "include"),
        Source = ReadSource(json),
    };

    private static ImmutableArray<SmartTag> ReadTags(JsonElement json) =>
        All(json, "tags", t => ReadTag(new SmartTag(Name(t), Text(t, "argument") ?? "", ReadSource(t)), t));

    private static SmartTag ReadTag(SmartTag tag, JsonElement json) =>
        Number(json, "argumentColumn") is { } column ? tag with { ArgumentColumn = column } : tag;

    private static SourcePosition ReadSource(JsonElement json)
    {
        var source = json.GetProperty("source");
        return new SourcePosition(
            Text(source, "file") ?? "", source.GetProperty("line").GetInt32(), source.GetProperty("column").GetInt32());
    }

    private static ImmutableArray<T> All<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        json.TryGetProperty(name, out var items) ? [.. items.EnumerateArray().Select(read)] : [];

    private static ImmutableArray<string> Names(JsonElement json, string name) => All(json, name, i => i.GetString()!);

    private static string Name(JsonElement json) => json.GetProperty("name").GetString()!;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt32() : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.GetBoolean();

    private static JsonElement? Object(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static SqlTypeKind? Type(JsonElement json, string name) =>
        Text(json, name) is { Length: > 0 } type ? NeutralTypes.KindOf(type) : null;

    private static SqlExpression? Expression(JsonElement json, string name) =>
        Text(json, name) is { } text ? NeutralExpressionParser.Parse(text) : null;

    private static T Enum<T>(JsonElement json, string name)
        where T : struct, Enum =>
        System.Enum.TryParse<T>(Text(json, name), ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"'{Text(json, name)}' is no {name} that is known.");
}
