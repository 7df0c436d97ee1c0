using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class CheckTests
{
    private static readonly SqlExpression s_quantity = Col("quantity");
    private static readonly SqlExpression s_name = Col("name");

    public static TheoryData<string, SqlExpression, string[]> Conditions => new()
    {
        { "quantity", Compare(s_quantity, BinaryOperator.GreaterOrEqual, Number("1")), ["Minimum 1"] },
        { "quantity", Compare(Number("1"), BinaryOperator.Less, s_quantity), ["GreaterThan 1"] },
        { "quantity", Compare(s_quantity, BinaryOperator.NotEqual, Number("0")), ["NotEqual 0"] },
        { "quantity", new BetweenExpression(s_quantity, Number("1"), Number("9"), false), ["Minimum 1", "Maximum 9"] },
        { "quantity", new InExpression(s_quantity, [Number("1"), Number("2")], false), ["OneOf 1|2"] },
        { "quantity", new InExpression(s_quantity, [Number("1")], true), ["NoneOf 1"] },
        { "quantity", Or(new IsNullExpression(s_quantity, false), Compare(s_quantity, BinaryOperator.Greater, Number("0"))), ["GreaterThan 0"] },
        { "quantity", Not(Compare(s_quantity, BinaryOperator.Less, Number("0"))), ["Minimum 0"] },
        { "quantity", And(Compare(s_quantity, BinaryOperator.Greater, Number("0")), Compare(s_quantity, BinaryOperator.Less, Number("9"))), ["GreaterThan 0", "LessThan 9"] },
        { "quantity", Or(Compare(s_quantity, BinaryOperator.Less, Number("0")), Compare(s_quantity, BinaryOperator.Greater, Number("9"))), [] },
        { "quantity", Compare(s_quantity, BinaryOperator.Greater, Number("0.5")), [] },
        { "quantity", Compare(new BinaryExpression(BinaryOperator.Modulo, s_quantity, Number("2")), BinaryOperator.Equal, Number("0")), [] },
        { "name", Or(Compare(s_name, BinaryOperator.Equal, Quoted("a")), Compare(s_name, BinaryOperator.Equal, Quoted("b"))), ["OneOf \"a\"|\"b\""] },
        { "name", Compare(s_name, BinaryOperator.NotEqual, Quoted("")), ["MinLength 1"] },
        { "name", Compare(s_name, BinaryOperator.Greater, Quoted("m")), [] },
        { "name", Compare(Call("length", s_name), BinaryOperator.GreaterOrEqual, Number("3")), ["MinLength 3"] },
        { "name", new BetweenExpression(Call("length", s_name), Number("2"), Number("5"), false), ["MinLength 2", "MaxLength 5"] },
        { "name", Compare(Call("length", Call("trim", s_name)), BinaryOperator.Greater, Number("0")), ["Matches [^ ]"] },
        { "name", new LikeExpression(s_name, Quoted("%@_%.de"), null, false), [@"Matches ^[\s\S]*@[\s\S][\s\S]*\.de$"] },
        { "name", new LikeExpression(s_name, Quoted("[A-Z][0-9]"), null, false), ["Matches ^[A-Z][0-9]$"] },
        { "name", Or(new InExpression(s_name, [Quoted("a.b"), Quoted("c")], false), new LikeExpression(s_name, Quoted("9[0-9]"), null, false)), [@"Matches ^(a\.b|c|9[0-9])$"] },
        { "name", Or(new LikeExpression(s_name, Quoted("a%"), null, false), new LikeExpression(Col("state"), Quoted("b%"), null, false)), [] },
        { "name", new RegexExpression(s_name, Quoted("^[a-z]{2,5}$"), false), ["Matches ^[a-z]{2,5}$"] },
        { "name", new RegexExpression(s_name, Quoted("^[[:alpha:]]+$"), false), [@"Matches ^[\p{L}]+$"] },
        { "name", new RegexExpression(s_name, Quoted("^[[:punct:]]+$"), false), [] },
        { "name", new RegexExpression(s_name, Quoted("(a)\\1"), false), [] },
        { "name", new RegexExpression(s_name, Quoted("("), false), [] },
        { "price", Compare(Col("price"), BinaryOperator.GreaterOrEqual, Number("0")), ["Minimum 0m"] },
        { "state", new InExpression(Col("state"), [Quoted("on"), Quoted("off")], false), ["OneOf ThingState.On|ThingState.Off"] },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_on_one_column_is_a_rule_where_there_is_such(string column, SqlExpression condition, string[] rules)
    {
        var property = Things(SchemaDialect.TSql, condition).Of(column);

        Assert.Equal(rules, property.Rules
            .Where(rule => rule.Kind is not (RuleKind.Text or RuleKind.Digits) && rule.Length != 50)
            .Select(rule => rule.Kind + " " + (rule.Bound?.CSharp ?? rule.Pattern ?? (rule.Length > 0 ? $"{rule.Length}" : string.Join('|', rule.Values.Select(v => v.CSharp))))));
    }

    [Fact]
    public void A_condition_on_two_columns_of_one_type_compares_fields()
    {
        var things = Things(SchemaDialect.MySql, Compare(Col("starts"), BinaryOperator.LessOrEqual, Col("ends")));

        var rule = Assert.Single(things.Rules);
        Assert.Equal(("starts", "<=", "ends"), (rule.Left.JsonName, rule.CSharp, rule.Right.JsonName));
        Assert.Empty(Things(SchemaDialect.MySql, Compare(Col("starts"), BinaryOperator.Less, s_quantity)).Rules);
    }

    [Fact]
    public void The_database_keeps_every_check_in_its_own_words()
    {
        var things = Things(SchemaDialect.MySql, Compare(Col("price"), BinaryOperator.LessOrEqual, Number("1000")));

        Assert.Equal(
            new ProviderSql("CAST(\"price\" AS NUMERIC) <= 1000", "\"price\" <= 1000", "`price` <= 1000", "[price] <= 1000"),
            Assert.Single(things.Checks).Sql);
    }

    [Fact]
    public void A_check_that_neither_a_rule_nor_the_database_can_keep_is_reported()
    {
        Assert.Equal(["SD3010"], Codes(Of(SchemaDialect.TSql, Compare(Call("soundex", s_name), BinaryOperator.Equal, Quoted("A123")))));
        Assert.Empty(Codes(Of(SchemaDialect.TSql, new RegexExpression(s_name, Quoted("^a$"), false))));
    }

    [Fact]
    public void An_operator_within_another_stands_in_parentheses()
    {
        var remainder = new BinaryExpression(BinaryOperator.Modulo, s_quantity, Number("2"));
        var check = Assert.Single(Things(SchemaDialect.MySql, Compare(remainder, BinaryOperator.Equal, Number("0"))).Checks);

        Assert.Equal("(\"quantity\" % 2) = 0", check.Sql.Sqlite);
    }

    [Fact]
    public void Sets_in_patterns_are_globs_on_sqlite()
    {
        var check = Assert.Single(Things(SchemaDialect.TSql, new LikeExpression(s_name, Quoted("99[0-9]_%"), null, false)).Checks);

        Assert.Equal("upper(\"name\") GLOB '99[0-9]?*'", check.Sql.Sqlite);
        Assert.Equal("[name] LIKE '99[0-9]_%'", check.Sql.SqlServer);
        Assert.Null(check.Sql.PostgreSql);
    }

    [Fact]
    public void A_date_is_compared_in_the_form_in_which_sqlite_keeps_dates()
    {
        var check = Assert.Single(Things(SchemaDialect.TSql, Compare(Col("starts"), BinaryOperator.GreaterOrEqual, Quoted("19000131"))).Checks);

        Assert.Equal("\"starts\" >= '1900-01-31'", check.Sql.Sqlite);
        Assert.Equal("[starts] >= '19000131'", check.Sql.SqlServer);
    }

    [Fact]
    public void The_length_of_bytes_is_that_in_bytes()
    {
        var check = Assert.Single(Things(SchemaDialect.PostgreSql, Compare(Call("length", Col("digest")), BinaryOperator.Equal, Number("32"))).Checks);

        Assert.Equal(
            new ProviderSql("length(CAST(\"digest\" AS BLOB)) = 32", "octet_length(\"digest\") = 32", "length(`digest`) = 32", "datalength([digest]) = 32"),
            check.Sql);
    }

    [Fact]
    public void Text_is_quoted_as_each_database_reads_it()
    {
        var check = Assert.Single(Things(SchemaDialect.MySql, Compare(s_name, BinaryOperator.NotEqual, Quoted("a'\\ü"))).Checks);

        Assert.Equal(new ProviderSql("\"name\" <> 'a''\\ü'", "\"name\" <> 'a''\\ü'", "`name` <> 'a''\\\\ü'", "[name] <> N'a''\\ü'"), check.Sql);
    }

    [Fact]
    public void A_long_chain_of_conditions_exhausts_no_stack_in_the_reader()
    {
        var chain = Compare(s_quantity, BinaryOperator.NotEqual, Number("0"));
        for (var i = 1; i < 200; i++)
        {
            chain = And(chain, Compare(s_quantity, BinaryOperator.NotEqual, Number($"{i}")));
        }

        Assert.Equal(200, Things(SchemaDialect.MySql, chain).Of("quantity").Rules.Length);
    }

    private static BinaryExpression And(SqlExpression a, SqlExpression b) => new(BinaryOperator.And, a, b);

    private static BinaryExpression Or(SqlExpression a, SqlExpression b) => new(BinaryOperator.Or, a, b);

    private static UnaryExpression Not(SqlExpression operand) => new(UnaryOperator.Not, operand);

    private static Resource Things(SchemaDialect dialect, SqlExpression condition) => DesignAll(Of(dialect, condition), new()).Of("things");

    private static DatabaseModel Of(SchemaDialect dialect, SqlExpression condition) => Database(dialect, Table(
        "things",
        Column("quantity"),
        Text("name"),
        Column("price", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2 },
        Enum("state", "on", "off", "idle"),
        Column("digest", SqlTypeKind.Blob),
        Column("starts", SqlTypeKind.Date),
        Column("ends", SqlTypeKind.Date)) with
    {
        Checks = [new Check("ck_things", condition, Source)],
    });
}
