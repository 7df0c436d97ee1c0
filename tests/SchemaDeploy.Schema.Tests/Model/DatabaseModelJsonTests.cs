using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Tests.Expressions;
using Check = SchemaDeploy.Schema.Model.Check;
using Index = SchemaDeploy.Schema.Model.Index;

namespace SchemaDeploy.Schema.Tests.Model;

public sealed class DatabaseModelJsonTests
{
    private static readonly Gen<string> s_text = Gen.String[0, 6];
    private static readonly Gen<ImmutableArray<string>> s_names = s_text.Array[0, 3].Select(a => a.ToImmutableArray());
    private static readonly Gen<SourcePosition> s_source = Gen.Select(s_text, Gen.Int[1, 99], Gen.Int[1, 99]).Select((f, l, c) => new SourcePosition(f, l, c));
    private static readonly Gen<ImmutableArray<SmartTag>> s_tags =
        Gen.Select(s_text, s_text, s_source).Select((n, a, s) => new SmartTag(n, a, s) { ArgumentColumn = s.Column + n.Length + 4 }).Array[0, 2].Select(a => a.ToImmutableArray());

    private static readonly Gen<Column> s_columns =
        from name in s_text
        from type in Gen.Enum<SqlTypeKind>()
        from native in s_text
        from numbers in Gen.Int[0, 99].Nullable().Array[3]
        from flags in Gen.Bool.Array[6]
        from element in Gen.Enum<SqlTypeKind>()
        from identity in Gen.Select(Gen.Long, Gen.Long)
        from expression in ExpressionGenerator.Expressions
        from values in s_names
        from collation in s_text
        from tags in s_tags
        from source in s_source
        select new Column
        {
            Name = name,
            Type = type,
            NativeType = native,
            Length = numbers[0],
            Precision = numbers[1],
            Scale = numbers[2],
            Unsigned = flags[0],
            Element = flags[1] ? element : null,
            Nullable = flags[2],
            Identity = flags[3] ? new IdentityDefinition(identity.Item1, identity.Item2) : null,
            Default = flags[4] ? expression : null,
            OnUpdateNow = flags[5],
            Generated = flags[4] ? null : new Generated(expression, flags[5]),
            EnumValues = values,
            Collation = flags[1] ? null : collation,
            Comment = flags[0] ? null : collation,
            Tags = tags,
            Source = source,
        };

    private static readonly Gen<Key> s_keys =
        Gen.Select(s_text, s_names, Gen.Bool).Select((n, c, d) => new Key(n, c) { NullsNotDistinct = d });

    private static readonly Gen<ForeignKey> s_foreignKeys =
        from names in s_text.Array[3]
        from columns in s_names
        from actions in Gen.Enum<ReferentialAction>().Array[2]
        from hasSchema in Gen.Bool
        from source in s_source
        select new ForeignKey
        {
            Name = names[0],
            Columns = columns,
            ReferencedSchema = hasSchema ? names[1] : null,
            ReferencedTable = names[2],
            ReferencedColumns = columns,
            OnDelete = actions[0],
            OnUpdate = actions[1],
            Source = source,
        };

    private static readonly Gen<Index> s_indexes =
        from name in s_text
        from parts in Gen.Select(ExpressionGenerator.Expressions, Gen.Bool, Gen.Int[1, 99].Nullable())
            .Select((e, d, p) => new IndexPart(e) { Descending = d, PrefixLength = p }).Array[0, 2]
        from flags in Gen.Bool.Array[3]
        from method in Gen.Enum<IndexMethod>()
        from filter in ExpressionGenerator.Expressions
        from include in s_names
        from source in s_source
        select new Index
        {
            Name = name,
            Parts = [.. parts],
            Unique = flags[0],
            NullsNotDistinct = flags[1],
            Method = method,
            Filter = flags[2] ? filter : null,
            Include = include,
            Source = source,
        };

    private static readonly Gen<Table> s_tables =
        from names in s_text.Array[3]
        from flags in Gen.Bool.Array[3]
        from columns in s_columns.Array[0, 3]
        from keys in s_keys.Array[1, 3]
        from foreignKeys in s_foreignKeys.Array[0, 2]
        from indexes in s_indexes.Array[0, 2]
        from check in ExpressionGenerator.Expressions
        from tags in s_tags
        from source in s_source
        select new Table
        {
            Schema = flags[0] ? names[0] : null,
            Name = names[1],
            Comment = flags[1] ? names[2] : null,
            Columns = [.. columns],
            PrimaryKey = flags[2] ? keys[0] : null,
            UniqueKeys = [.. keys.Skip(1)],
            ForeignKeys = [.. foreignKeys],
            Indexes = [.. indexes],
            Checks = flags[1] ? [] : [new Check(names[0], check, source)],
            Tags = tags,
            Source = source,
        };

    [Fact]
    public void Every_model_reads_back_unchanged() => Gen.Select(s_tables.Array[0, 3], Gen.Enum<SchemaDialect>(), s_text, Gen.Long).Sample(
        (tables, dialect, name, number) =>
        {
            var model = new DatabaseModel { Dialect = dialect, Tables = [.. tables], Sequences = [new Sequence(null, name, number, 1)] };
            var text = DatabaseModelJson.ToText(model);
            var read = DatabaseModelJson.Read(Encoding.UTF8.GetBytes(text));
            // Records do not compare arrays by content, so both are described member by member.
            return DatabaseModelJson.ToText(read) == text && Describe(read) == Describe(model);
        },
        iter: 300);

    [Fact]
    public void The_members_that_tools_rely_on_are_always_there()
    {
        var model = new DatabaseModel
        {
            Dialect = SchemaDialect.MySql,
            Tables =
            [
                new Table
                {
                    Name = "t",
                    Columns =
                    [
                        new Column { Name = "c", Type = SqlTypeKind.BigInt, NativeType = "BIGINT", Nullable = false, Source = new SourcePosition("s.sql", 1, 1) },
                    ],
                    Source = new SourcePosition("s.sql", 1, 1),
                },
            ],
        };

        using var json = JsonDocument.Parse(DatabaseModelJson.Write(model));

        var table = json.RootElement.GetProperty("tables")[0];
        foreach (var member in new[] { "schema", "name", "comment", "columns", "primaryKey", "uniqueKeys", "foreignKeys", "indexes", "checks" })
        {
            Assert.True(table.TryGetProperty(member, out _), member);
        }

        var column = table.GetProperty("columns")[0];
        foreach (var member in new[] { "name", "type", "length", "precision", "scale", "nullable", "identity", "default", "generated", "enumValues", "comment" })
        {
            Assert.True(column.TryGetProperty(member, out _), member);
        }

        Assert.Equal("bigint", column.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "formatVersion": 99, "dialect": "MySql", "tables": [] }""")]
    [InlineData("""{ "formatVersion": 1, "dialect": "Nothing", "tables": [] }""")]
    [InlineData("""{ "formatVersion": 1, "dialect": "MySql", "tables": [ { "name": 5 } ] }""")]
    public void A_damaged_file_is_a_format_error(string text) =>
        Assert.Throws<FormatException>(() => DatabaseModelJson.Read(Encoding.UTF8.GetBytes(text)));

    /// <summary>The model's content by way of the records' own members, which the writer has no part in.</summary>
    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        Schema.Script.Expressions.SqlExpression expression => expression.ToString(),
        System.Collections.IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Describe))}]",
        _ when value.GetType().Namespace == typeof(DatabaseModel).Namespace || value is IdentityDefinition =>
            $"{{{string.Join(',', value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).Select(p => $"{p.Name}:{Describe(p.GetValue(value))}"))}}}",
        _ => value.ToString() ?? "",
    };
}
