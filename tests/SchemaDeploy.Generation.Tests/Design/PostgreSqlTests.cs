using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

/// <summary>What PostgreSQL's schemas hold and no other's.</summary>
public class PostgreSqlTests
{
    [Theory]
    [InlineData(SqlTypeKind.Text, "List<string>")]
    [InlineData(SqlTypeKind.Int, "List<int>")]
    [InlineData(SqlTypeKind.Decimal, "List<decimal>")]
    [InlineData(SqlTypeKind.Uuid, "List<Guid>")]
    [InlineData(SqlTypeKind.Date, "List<DateOnly>")]
    [InlineData(SqlTypeKind.Enum, "List<ThingItem>")]
    public void An_array_of_simple_values_is_a_list(SqlTypeKind element, string type)
    {
        var things = DesignOne(Table("things", Array("items", element) with { EnumValues = ["a"] }));

        Assert.Equal((ValueForm.List, type, type + "?"), (things.Of("items").Form, things.Of("items").EntityType, things.Of("items").RequestType));
    }

    [Theory]
    [InlineData(SqlTypeKind.Timestamp)]
    [InlineData(SqlTypeKind.Interval)]
    [InlineData(SqlTypeKind.Json)]
    [InlineData(SqlTypeKind.Blob)]
    public void An_array_of_other_values_is_a_document_that_is_a_list(SqlTypeKind element)
    {
        var items = DesignOne(Table("things", Array("items", element) with { Default = Quoted("{a}") })).Of("items");

        Assert.Equal((ValueForm.Json, "JsonElement?"), (items.Form, items.RequestType));
        Assert.Equal([RuleKind.JsonList, RuleKind.Json], items.Rules.Select(rule => rule.Kind));
        Assert.Equal("""["a"]""", items.Default!.Json);
    }

    [Fact]
    public void The_length_of_an_array_of_text_is_that_of_each_item() =>
        Assert.Equal(
            [(RuleKind.Text, 0), (RuleKind.MaxLength, 20)],
            DesignOne(Table("things", Array("items", SqlTypeKind.VarChar) with { Length = 20 })).Of("items").Rules.Select(rule => (rule.Kind, rule.Length)));

    [Theory]
    [InlineData(SqlTypeKind.Text, "{}", "[]", "'[]'", "'{}'")]
    [InlineData(SqlTypeKind.Text, "{a,\"b c\"}", "[\"a\", \"b c\"]", "'[\"a\",\"b c\"]'", "'{a,\"b c\"}'")]
    [InlineData(SqlTypeKind.Int, "{1,2}", "[1, 2]", "'[1,2]'", "'{1,2}'")]
    [InlineData(SqlTypeKind.Boolean, "{t}", "[true]", "'[true]'", "'{t}'")]
    [InlineData(SqlTypeKind.Enum, "{on}", "[ThingItem.On]", "'[\"on\"]'", "'{on}'")]
    public void The_default_of_an_array_is_a_list(SqlTypeKind element, string text, string csharp, string sqlite, string postgreSql)
    {
        var items = DesignOne(Table("things", Array("items", element) with { EnumValues = ["on"], Default = Quoted(text) })).Of("items").Default!;

        Assert.Equal((csharp, sqlite, postgreSql), (items.CSharp, items.Sql!.Sqlite, items.Sql.PostgreSql));
    }

    [Fact]
    public void A_default_that_is_no_list_of_the_items_is_reported()
    {
        Assert.Equal(["SD3011"], Codes(Of(Array("items", SqlTypeKind.Int) with { Default = Quoted("{one}") })));
        Assert.Equal(["SD3011"], Codes(Of(Array("items", SqlTypeKind.Text) with { Default = Quoted("{a") })));
    }

    [Theory]
    [InlineData("citext")]
    [InlineData("public.citext")]
    public void Text_without_case_is_compared_without_case(string type)
    {
        var things = DesignOne(Table("things", Column("email", SqlTypeKind.Text) with { NativeType = type }, Column("name", SqlTypeKind.Text)));

        Assert.Equal((true, false), (things.Of("email").IgnoresCase, things.Of("name").IgnoresCase));
    }

    [Fact]
    public void A_default_that_a_supported_database_lacks_leaves_the_field_required()
    {
        var code = Column("code", SqlTypeKind.Text) with { Default = Call("public.make_code") };
        var rank = Column("rank") with { Default = Call("txid_current") };

        Assert.Equal(["SD3011", "SD3011"], Codes(Of(code, rank)));
        var things = DesignAll(Of(code, rank), new(), DatabaseKind.PostgreSql).Of("things");
        Assert.Null(things.Of("code").Default);
        Assert.Equal("txid_current()", things.Of("rank").Default!.Sql!.PostgreSql);
        Assert.True(things.Of("code").RequiredOnCreate && things.Of("rank").RequiredOnCreate);
    }

    [Fact]
    public void Random_digits_come_from_the_application_and_every_database()
    {
        var token = One(Column("token", SqlTypeKind.Text) with { Default = Call("random_hex", Number("16")) }).Of("token").Default!;

        Assert.Equal("Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))", token.CSharp);
        Assert.Equal(
            new ProviderSql(
                "lower(hex(randomblob(16)))", "left(replace(gen_random_uuid()::text, '-', ''), 32)", "lower(hex(random_bytes(16)))",
                "lower(convert(char(32), crypt_gen_random(16), 2))"),
            token.Sql);
    }

    [Fact]
    public void A_default_some_time_from_now_is_the_databases()
    {
        var week = Sum(Call("now"), BinaryOperator.Add, Length("7 days"));
        var month = Sum(Call("today"), BinaryOperator.Add, Length("1 month"));
        var tomorrow = Sum(Call("today"), BinaryOperator.Add, Number("1"));
        var things = One(
            Column("a", SqlTypeKind.Timestamp) with { Default = week },
            Column("b", SqlTypeKind.Date) with { Default = month },
            Column("c", SqlTypeKind.Date) with { Default = tomorrow });

        Assert.All(things.Properties.Skip(1), property => Assert.False(property.RequiredOnCreate));
        Assert.Equal(
            "strftime('%Y-%m-%d %H:%M:%f', strftime('%Y-%m-%d %H:%M:%f', strftime('%Y-%m-%d %H:%M:%f', 'now'), '+604800 seconds'))",
            things.Of("a").Default!.Sql!.Sqlite);
        Assert.Equal("date(strftime('%Y-%m-%d %H:%M:%f', date('now'), '+1 months', 'floor'))", things.Of("b").Default!.Sql!.Sqlite);
        Assert.Equal("date(date(date('now'), (1) || ' days'))", things.Of("c").Default!.Sql!.Sqlite);
        Assert.Equal("CAST(now() + interval '7 days' AS timestamptz)", things.Of("a").Default!.Sql!.PostgreSql);
        Assert.Equal("CAST((utc_date() + INTERVAL 1 MONTH) AS DATE)", things.Of("b").Default!.Sql!.MySql);
        Assert.Equal("CAST(dateadd(day, 1, CAST(sysutcdatetime() AS date)) AS date)", things.Of("c").Default!.Sql!.SqlServer);
    }

    public static TheoryData<SqlExpression, string?, string?> Conditions => new()
    {
        {
            Compare(Col("due"), BinaryOperator.LessOrEqual, Sum(Col("taken"), BinaryOperator.Add, Length("30 days"))),
            "strftime('%Y-%m-%d %H:%M:%f', \"due\") <= (strftime('%Y-%m-%d %H:%M:%f', \"taken\", '+2592000 seconds'))",
            "\"due\" <= (\"taken\" + interval '30 days')"
        },
        {
            Compare(Sum(Col("due"), BinaryOperator.Subtract, Col("taken")), BinaryOperator.Less, Length("1 year")),
            "strftime('%Y-%m-%d %H:%M:%f', \"due\") < (strftime('%Y-%m-%d %H:%M:%f', \"taken\", '+12 months', 'floor'))",
            "\"due\" < (\"taken\" + interval '1 year')"
        },
        {
            Compare(Sum(Col("last"), BinaryOperator.Subtract, Col("first")), BinaryOperator.LessOrEqual, Number("30")),
            "\"last\" <= (date(\"first\", (30) || ' days'))",
            "\"last\" <= (\"first\" + 30)"
        },
        { Compare(Col("lasts"), BinaryOperator.Greater, Quoted("00:15")), "\"lasts\" > 9000000000", "\"lasts\" > interval '00:15'" },
        { Compare(Sum(Col("due"), BinaryOperator.Subtract, Col("taken")), BinaryOperator.Less, Col("lasts")), "strftime('%Y-%m-%d %H:%M:%f', \"due\") < (strftime('%Y-%m-%d %H:%M:%f', \"taken\", (\"lasts\" / 10000000.0) || ' seconds'))", "\"due\" < (\"taken\" + \"lasts\")" },
        { Compare(Call("json_type", Col("document")), BinaryOperator.Equal, Quoted("object")), "CASE json_type(\"document\") WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' WHEN 'text' THEN 'string' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE json_type(\"document\") END = 'object'", "jsonb_typeof(\"document\") = 'object'" },
        { Compare(Call("list_length", Col("tags")), BinaryOperator.LessOrEqual, Number("5")), "json_array_length(\"tags\") <= 5", "cardinality(\"tags\") <= 5" },
        { Compare(Call("list_length", Col("document")), BinaryOperator.Greater, Number("0")), "json_array_length(\"document\") > 0", "jsonb_array_length(\"document\") > 0" },
        { Compare(Call("date_part", Quoted("epoch"), Col("due")), BinaryOperator.Greater, Number("0")), "CAST(strftime('%s', \"due\") AS INTEGER) > 0", "extract(epoch from \"due\") > 0" },
        { Call("@>", Col("tags"), Call("array", Quoted("a"))), null, "\"tags\" @> ARRAY['a']" },
        { Call("= any", Quoted("a"), Col("tags")), null, "'a' = ANY (\"tags\")" },
        { Compare(Call("array_element", Col("tags"), Number("1")), BinaryOperator.NotEqual, Quoted("")), null, "(\"tags\")[1] <> ''" },
        { Call("?", Col("document"), Quoted("a")), null, "\"document\" ? 'a'" },
        { Call("public.is_valid", Col("name")), null, null },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_are_written_in_the_words_of_the_database_or_not_at_all(SqlExpression condition, string? sqlite, string? postgreSql)
    {
        var table = Things(condition);
        var check = DesignAll(table, new()).Of("things").Checks;

        Assert.Equal((sqlite, postgreSql), check.IsEmpty ? (null, null) : (check[0].Sql.Sqlite, check[0].Sql.PostgreSql));
        Assert.Equal(sqlite is null ? ["SD3010"] : [], Codes(table));
    }

    [Theory]
    [InlineData("^[a-z]+$", "^[a-z]+$", false, @"""^[a-z]+\\z""")]
    [InlineData("(?i)^https?://", "^https?://", true, "\"^https?://\"")]
    [InlineData("^[[:alpha:]][[:digit:]]*$", @"^[\p{L}][0-9]*$", false, @"""^[\\p{L}][0-9]*\\z""")]
    [InlineData(@"^[$]\$$", @"^[$]\$$", false, @"""^[$]\\$\\z""")]
    public void Patterns_are_rules(string pattern, string rule, bool ignoresCase, string csharp)
    {
        var matches = Assert.Single(
            DesignAll(Things(new RegexExpression(Col("name"), Quoted(pattern), Negated: false)), new()).Of("things").Of("name").Rules,
            r => r.Kind == RuleKind.Matches);

        Assert.Equal((rule, ignoresCase, csharp), (matches.Pattern, matches.IgnoreCase, matches.PatternCSharp));
        Assert.Empty(Codes(Things(new RegexExpression(Col("name"), Quoted(pattern), Negated: false))));
    }

    [Theory]
    [InlineData("^[]$]+$")]
    [InlineData("^[^]$]+$")]
    [InlineData(@"\mword")]
    public void A_pattern_that_means_other_things_elsewhere_is_no_rule(string pattern) =>
        Assert.DoesNotContain(
            DesignAll(Things(new RegexExpression(Col("name"), Quoted(pattern), Negated: false)), new()).Of("things").Of("name").Rules,
            rule => rule.Kind == RuleKind.Matches);

    [Fact]
    public void Text_in_small_letters_is_like_a_pattern_whatever_its_case()
    {
        var condition = new LikeExpression(Call("lower", Col("name")), Quoted("a%"), null, Negated: false);
        var rule = DesignAll(Things(condition), new()).Of("things").Of("name").Rules[^1];

        Assert.Equal((@"^a[\s\S]*$", true), (rule.Pattern, rule.IgnoreCase));
    }

    [Fact]
    public void The_day_of_a_time_in_a_unique_key_is_a_window_of_a_day()
    {
        var day = new CastExpression(Col("at"), new SqlType(SqlTypeKind.Date, "date"));
        var things = DesignOne(Table("things", Column("owner"), Column("at", SqlTypeKind.Timestamp)) with
        {
            Indexes = [UniqueIndex("uk", Col("owner"), day)],
        });

        Assert.Equal(("At", "Day"), (Assert.Single(things.ShadowProperties).WindowSource, things.ShadowProperties[0].WindowUnit));
    }

    private static Column Array(string name, SqlTypeKind element) =>
        Column(name, SqlTypeKind.Array) with { Element = element, NativeType = $"{element.ToString().ToLowerInvariant()}[]" };

    private static DatabaseModel Of(params Column[] columns) => Database(SchemaDialect.PostgreSql, Table("things", columns));

    private static Resource One(params Column[] columns) => DesignAll(Of(columns), new()).Of("things");

    private static DatabaseModel Things(SqlExpression condition) => Database(SchemaDialect.PostgreSql, Table(
        "things",
        Column("name", SqlTypeKind.Text),
        Column("taken", SqlTypeKind.Timestamp),
        Column("due", SqlTypeKind.Timestamp),
        Column("first", SqlTypeKind.Date),
        Column("last", SqlTypeKind.Date),
        Column("lasts", SqlTypeKind.Interval),
        Column("document", SqlTypeKind.Json),
        Array("tags", SqlTypeKind.Text)) with
    {
        Checks = [new Check("things_check", condition, Source)],
    });

    private static BinaryExpression Sum(SqlExpression left, BinaryOperator op, SqlExpression right) => new BinaryExpression(op, left, right);

    private static CastExpression Length(string text) => new CastExpression(Quoted(text), new SqlType(SqlTypeKind.Interval, "interval"));
}
