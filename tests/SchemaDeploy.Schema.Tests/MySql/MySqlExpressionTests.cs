using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlExpressionTests
{
    [Theory]
    [InlineData("a + b * c", "a + (b * c)")]
    [InlineData("(a + b) * c", "(a + b) * c")]
    [InlineData("a - b - c", "(a - b) - c")]
    [InlineData("a DIV b", "div(a, b)")]
    [InlineData("a MOD b", "a % b")]
    [InlineData("MOD(a, b)", "a % b")]
    [InlineData("a % b", "a % b")]
    [InlineData("-a", "-a")]
    [InlineData("- 5", "-5")]
    [InlineData("~a & b | c ^ d", "((~a) & b) | (c ^ d)")]
    [InlineData("a << 2 >> b", "shift_right(shift_left(a, 2), b)")]
    [InlineData("a OR b AND c", "a or (b and c)")]
    [InlineData("a || b && c", "a or (b and c)")]
    [InlineData("a XOR b", "xor(a, b)")]
    [InlineData("NOT a = b", "not (a = b)")]
    [InlineData("! a = b", "(not a) = b")]
    [InlineData("a <> b", "a <> b")]
    [InlineData("a != b", "a <> b")]
    [InlineData("a <=> b", "(a = b) or ((a is null) and (b is null))")]
    [InlineData("a <=> NULL", "a is null")]
    [InlineData("LOWER(a) <=> b", "null_safe_equal(lower(a), b)")]
    [InlineData("a IS NULL", "a is null")]
    [InlineData("a IS NOT NULL AND b", "(a is not null) and b")]
    [InlineData("a IS TRUE", "coalesce(a, false) = true")]
    [InlineData("a IS NOT FALSE", "coalesce(a, true) <> false")]
    [InlineData("a IS UNKNOWN", "a is null")]
    [InlineData("a BETWEEN 1 AND 10 AND b", "(a between 1 and 10) and b")]
    [InlineData("a NOT BETWEEN 1 AND 10", "a not between 1 and 10")]
    [InlineData("a IN (1, 2, 'x')", "a in (1, 2, 'x')")]
    [InlineData("a NOT IN (1)", "a not in (1)")]
    [InlineData("a LIKE 'x%'", "a like 'x%'")]
    [InlineData("a NOT LIKE 'x|%' ESCAPE '|'", "a not like 'x|%' escape '|'")]
    [InlineData("a REGEXP '^x'", "a matches '^x'")]
    [InlineData("a NOT RLIKE '^x'", "a not matches '^x'")]
    [InlineData("REGEXP_LIKE(a, '^x')", "a matches '^x'")]
    [InlineData("CASE WHEN a THEN 1 ELSE 2 END", "case when a then 1 else 2 end")]
    [InlineData("CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END", "case a when 1 then 'x' when 2 then 'y' end")]
    [InlineData("IF(a, 1, 2)", "case when a then 1 else 2 end")]
    [InlineData("IFNULL(a, 0)", "coalesce(a, 0)")]
    [InlineData("COALESCE(a, b, 0)", "coalesce(a, b, 0)")]
    [InlineData("ISNULL(a)", "a is null")]
    [InlineData("CAST(a AS CHAR(10))", "cast(a as varchar(10))")]
    [InlineData("CAST(a AS UNSIGNED)", "cast(a as bigint)")]
    [InlineData("CAST(a AS SIGNED INTEGER)", "cast(a as bigint)")]
    [InlineData("CAST(a AS DECIMAL(10,2))", "cast(a as decimal(10,2))")]
    [InlineData("CONVERT(a, DATETIME)", "cast(a as datetime)")]
    [InlineData("CONVERT(a USING utf8mb4)", "a")]
    [InlineData("a COLLATE utf8mb4_bin = b", "a = b")]
    [InlineData("BINARY a = b", "a = b")]
    [InlineData("BINARY(a) = b", "a = b")]
    [InlineData("t.a > db.t.b", "a > b")]
    [InlineData("`Order` > 1", "\"Order\" > 1")]
    [InlineData("CHAR_LENGTH(a)", "length(a)")]
    [InlineData("LENGTH(a)", "byte_length(a)")]
    [InlineData("UCASE(a)", "upper(a)")]
    [InlineData("SUBSTR(a, 2)", "substring(a, 2, 1000000000)")]
    [InlineData("SUBSTRING(a FROM 2 FOR 3)", "substring(a, 2, 3)")]
    [InlineData("SUBSTRING(a, -3)", "substr(a, -3, 1000000000)")]
    [InlineData("LEFT(a, 3)", "substring(a, 1, 3)")]
    [InlineData("TRIM(a)", "trim(a)")]
    [InlineData("TRIM(LEADING FROM a)", "ltrim(a)")]
    [InlineData("TRIM(TRAILING '/' FROM a)", "trim_trailing('/', a)")]
    [InlineData("REPLACE(a, 'x', 'y')", "replace(a, 'x', 'y')")]
    [InlineData("CONCAT(a, ' ', b)", "concat(a, ' ', b)")]
    [InlineData("LOCATE('x', a)", "position('x', a)")]
    [InlineData("INSTR(a, 'x')", "position('x', a)")]
    [InlineData("POSITION('x' IN a)", "position('x', a)")]
    [InlineData("ROUND(a)", "round(a, 0)")]
    [InlineData("CEIL(a)", "ceiling(a)")]
    [InlineData("YEAR(a)", "date_part('year', a)")]
    [InlineData("EXTRACT(MONTH FROM a)", "date_part('month', a)")]
    [InlineData("EXTRACT(DAY_HOUR FROM a)", "extract('day_hour', a)")]
    [InlineData("DATE(a)", "cast(a as date)")]
    [InlineData("a > DATE '2020-01-01'", "a > '2020-01-01'")]
    [InlineData("a + INTERVAL 1 DAY", "a + cast('1 day' as interval)")]
    [InlineData("a - INTERVAL '1:30' MINUTE_SECOND", "a - interval('1:30', 'minute_second')")]
    [InlineData("DATE_SUB(a, INTERVAL -2 HOUR)", "a - cast('-2 hour' as interval)")]
    [InlineData("DATE_ADD(a, INTERVAL (1 + 1) MONTH)", "a + interval(1 + 1, 'month')")]
    [InlineData("INTERVAL(a, 1, 2)", "interval(a, 1, 2)")]
    [InlineData("TIMESTAMPDIFF(MINUTE, a, b)", "timestampdiff('minute', a, b)")]
    [InlineData("j -> '$.a'", "json_value(j, '$.a')")]
    [InlineData("j ->> '$.a' = 'x'", "json_value(j, '$.a') = 'x'")]
    [InlineData("JSON_UNQUOTE(JSON_EXTRACT(j, '$.a'))", "json_value(j, '$.a')")]
    [InlineData("JSON_VALUE(j, '$.a' RETURNING UNSIGNED)", "cast(json_value(j, '$.a') as bigint)")]
    [InlineData("JSON_VALID(j)", "is_json(j)")]
    [InlineData("'a' MEMBER OF (j)", "member_of('a', j)")]
    [InlineData("CURDATE()", "today()")]
    [InlineData("CURRENT_USER", "current_user()")]
    [InlineData("a = 0xFF", "a = 0xFF")]
    [InlineData("a = x'0f'", "a = 0x0F")]
    [InlineData("a = b'11'", "a = 3")]
    [InlineData("DATE_FORMAT(a, '%Y-%m') = '2020-01'", "date_format(a, '%Y-%m') = '2020-01'")]
    [InlineData("My_Func(a)", "my_func(a)")]
    public void An_expression_is_read_into_the_neutral_language(string written, string expected)
    {
        var table = MySqlScript.Table($"CREATE TABLE t (a INT, CHECK ({written}));");

        Assert.Equal(expected, Assert.IsType<CheckDefinition>(Assert.Single(table.Constraints)).Expression.ToString());
    }

    [Theory]
    [InlineData("%Y", "year")]
    [InlineData("%Y-%m", "month")]
    [InlineData("%Y%m%d", "day")]
    [InlineData("%Y/%m/%d", "day")]
    [InlineData("%Y-%m-%d %H", "hour")]
    [InlineData("%Y-%m-%d %H:%i", "minute")]
    [InlineData("%Y-%m-%d %H:%i:00", "minute")]
    [InlineData("%Y-%m-%dT%T", "second")]
    [InlineData("%Y-%m-%d %H:%i:%s", "second")]
    [InlineData("%Y-%m-01", "month")]
    public void A_format_that_only_cuts_a_time_truncates_it_in_a_key(string format, string part)
    {
        var table = MySqlScript.Table($"CREATE TABLE t (a DATETIME, UNIQUE KEY uk (DATE_FORMAT(a, '{format}')));");

        var key = Assert.IsType<UniqueDefinition>(Assert.Single(table.Constraints));
        Assert.Equal($"date_trunc('{part}', a)", Assert.Single(key.Parts).Expression.ToString());
    }

    [Theory]
    [InlineData("%H:%i")]
    [InlineData("%y-%m-%d")]
    [InlineData("%Y-%d-%m")]
    [InlineData("%Y-%m-%d %h:%i")]
    [InlineData("%W")]
    [InlineData("%")]
    [InlineData("")]
    public void Any_other_format_stays_a_format(string format)
    {
        var table = MySqlScript.Table($"CREATE TABLE t (a DATETIME, KEY k ((DATE_FORMAT(a, '{format}'))));");

        var key = Assert.IsType<IndexDefinition>(Assert.Single(table.Constraints));
        Assert.Equal($"date_format(a, '{format}')", Assert.Single(key.Parts).Expression.ToString());
    }

    [Fact]
    public void A_query_in_an_expression_is_an_error() =>
        Assert.Equal(
            ["schema.sql(1,31): error SD1004: Syntax error: a query cannot stand in this expression."],
            MySqlScript.Read("CREATE TABLE t (a INT CHECK ((SELECT 1) > a));").Messages);

    [Theory]
    [InlineData("(", ")")]
    [InlineData("NOT ", "")]
    [InlineData("- ", "")]
    [InlineData("ABS(", ")")]
    [InlineData("a + (", ")")]
    [InlineData("CASE WHEN a THEN 1 ELSE ", " END")]
    [InlineData("INTERVAL(", ", 1)")]
    public void Nesting_of_ten_thousand_levels_is_one_error_with_its_place(string open, string close)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 10_000)) + "a" + string.Concat(Enumerable.Repeat(close, 10_000));
        var script = MySqlScript.Read($"CREATE TABLE t (a INT,\n CHECK ({nested}),\n b INT);\nCREATE TABLE u (x INT);");

        Assert.StartsWith("schema.sql(2,", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Contains("SD1007", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Equal(2, script.Statements.OfType<CreateTable>().Count());
    }

    [Theory]
    [InlineData("a", " + a")]
    [InlineData("a", " OR a = 1")]
    [InlineData("a", " IS NULL")]
    [InlineData("a", " -> '$'")]
    public void A_chain_of_ten_thousand_operators_is_one_error(string first, string more)
    {
        var script = MySqlScript.Read($"CREATE TABLE t (a INT, CHECK ({first}{string.Concat(Enumerable.Repeat(more, 10_000))}));");

        Assert.Contains("SD1007", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_of_two_hundred_levels_are_read_and_no_taller_ones()
    {
        // 20 nested groups of 11 operators each are no deeper than 40 as written, but 220 and more as a tree.
        static string Nest(int groups) =>
            groups == 0 ? "a" : $"({Nest(groups - 1)}{string.Concat(Enumerable.Repeat(" + a", 11))})";

        Assert.Empty(MySqlScript.Read($"CREATE TABLE t (a INT, CHECK ({Nest(18)} > 0));").Messages);
        Assert.Contains(
            "SD1007", Assert.Single(MySqlScript.Read($"CREATE TABLE t (a INT, CHECK ({Nest(25)} > 0));").Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_ten_thousand_values_is_no_nesting()
    {
        var values = string.Join(", ", Enumerable.Range(0, 10_000));
        var table = MySqlScript.Table($"CREATE TABLE t (a INT, CHECK (a IN ({values})));");

        var check = Assert.IsType<CheckDefinition>(Assert.Single(table.Constraints));
        Assert.Equal(10_000, Assert.IsType<InExpression>(check.Expression).Items.Length);
    }
}
