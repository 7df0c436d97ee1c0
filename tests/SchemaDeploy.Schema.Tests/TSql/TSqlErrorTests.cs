using System.Diagnostics;
using System.Text;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlErrorTests
{
    [Fact]
    public void Errors_in_line_1_and_line_500_are_both_reported_without_go()
    {
        var middle = string.Concat(Enumerable.Range(2, 498).Select(i => $"CREATE TABLE t{i} (a int)\n"));
        var script = TSqlScript.Read($"CREATE TABLE t1 (a int,, b int)\n{middle}CREATE TABLE t500 (a intt(5,6) b)");

        Assert.Equal([(1, 24), (500, 32)], script.Diagnostics.Select(d => (d.Span.Line, d.Span.Column)));
        Assert.All(script.Diagnostics, d => Assert.Equal("SD1004", d.Code));
        Assert.Equal(498, script.Tables.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("GO\n")]
    public void Beyond_a_hundred_errors_the_file_is_given_up(string between)
    {
        var script = TSqlScript.Read(new StringBuilder().Insert(0, $"CREATE TABLE t (a int,, b int)\n{between}", 20_000).ToString());

        Assert.Equal(101, script.Diagnostics.Length);
        Assert.EndsWith("error SD1013: More than 100 errors; the rest of the file is not read.", script.Messages.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_in_two_batches_are_both_reported()
    {
        var script = TSqlScript.Read("CREATE TABLE a (x int,,)\nGO\nCREATE TABLE b (x int)\nGO\nCREATE TABLE c x int)");

        Assert.Equal(["schema.sql(1,23)", "schema.sql(5,16)"], script.Errors.Select(e => e[..16]));
        Assert.Equal(["b"], script.Tables);
    }

    [Theory]
    [InlineData("CREATE TABLE a (x int)\nCRATE TABLE b (x int)\nCREATE TABLE c (x int)", 2, "'CRATE'. Did you mean 'CREATE'?")]
    [InlineData("INSRT INTO t VALUES (1)\nCREATE TABLE a (x int)\nGO\nCREATE TABLE c (x int)", 1, "'INSRT'. Did you mean 'INSERT'?")]
    public void A_misspelt_statement_is_named_and_its_neighbours_are_read(string sql, int line, string message)
    {
        var script = TSqlScript.Read(sql);

        Assert.Equal($"schema.sql({line},1): error SD1010: Unknown statement {message}", Assert.Single(script.Messages));
        Assert.Equal(["a", "c"], script.Tables);
    }

    [Theory]
    [InlineData("CREATE TABLE a (x varchar(9) DEFAULT 'open)\nGO\nCREATE TABLE b (x int)", "schema.sql(1,38): error SD1005: This string is never closed: ' is missing.")]
    [InlineData("CREATE TABLE a (x int /* open)\nGO\nCREATE TABLE b (x int)", "schema.sql(1,23): error SD1005: This comment is never closed: */ is missing.")]
    [InlineData("CREATE TABLE a (\"x int)\nGO\nCREATE TABLE b (x int)", "schema.sql(1,17): error SD1005: This quoted name is never closed: \" is missing.")]
    [InlineData("CREATE TABLE a ([x int)\nGO\nCREATE TABLE b (x int)", "schema.sql(1,17): error SD1005: This name in brackets is never closed: ] is missing.")]
    public void What_is_never_closed_is_reported_where_it_opens_and_ends_at_go(string sql, string message)
    {
        var script = TSqlScript.Read(sql);

        Assert.Equal(message, Assert.Single(script.Messages));
        Assert.Equal(["b"], script.Tables);
    }

    [Theory]
    [InlineData("CREATE TABLE t (a int DEFAULT ({0}1{1}))", "(", ")")]
    [InlineData("CREATE TABLE t (a int CHECK ({0}a = 1{1}))", "(", ")")]
    [InlineData("CREATE TABLE t (a int CHECK ({0}a = 1))", "NOT ", "")]
    [InlineData("CREATE TABLE t (a AS {0}1)", "- ", "")]
    [InlineData("CREATE TABLE t (a AS {0}1{1})", "abs(", ")")]
    [InlineData("CREATE TABLE t (a AS {0}1{1})", "CASE WHEN 1=1 THEN ", " END")]
    [InlineData("{0}PRINT 1 {1}", "BEGIN ", "END ")]
    [InlineData("{0}PRINT 1", "IF 1=1 ", "")]
    [InlineData("IF 1=1 PRINT 1 {0}", "ELSE IF 1=1 PRINT 1 ", "")]
    [InlineData("CREATE TABLE t (a AS 1{0})", "+1", "")]
    [InlineData("CREATE TABLE t (a int CHECK (a = 1{0}))", " OR a = 1", "")]
    [InlineData("EXEC({0}'PRINT 1'{1})", "(", ")")]
    public void Ten_thousand_levels_are_one_error(string frame, string open, string close)
    {
        var sql = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, frame,
            new StringBuilder().Insert(0, open, 10_000), new StringBuilder().Insert(0, close, 10_000));
        var watch = Stopwatch.StartNew();
        var script = TSqlScript.Read($"CREATE TABLE before (a int)\nGO\n{sql}\nGO\nCREATE TABLE after (a int)");

        Assert.Equal("SD1007", Assert.Single(script.Diagnostics).Code);
        Assert.Equal(3, script.Diagnostics[0].Span.Line);
        Assert.Equal(["before", "after"], script.Tables.Where(t => t != "t"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Unclosed_parentheses_do_not_swallow_the_statements_that_follow()
    {
        var script = TSqlScript.Read("CREATE TABLE a (x int, y decimal(9)\nCREATE TABLE b (x int)\nALTER TABLE b ADD y int");

        Assert.Equal("SD1004", Assert.Single(script.Diagnostics).Code);
        Assert.Equal(["b"], script.Tables);
        Assert.Single(script.Statements.OfType<AlterTable>());
    }

    [Fact]
    public void A_broken_body_of_a_procedure_is_nobodys_error()
    {
        var script = TSqlScript.Read("CREATE PROCEDURE p AS SELEKT FRUM (\nGO\nCREATE OR ALTER TRIGGER tr ON t AFTER INSERT AS ???\nGO\nCREATE TABLE t (a int)");

        Assert.Empty(script.Errors);
        Assert.Equal(["t"], script.Tables);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n\t")]
    [InlineData("-- only a comment")]
    [InlineData("/* only */ -- comments")]
    [InlineData(";;;")]
    public void Nothing_gives_nothing(string sql) => Assert.Empty(TSqlScript.ReadClean(sql).Statements);

    [Fact]
    public void Two_thousand_columns_are_read()
    {
        var columns = string.Join(",\n", Enumerable.Range(1, 2000).Select(i => $"c{i} int"));

        Assert.Equal(2000, TSqlScript.Table($"CREATE TABLE t ({columns})").Columns.Length);
    }

    [Fact]
    public void A_name_of_200_characters_is_one_error_at_the_name()
    {
        var error = Assert.Single(TSqlScript.Read($"CREATE TABLE [{new string('n', 200)}] (a int)").Messages);

        Assert.StartsWith("schema.sql(1,14): error SD1004:", error, StringComparison.Ordinal);
        Assert.Contains("too long", error, StringComparison.Ordinal);
    }
}
