using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class PropertyTests
{
    [Theory]
    [InlineData(SqlTypeKind.Boolean, false, "bool", "bool?", "bool?")]
    [InlineData(SqlTypeKind.TinyInt, true, "byte", "byte?", "byte?")]
    [InlineData(SqlTypeKind.TinyInt, false, "short", "short?", "short?")]
    [InlineData(SqlTypeKind.SmallInt, true, "int", "int?", "int?")]
    [InlineData(SqlTypeKind.Int, false, "int", "int?", "int?")]
    [InlineData(SqlTypeKind.Int, true, "long", "long?", "long?")]
    [InlineData(SqlTypeKind.BigInt, true, "long", "long?", "long?")]
    [InlineData(SqlTypeKind.Decimal, false, "decimal", "decimal?", "decimal?")]
    [InlineData(SqlTypeKind.Real, false, "float", "float?", "float?")]
    [InlineData(SqlTypeKind.Double, false, "double", "double?", "double?")]
    [InlineData(SqlTypeKind.Text, false, "string", "string?", "string?")]
    [InlineData(SqlTypeKind.Xml, false, "string", "string?", "string?")]
    [InlineData(SqlTypeKind.Bit, false, "string", "string?", "string?")]
    [InlineData(SqlTypeKind.Blob, false, "byte[]", "byte[]?", "byte[]?")]
    [InlineData(SqlTypeKind.Date, false, "DateOnly", "DateOnly?", "DateOnly?")]
    [InlineData(SqlTypeKind.Time, false, "TimeOnly", "TimeOnly?", "TimeOnly?")]
    [InlineData(SqlTypeKind.DateTime, false, "DateTime", "DateTime?", "DateTime?")]
    [InlineData(SqlTypeKind.Timestamp, false, "DateTime", "DateTime?", "DateTime?")]
    [InlineData(SqlTypeKind.Interval, false, "TimeSpan", "TimeSpan?", "TimeSpan?")]
    [InlineData(SqlTypeKind.Year, false, "short", "short?", "short?")]
    [InlineData(SqlTypeKind.Uuid, false, "Guid", "Guid?", "Guid?")]
    [InlineData(SqlTypeKind.Json, false, "string", "JsonElement?", "string?")]
    public void A_type_has_a_counterpart_in_csharp(SqlTypeKind kind, bool unsigned, string entity, string request, string nullableEntity)
    {
        var column = Column("c", kind) with { Unsigned = unsigned };
        var thing = DesignOne(Table("things", column, column with { Name = "n", Nullable = true }));

        Assert.Equal((entity, request), (thing.Of("c").EntityType, thing.Of("c").RequestType));
        Assert.Equal(nullableEntity, thing.Of("n").EntityType);
        Assert.True(thing.Of("c").RequiredOnCreate);
        Assert.False(thing.Of("n").RequiredOnCreate);
    }

    [Fact]
    public void A_list_of_simple_values_is_a_list_and_one_of_others_is_not_exposed()
    {
        var tags = Column("tags", SqlTypeKind.Array) with { Element = SqlTypeKind.Text };

        Assert.Equal("List<string>", DesignOne(Table("things", tags)).Of("tags").EntityType);
        Assert.Equal(["SD3001", "SD3004"], Codes(Database(Table("things", tags with { Element = SqlTypeKind.Spatial }))).Order());
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(1000, 1, null)]
    [InlineData(0, 1, "SD3018")]
    [InlineData(1, 10, "SD3018")]
    [InlineData(-1, -1, "SD3018")]
    public void Numbers_are_given_from_the_start_and_in_the_steps_of_the_column(long start, long step, string? onMySql)
    {
        var table = Table("things");
        table = table with { Columns = [table.Columns[0] with { Identity = new IdentityDefinition(start, step) }] };

        Assert.Equal((start, step) == (1, 1) ? null : new Numbering(start, step), DesignOne(table).Of("id").Numbering);
        Assert.Equal(onMySql, Codes(Database(table), DatabaseKind.MySql).SingleOrDefault());
        Assert.Empty(Codes(Database(table)));
    }

    [Fact]
    public void Bounds_of_the_column_that_the_type_does_not_have_are_rules()
    {
        var thing = DesignOne(Table(
            "things",
            Column("tiny", SqlTypeKind.TinyInt),
            Column("count") with { Unsigned = true },
            Column("price", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2, Unsigned = true },
            Text("name", 20),
            Column("weight", SqlTypeKind.Double),
            Column("flags", SqlTypeKind.Set) with { EnumValues = ["a", "b"] }));

        Assert.Equal(["Minimum (short)(-128)", "Maximum (short)127"], Rules(thing.Of("tiny")));
        Assert.Equal(["Minimum 0L", "Maximum 4294967295L"], Rules(thing.Of("count")));
        Assert.Equal(["Minimum 0m", "Digits 10,2"], Rules(thing.Of("price")));
        Assert.Equal(["Text ", "MaxLength 20"], Rules(thing.Of("name")));
        Assert.Equal(["Finite "], Rules(thing.Of("weight")));
        Assert.Equal(["Text ", "SetOf \"a\",\"b\""], Rules(thing.Of("flags")));
    }

    [Theory]
    [InlineData(SqlTypeKind.Int, "5", "5", "5", "5")]
    [InlineData(SqlTypeKind.Int, "-5", "-5", "-5", "-5")]
    [InlineData(SqlTypeKind.BigInt, "7.0", "7L", "7", "7")]
    [InlineData(SqlTypeKind.TinyInt, "-1", "(short)(-1)", "-1", "-1")]
    [InlineData(SqlTypeKind.Boolean, "1", "true", "true", "1")]
    [InlineData(SqlTypeKind.Boolean, "false", "false", "false", "0")]
    [InlineData(SqlTypeKind.Decimal, "0.50", "0.50m", "0.50", "0.50")]
    [InlineData(SqlTypeKind.Double, "1e3", "1000d", "1000", "1000")]
    [InlineData(SqlTypeKind.VarChar, "a\"b'c", "\"a\\\"b'c\"", "\"a\\\"b'c\"", "'a\"b''c'")]
    [InlineData(SqlTypeKind.Date, "2024-02-29", "new DateOnly(2024, 2, 29)", "\"2024-02-29\"", "'2024-02-29'")]
    [InlineData(SqlTypeKind.Timestamp, "2024-02-29 10:00:00", "new DateTime(2024, 2, 29, 10, 0, 0, DateTimeKind.Utc)", "\"2024-02-29T10:00:00Z\"", "'2024-02-29 10:00:00'")]
    [InlineData(SqlTypeKind.Date, "20000131", "new DateOnly(2000, 1, 31)", "\"2000-01-31\"", "'2000-01-31'")]
    [InlineData(SqlTypeKind.Timestamp, "20000131 10:30", "new DateTime(2000, 1, 31, 10, 30, 0, DateTimeKind.Utc)", "\"2000-01-31T10:30:00Z\"", "'2000-01-31 10:30:00'")]
    [InlineData(SqlTypeKind.Timestamp, "2000-01-31T10:30:00+02:00", "new DateTime(2000, 1, 31, 8, 30, 0, DateTimeKind.Utc)", "\"2000-01-31T08:30:00Z\"", "'2000-01-31 08:30:00'")]
    [InlineData(SqlTypeKind.DateTime, "1/31/2000", "new DateTime(2000, 1, 31, 0, 0, 0, DateTimeKind.Unspecified)", "\"2000-01-31T00:00:00\"", "'2000-01-31 00:00:00'")]
    [InlineData(SqlTypeKind.Json, "{\"a\":1}", "\"{\\\"a\\\":1}\"", "{\"a\":1}", "'{\"a\":1}'")]
    public void A_literal_default_is_a_value_of_the_columns_type(SqlTypeKind kind, string text, string csharp, string json, string sqlite)
    {
        var thing = DesignOne(Table("things", Column("c", kind) with { Default = Quoted(text) }));
        var @default = thing.Of("c").Default!;

        Assert.Equal((DefaultKind.Literal, csharp, json, sqlite), (@default.Kind, @default.CSharp, @default.Json, @default.Sql!.Sqlite));
        Assert.False(thing.Of("c").RequiredOnCreate);
        Assert.True(thing.Of("c").RequiredOnUpdate);
    }

    [Theory]
    [InlineData(SqlTypeKind.Timestamp, "0000-00-00 00:00:00")]
    [InlineData(SqlTypeKind.Timestamp, "10:30")]
    [InlineData(SqlTypeKind.Int, "many")]
    [InlineData(SqlTypeKind.TinyInt, "70000")]
    [InlineData(SqlTypeKind.Json, "{")]
    [InlineData(SqlTypeKind.Uuid, "x")]
    public void A_default_that_is_no_value_of_the_type_is_reported_and_left_out(SqlTypeKind kind, string text)
    {
        var column = Column("c", kind) with { Default = Quoted(text) };

        Assert.Equal(["SD3011"], Codes(Database(Table("things", column))));
        Assert.True(DesignOne(Table("things", column)).Of("c").RequiredOnCreate);
    }

    [Fact]
    public void Enum_defaults_name_the_member_and_ignore_case_as_mysql_does()
    {
        var thing = DesignOne(Table("things", Enum("state", "ACTIVE", "gone") with { Default = Quoted("active") }));

        Assert.Equal("ThingState.Active", thing.Of("state").Default!.CSharp);
        Assert.Equal("'ACTIVE'", thing.Of("state").Default!.Sql!.MySql);
    }

    [Theory]
    [InlineData("now", SqlTypeKind.Timestamp, DefaultKind.Now, null)]
    [InlineData("today", SqlTypeKind.Date, DefaultKind.Today, null)]
    [InlineData("uuid", SqlTypeKind.Uuid, DefaultKind.Uuid, "Guid.NewGuid()")]
    [InlineData("uuid", SqlTypeKind.Char, DefaultKind.Uuid, "Guid.NewGuid().ToString()")]
    public void Defaults_that_every_database_knows_are_recognised(string function, SqlTypeKind type, DefaultKind kind, string? csharp)
    {
        var @default = DesignOne(Table("things", Column("c", type) with { Default = Call(function) })).Of("c").Default!;

        Assert.Equal((kind, csharp), (@default.Kind, @default.CSharp));
        Assert.All([@default.Sql!.Sqlite, @default.Sql.PostgreSql, @default.Sql.MySql, @default.Sql.SqlServer], Assert.NotNull);
    }

    [Fact]
    public void A_default_of_one_database_alone_is_reported_for_the_others()
    {
        var table = Table("things", Column("c") with { Default = Call("connection_id") });

        Assert.Equal(["SD3011"], Codes(Database(table), DatabaseKind.MySql));
        Assert.Equal("connection_id()", DesignOne(table).Of("c").Default!.Sql!.MySql);
        Assert.Null(DesignOne(table).Of("c").Default!.Sql!.Sqlite);
    }

    [Theory]
    [InlineData("created_at", true, false, ServerValue.NowOnCreate)]
    [InlineData("CreatedAt", false, false, ServerValue.NowOnCreate)]
    [InlineData("updated_at", true, false, ServerValue.NowOnUpdate)]
    [InlineData("modified", false, true, ServerValue.NowOnUpdate)]
    [InlineData("touched", true, true, ServerValue.NowOnUpdate)]
    [InlineData("timestamp", true, false, ServerValue.None)]
    [InlineData("due_at", false, false, ServerValue.None)]
    public void Times_of_creation_and_change_are_the_servers(string name, bool defaultsToNow, bool onUpdate, ServerValue expected)
    {
        var column = Column(name, SqlTypeKind.Timestamp) with { Default = defaultsToNow ? Call("now") : null, OnUpdateNow = onUpdate };
        var property = DesignOne(Table("things", column)).Of(name);

        Assert.Equal(expected, property.ServerValue);
        Assert.Equal(expected == ServerValue.None, property.InCreate);
        Assert.True(property.InResponse);
    }

    [Fact]
    public void A_date_that_only_sounds_like_a_time_of_creation_is_the_clients() =>
        Assert.Equal(ServerValue.None, DesignOne(Table("things", Column("created_at", SqlTypeKind.Date))).Of("created_at").ServerValue);

    [Fact]
    public void A_version_is_the_concurrency_token_unless_it_is_part_of_a_key()
    {
        var table = Table("things", Column("version"), Column("name"));
        var keyed = table with { UniqueKeys = [new("uk", ["name", "version"])] };

        Assert.Equal(ServerValue.Version, DesignOne(table).Of("version").ServerValue);
        Assert.Equal(ServerValue.None, DesignOne(keyed).Of("version").ServerValue);
        Assert.Equal(ServerValue.RowVersion, DesignOne(Table("things", Column("stamp", SqlTypeKind.RowVersion))).Of("stamp").ServerValue);
    }

    [Fact]
    public void Secrets_are_written_and_never_shown_or_searched()
    {
        var doors = DesignOne(Table("doors", Text("password_hash")) with { UniqueKeys = [new("uk", ["password_hash"])] });
        var secret = doors.Of("password_hash");

        Assert.True(secret is { InResponse: false, InCreate: true, IsWriteOnly: true, KeptWhenAbsent: true, RequiredOnUpdate: false });
        Assert.True(secret is { Filterable: false, Sortable: false });
    }

    [Fact]
    public void Tags_keep_columns_out_of_requests_and_responses()
    {
        var things = DesignOne(Table(
            "things",
            Column("a") with { Tags = [Tag("hidden")], Nullable = true },
            Column("b") with { Tags = [Tag("readonly")], Nullable = true }));

        Assert.True(things.Of("a") is { InResponse: false, InCreate: false, InUpdate: false, Filterable: false });
        Assert.True(things.Of("b") is { InResponse: true, InCreate: false, InUpdate: false });
    }

    [Fact]
    public void A_hidden_column_that_new_rows_need_takes_the_creation_away_and_says_so()
    {
        var table = Table("things", Column("a") with { Tags = [Tag("hidden")] }, Column("b"));

        Assert.Equal(["SD3004"], Codes(Database(table)));
        Assert.Null(DesignOne(table).Find(OperationKind.Create));
        Assert.NotNull(DesignOne(table).Find(OperationKind.Update));
    }

    [Fact]
    public void Indexed_columns_can_be_searched_and_others_only_where_a_tag_allows_it()
    {
        var things = DesignOne(Table("things", Column("a"), Column("b"), Column("c") with { Tags = [Tag("filterable"), Tag("sortable")] }) with
        {
            Indexes = [new() { Name = "ix", Parts = [new(Col("a"))], Source = Source }],
        });

        Assert.Equal([true, true, false, true], things.Properties.Select(property => property.Filterable));
        Assert.Equal([true, true, false, true], things.Properties.Select(property => property.Sortable));
    }

    [Fact]
    public void Unexposed_columns_are_reported_with_their_place()
    {
        var diagnostics = new DiagnosticBag();
        Schemas.DesignAll(Database(Table("places", Column("shape", SqlTypeKind.Spatial) with { Nullable = true })), diagnostics);

        Assert.Equal(
            "schema.sql(3,5): warning SD3001: Column 'shape' is not exposed: spatial has no counterpart on the other databases. The generated database leaves it out.",
            Assert.Single(diagnostics.ToImmutable()).ToString());
    }

    [Fact]
    public void Computed_columns_are_read_only_and_speak_the_words_of_each_database()
    {
        var column = Column("full", SqlTypeKind.VarChar) with
        {
            Generated = new(new BinaryExpression(BinaryOperator.Concat, Col("first"), Col("last")), Stored: true),
        };
        var full = DesignOne(Table("people", Text("first"), Text("last"), column)).Of("full");

        Assert.True(full is { ServerValue: ServerValue.Computed, InCreate: false, InUpdate: false, IsStored: true });
        Assert.Equal(new ProviderSql("\"first\" || \"last\"", "\"first\" || \"last\"", "CONCAT(`first`, `last`)", "[first] + [last]"), full.ComputedSql);
    }

    [Theory]
    [InlineData(SqlTypeKind.DateTime, "9999-12-31 23:59:59.999999", "TIMESTAMP '9999-12-31 23:59:59.999999'")]
    [InlineData(SqlTypeKind.Date, "2024-02-29", "DATE '2024-02-29'")]
    [InlineData(SqlTypeKind.Time, "10:00:00", "TIME '10:00:00'")]
    [InlineData(SqlTypeKind.DateTime, "31.12.9999", null)]
    [InlineData(SqlTypeKind.Timestamp, "9999-12-31 23:59:59", null)]
    public void A_computed_time_is_one_that_every_session_reads_alike_or_is_not_expressed(SqlTypeKind kind, string text, string? sql)
    {
        var expression = new CastExpression(new LiteralExpression(LiteralKind.String, text), new SqlType(kind, "time"));

        var computed = DesignOne(Table("things", Column("c", kind) with { Generated = new(expression, Stored: false) })).Of("c").ComputedSql;

        Assert.Equal((sql, sql), (computed?.PostgreSql, computed?.MySql));
    }

    private static IEnumerable<string> Rules(Property property) => property.Rules.Select(rule => rule.Kind + " " + rule switch
    {
        { Bound: { } bound } => bound.CSharp,
        { Kind: RuleKind.Digits } => $"{rule.Precision},{rule.Scale}",
        { Length: > 0 } => $"{rule.Length}",
        _ => string.Join(',', rule.Values.Select(value => value.CSharp)),
    });

    [Theory]
    [InlineData(SqlTypeKind.Json, "json_extract(\"document\", '$.a')")]
    [InlineData(SqlTypeKind.Text, "CASE WHEN json_valid(\"document\") THEN json_extract(\"document\", '$.a') END")]
    public void Text_that_is_no_document_has_no_values_in_it(SqlTypeKind type, string sqlite)
    {
        var expression = Call("json_value", Col("document"), new LiteralExpression(LiteralKind.String, "$.a"));

        var items = DesignOne(Table("items", Column("document", type), Column("a", SqlTypeKind.VarChar) with { Generated = new(expression, Stored: false) }));

        Assert.Equal(sqlite, items.Of("a").ComputedSql?.Sqlite);
    }
}
