using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

/// <summary>T-SQL's functions of times on every database.</summary>
public sealed class TSqlTimeTests
{
    [Fact]
    public void A_default_so_much_later_than_now_is_written_in_the_words_of_each_database()
    {
        var sql = DefaultOf(SqlTypeKind.DateTime, DateAdd("day", Number("14"), Call("now")));

        Assert.Equal("CAST(dateadd(day, 14, sysutcdatetime()) AS datetime2)", sql.SqlServer);
        Assert.Contains("+ INTERVAL 1209600 SECOND", sql.MySql, StringComparison.Ordinal);
        Assert.Contains("interval '0 months 1209600 seconds'", sql.PostgreSql, StringComparison.Ordinal);
        Assert.Contains("'+1209600 seconds'", sql.Sqlite, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_of_a_day_is_a_day() =>
        Assert.StartsWith("date(", DefaultOf(SqlTypeKind.Date, DateAdd("year", Number("1"), Call("now"))).Sqlite, StringComparison.Ordinal);

    [Theory]
    [InlineData("month", "3", "'+3 months', 'floor'")]
    [InlineData("quarter", "2", "'+6 months', 'floor'")]
    [InlineData("year", "1", "'+12 months', 'floor'")]
    [InlineData("week", "1", "'+604800 seconds'")]
    [InlineData("hour", "8", "'+28800 seconds'")]
    [InlineData("millisecond", "500", "'+0.5 seconds'")]
    public void Every_unit_of_a_fixed_length_is_known(string unit, string amount, string expected) =>
        Assert.Contains(expected, DefaultOf(SqlTypeKind.DateTime, DateAdd(unit, Number(amount), Call("now"))).Sqlite, StringComparison.Ordinal);

    [Fact]
    public void Times_in_the_past_are_known_too()
    {
        var ago = new UnaryExpression(UnaryOperator.Negate, Number("1"));

        Assert.Contains("'-3600 seconds'", DefaultOf(SqlTypeKind.DateTime, DateAdd("hour", ago, Call("now"))).Sqlite, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_so_much_later_is_a_day()
    {
        var check = CheckOf(Compare(Col("due"), BinaryOperator.LessOrEqual, DateAdd("day", Number("30"), Col("taken"))));

        Assert.Equal("[due] <= dateadd(day, 30, [taken])", check.SqlServer);
        Assert.Equal("\"due\" <= (\"taken\" + 30)", check.PostgreSql);
        Assert.Equal("`due` <= ((`taken` + INTERVAL 30 DAY))", check.MySql);
        Assert.Equal("\"due\" <= (date(\"taken\", (30) || ' days'))", check.Sqlite);
    }

    [Fact]
    public void A_row_decides_how_many_days_later()
    {
        var check = CheckOf(Compare(Col("due"), BinaryOperator.LessOrEqual, DateAdd("day", Col("days"), Col("taken"))));

        Assert.Equal("\"due\" <= (\"taken\" + \"days\")", check.PostgreSql);
        Assert.Equal("\"due\" <= (date(\"taken\", (\"days\") || ' days'))", check.Sqlite);
    }

    [Fact]
    public void Months_later_than_a_day_is_a_day() => Assert.Equal(
        "\"due\" <= date(strftime('%Y-%m-%d %H:%M:%f', \"taken\", '+1 months', 'floor'))",
        CheckOf(Compare(Col("due"), BinaryOperator.LessOrEqual, DateAdd("month", Number("1"), Col("taken")))).Sqlite);

    [Fact]
    public void The_years_between_two_days_are_the_difference_of_their_numbers()
    {
        var check = CheckOf(Compare(Call("datediff", Quoted("year"), Col("taken"), Col("due")), BinaryOperator.LessOrEqual, Number("1")));

        Assert.Equal("datediff(year, [taken], [due]) <= 1", check.SqlServer);
        Assert.NotNull(check.PostgreSql);
        Assert.NotNull(check.MySql);
        Assert.NotNull(check.Sqlite);
    }

    [Theory]
    [InlineData("nanosecond", "1")]
    [InlineData("day", "1.5")]
    public void What_has_no_length_elsewhere_stays_with_sql_server(string unit, string amount)
    {
        var sql = DefaultOf(SqlTypeKind.DateTime, DateAdd(unit, Number(amount), Call("now")));

        Assert.NotNull(sql.SqlServer);
        Assert.Null(sql.Sqlite);
    }

    private static SqlExpression DateAdd(string unit, SqlExpression amount, SqlExpression time) => Call("dateadd", Quoted(unit), amount, time);

    private static ProviderSql DefaultOf(SqlTypeKind kind, SqlExpression value) =>
        DesignAll(Database(SchemaDialect.TSql, Table("things", Column("at", kind) with { Default = value })), new DiagnosticBag()).Of("things").Of("at").Default!.Sql!;

    private static ProviderSql CheckOf(SqlExpression condition)
    {
        var table = Table("things", Column("taken", SqlTypeKind.Date), Column("due", SqlTypeKind.Date), Column("days")) with
        {
            Checks = [new Check("ck", condition, Source)],
        };
        return Assert.Single(DesignAll(Database(SchemaDialect.TSql, table), new DiagnosticBag()).Of("things").Checks).Sql;
    }
}
