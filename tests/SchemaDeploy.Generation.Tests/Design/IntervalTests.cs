using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class IntervalTests
{
    [Theory]
    [InlineData("7 days", "TimeSpan.FromDays(7)", "7.00:00:00")]
    [InlineData("1 week", "TimeSpan.FromDays(7)", "7.00:00:00")]
    [InlineData("1 day 02:30", "TimeSpan.FromMinutes(1590)", "1.02:30:00")]
    [InlineData("02:30:15.5", "TimeSpan.FromTicks(90155000000L)", "02:30:15.5000000")]
    [InlineData("-00:05", "TimeSpan.FromMinutes(-5)", "-00:05:00")]
    [InlineData("90", "TimeSpan.FromSeconds(90)", "00:01:30")]
    [InlineData("3 04:00:00", "TimeSpan.FromHours(76)", "3.04:00:00")]
    [InlineData("@ 1 hour 5 mins", "TimeSpan.FromMinutes(65)", "01:05:00")]
    [InlineData("1.5 hours", "TimeSpan.FromMinutes(90)", "01:30:00")]
    [InlineData("2h30m", "TimeSpan.FromMinutes(150)", "02:30:00")]
    [InlineData("1 day ago", "TimeSpan.FromDays(-1)", "-1.00:00:00")]
    [InlineData("P1DT2H", "TimeSpan.FromHours(26)", "1.02:00:00")]
    [InlineData("PT0.25S", "TimeSpan.FromTicks(2500000L)", "00:00:00.2500000")]
    [InlineData("P2W", "TimeSpan.FromDays(14)", "14.00:00:00")]
    [InlineData("0", "TimeSpan.Zero", "00:00:00")]
    public void A_length_of_time_is_a_value(string text, string csharp, string json)
    {
        var lasts = DesignOne(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted(text) })).Of("lasts").Default!;

        Assert.Equal((csharp, $"\"{json}\""), (lasts.CSharp, lasts.Json));
    }

    [Theory]
    [InlineData("1 month")]
    [InlineData("P1Y")]
    [InlineData("a while")]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("1 day 2 fortnights")]
    [InlineData("99999999999 days")]
    [InlineData("PT.S")]
    public void What_has_no_fixed_length_is_none(string text) =>
        Assert.Equal(["SD3011"], Codes(Database(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted(text) }))));

    [Fact]
    public void Text_that_is_almost_a_length_of_time_is_refused_at_once()
    {
        var text = new string('1', 5000) + "!";

        Assert.Equal(["SD3011"], Codes(Database(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted(text) }))));
    }

    [Fact]
    public void A_time_so_much_later_is_written_in_the_words_of_each_database()
    {
        var week = new CastExpression(Quoted("7 day"), new SqlType(SqlTypeKind.Interval, "interval"));
        var ends = Column("ends", SqlTypeKind.Timestamp) with { Default = new BinaryExpression(BinaryOperator.Add, Call("now"), week) };

        var sql = DesignAll(Database(SchemaDialect.MySql, Table("things", ends)), new DiagnosticBag()).Of("things").Of("ends").Default!.Sql!;

        Assert.Contains("utc_timestamp(6) + INTERVAL 604800 SECOND", sql.MySql, StringComparison.Ordinal);
        Assert.Contains("now() + interval '0 months 604800 seconds'", sql.PostgreSql, StringComparison.Ordinal);
        Assert.Contains("dateadd(second, 604800", sql.SqlServer, StringComparison.Ordinal);
        Assert.Contains("'+604800 seconds'", sql.Sqlite, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SqlTypeKind.DateTime, "(\"starts\" + interval '0 months 604800 seconds')")]
    [InlineData(SqlTypeKind.Timestamp, null)]
    public void A_moment_so_much_later_is_no_computed_column_on_postgresql(SqlTypeKind kind, string? expected)
    {
        var week = new CastExpression(Quoted("7 day"), new SqlType(SqlTypeKind.Interval, "interval"));
        var ends = Column("ends", kind) with { Generated = new(new BinaryExpression(BinaryOperator.Add, Col("starts"), week), Stored: true) };

        var things = DesignAll(Database(SchemaDialect.MySql, Table("things", Column("starts", kind), ends)), new DiagnosticBag()).Of("things");

        Assert.Equal(expected, things.Of("ends").ComputedSql!.PostgreSql);
        Assert.Equal("rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', \"starts\", '+604800 seconds'), '0'), '.')", things.Of("ends").ComputedSql!.Sqlite);
    }

    [Fact]
    public void A_length_that_a_row_decides_is_written_on_mysql()
    {
        var later = new BinaryExpression(BinaryOperator.Add, Col("starts"), Call("interval", Col("days"), Quoted("day")));
        var table = Table("things", Column("starts", SqlTypeKind.DateTime), Column("ends", SqlTypeKind.DateTime), Column("days")) with
        {
            Checks = [new Check("ck", Compare(Col("ends"), BinaryOperator.Greater, later), Source)],
        };

        var check = Assert.Single(DesignAll(Database(SchemaDialect.MySql, table), new DiagnosticBag()).Of("things").Checks);

        Assert.Equal("`ends` > (`starts` + INTERVAL `days` day)", check.Sql.MySql);
        Assert.Null(check.Sql.PostgreSql);
    }

    [Fact]
    public void Each_database_keeps_a_length_of_time_in_its_own_way()
    {
        var days = DesignOne(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted("2 days") })).Of("lasts").Default!;
        var minutes = DesignOne(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted("00:20") })).Of("lasts").Default!;

        Assert.Equal(new ProviderSql("1728000000000", "interval '2 days'", "'48:00:00'", null), days.Sql);
        Assert.Equal(new ProviderSql("12000000000", "interval '00:20'", "'00:20:00'", "'00:20:00'"), minutes.Sql);
    }
}
