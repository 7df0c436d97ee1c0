using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlExpressionTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("((1))", "1")]
    [InlineData("-1", "-1")]
    [InlineData("+1", "1")]
    [InlineData("0.50", "0.50")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("007", "7")]
    [InlineData("1E3", "1e3")]
    [InlineData("$1.50", "1.50")]
    [InlineData("NULL", "null")]
    [InlineData("N'it''s'", "'it''s'")]
    [InlineData("''", "''")]
    [InlineData("0xaF0", "0x0AF0")]
    [InlineData("(getdate())", "now()")]
    [InlineData("GETUTCDATE()", "now()")]
    [InlineData("sysdatetime()", "now()")]
    [InlineData("SYSUTCDATETIME()", "now()")]
    [InlineData("sysdatetimeoffset()", "now()")]
    [InlineData("CURRENT_TIMESTAMP", "now()")]
    [InlineData("newid()", "uuid()")]
    [InlineData("newsequentialid()", "uuid()")]
    [InlineData("suser_sname()", "current_user()")]
    [InlineData("user_name()", "current_user()")]
    [InlineData("SYSTEM_USER", "current_user()")]
    [InlineData("CURRENT_USER", "current_user()")]
    [InlineData("NEXT VALUE FOR dbo.Numbers", "next_value('dbo.Numbers')")]
    [InlineData("NEXT VALUE FOR [Numbers]", "next_value('Numbers')")]
    [InlineData("CONVERT(date, getdate())", "cast(now() as date)")]
    [InlineData("CAST('x' AS nvarchar(5))", "cast('x' as varchar(5))")]
    [InlineData("TRY_CAST('1' AS int)", "cast('1' as int)")]
    [InlineData("TRY_CONVERT(bit, 1)", "cast(1 as boolean)")]
    [InlineData("host_name()", "host_name()")]
    [InlineData("dateadd(dd, 7, getdate())", "dateadd('day', 7, now())")]
    [InlineData("'a' + 'b'", "'a' || 'b'")]
    [InlineData("1 + 2 * 3", "1 + (2 * 3)")]
    [InlineData("(1 + 2) % 3", "(1 + 2) % 3")]
    [InlineData("~1 & 2 | 3 ^ 4", "(((~1) & 2) | 3) ^ 4")]
    public void A_default_is_read(string written, string neutral) =>
        Assert.Equal(neutral, TSqlScript.Column($"c int DEFAULT {written}").Default!.Expression.ToString());

    [Theory]
    [InlineData("a = 1", "a = 1")]
    [InlineData("a <> 1", "a <> 1")]
    [InlineData("a != 1", "a <> 1")]
    [InlineData("a !< 1", "a >= 1")]
    [InlineData("a !> 1", "a <= 1")]
    [InlineData("(a > 1 AND (b < 2 OR a IS NOT NULL))", "(a > 1) and ((b < 2) or (a is not null))")]
    [InlineData("NOT a BETWEEN 1 AND 9", "not (a between 1 and 9)")]
    [InlineData("a NOT BETWEEN 1 AND 9", "a not between 1 and 9")]
    [InlineData("a IN (1, 2)", "a in (1, 2)")]
    [InlineData("a NOT IN (1)", "a not in (1)")]
    [InlineData("s LIKE 'a!_%' ESCAPE '!'", "s like 'a!_%' escape '!'")]
    [InlineData("s NOT LIKE '[A-Z]%'", "s not like '[A-Z]%'")]
    [InlineData("[t].[a] >= (0)", "a >= 0")]
    [InlineData("isnull(a, 0) = 0", "coalesce(a, 0) = 0")]
    [InlineData("coalesce(a, b, 0) = 0", "coalesce(a, b, 0) = 0")]
    [InlineData("nullif(a, 0) IS NULL", "nullif(a, 0) is null")]
    [InlineData("len(s) > 3", "length(s) > 3")]
    [InlineData("datalength(s) > 3", "byte_length(s) > 3")]
    [InlineData("charindex('@', s) > 1", "position('@', s) > 1")]
    [InlineData("left(s, 1) = 'a'", "substring(s, 1, 1) = 'a'")]
    [InlineData("right(s, 1) = 'a'", "right(s, 1) = 'a'")]
    [InlineData("upper(ltrim(rtrim(s))) = s", "upper(ltrim(rtrim(s))) = s")]
    [InlineData("year(d) > 2000", "date_part('year', d) > 2000")]
    [InlineData("datepart(hh, d) < 12", "date_part('hour', d) < 12")]
    [InlineData("datediff(day, d, getdate()) > 1", "datediff('day', d, now()) > 1")]
    [InlineData("isjson(s) > 0", "is_json(s)")]
    [InlineData("ISJSON(s) = 1", "is_json(s)")]
    [InlineData("(isjson(s)=(0))", "not is_json(s)")]
    [InlineData("json_value(s, '$.a') = 'x'", "json_value(s, '$.a') = 'x'")]
    [InlineData("iif(a > 1, 'x', 'y') = 'x'", "case when (a > 1) then 'x' else 'y' end = 'x'")]
    [InlineData("CASE a WHEN 1 THEN 2 ELSE 3 END = 2", "case a when 1 then 2 else 3 end = 2")]
    [InlineData("CASE WHEN a = 1 THEN 2 END = 2", "case when (a = 1) then 2 end = 2")]
    [InlineData("choose(a, 'x', 'y') = 'x'", "case a when 1 then 'x' when 2 then 'y' end = 'x'")]
    [InlineData("a IS NOT DISTINCT FROM b", "(((a is not null) and (b is not null)) and (a = b)) or ((a is null) and (b is null))")]
    public void A_check_is_read(string written, string neutral)
    {
        var table = TSqlScript.Table($"CREATE TABLE t (a int, b int, s nvarchar(9), d datetime, CHECK ({written}))");

        Assert.Equal(neutral, Assert.IsType<CheckDefinition>(Assert.Single(table.Constraints)).Expression.ToString());
    }

    [Theory]
    [InlineData("first + last", "first || last")]
    [InlineData("first + ' ' + last", "(first || ' ') || last")]
    [InlineData("n + 1", "n + 1")]
    [InlineData("isnull(first, '') + last", "coalesce(first, '') || last")]
    [InlineData("CONVERT(nvarchar(9), n) + last", "cast(n as varchar(9)) || last")]
    [InlineData("concat(first, n)", "concat(first, n)")]
    [InlineData("alias + last", "alias || last")]
    [InlineData("dateadd(minute, datediff(minute, 0, d), 0)", "date_trunc('minute', d)")]
    [InlineData("datetrunc(mi, d)", "date_trunc('minute', d)")]
    public void A_computed_column_is_read(string written, string neutral)
    {
        var script = TSqlScript.ReadClean(
            $"CREATE TYPE Word FROM varchar(20)\nCREATE TABLE t (c AS ({written}), first nvarchar(9), last sysname, n int, d datetime2, alias Word)");
        var column = script.Statements.OfType<CreateTable>().Single().Columns[0];

        Assert.Equal((neutral, false), (column.Generated!.Expression.ToString(), column.Generated.Stored));
        Assert.Null(column.Type);
    }

    [Fact]
    public void A_column_computed_by_a_later_statement_knows_the_tables_columns()
    {
        var script = TSqlScript.ReadClean("CREATE TABLE t (a varchar(9), b varchar(9))\nGO\nALTER TABLE t ADD c AS a + b PERSISTED NOT NULL");
        var column = Assert.IsType<AddColumn>(Assert.Single(script.Statements.OfType<AlterTable>().Single().Actions)).Column;

        Assert.Equal(("a || b", true), (column.Generated!.Expression.ToString(), column.Generated.Stored));
        Assert.False(column.Nullable);
    }

    [Theory]
    [InlineData("CREATE TABLE t (c int DEFAULT dbo.f(1))", "schema.sql(1,31): warning SD1009: This default is not carried over.")]
    [InlineData("CREATE TABLE t (c int CONSTRAINT k CHECK (dbo.ok(c) = 1))", "schema.sql(1,43): warning SD1009: Check 'k' is not carried over.")]
    [InlineData(
        "CREATE TABLE t (c AS dbo.f(1) + 1)",
        "schema.sql(1,22): warning SD1009: The expression of computed column 'c' is not carried over. The column is kept and not exposed.")]
    [InlineData("CREATE TABLE t (c varchar(9) DEFAULT CONVERT(varchar(9), getdate(), 112))", "schema.sql(1,69): warning SD1009: The style of this conversion is not carried over.")]
    public void What_has_no_neutral_form_is_warned_of(string sql, string message)
    {
        var script = TSqlScript.Read(sql);

        Assert.Equal(message, Assert.Single(script.Messages));
        Assert.Single(script.Single<CreateTable>().Columns);
    }
}
