using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Script;
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
    public void Each_database_keeps_a_length_of_time_in_its_own_way()
    {
        var days = DesignOne(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted("2 days") })).Of("lasts").Default!;
        var minutes = DesignOne(Table("things", Column("lasts", SqlTypeKind.Interval) with { Default = Quoted("00:20") })).Of("lasts").Default!;

        Assert.Equal(new ProviderSql("1728000000000", "interval '2 days'", "'48:00:00'", null), days.Sql);
        Assert.Equal(new ProviderSql("12000000000", "interval '00:20'", "'00:20:00'", "'00:20:00'"), minutes.Sql);
    }
}
