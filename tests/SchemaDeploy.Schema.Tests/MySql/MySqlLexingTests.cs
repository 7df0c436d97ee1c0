using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlLexingTests
{
    [Theory]
    [InlineData("/*!40101 b INT,*/", true)]
    [InlineData("/*!80036 b INT,*/", true)]
    [InlineData("/*!080036 b INT,*/", true)]
    [InlineData("/*! b INT,*/", true)]
    [InlineData("/*!80037 b INT,*/", false)]
    [InlineData("/*!99999 b INT, /* nested */ c INT,*/", false)]
    [InlineData("/*!100301 b INT,*/", false)]
    [InlineData("/*M!100301 b INT,*/", true)]
    [InlineData("/*M!999999 b INT,*/", false)]
    [InlineData("/* b INT, */", false)]
    [InlineData("/*+ b INT, */", false)]
    [InlineData("-- b INT,\n", false)]
    [InlineData("--\tb INT,\n", false)]
    [InlineData("\n--b INT,\n", false)]
    [InlineData("# b INT,\n", false)]
    [InlineData("#b INT,\r\n", false)]
    public void A_comment_counts_only_where_a_server_would_execute_it(string comment, bool counts)
    {
        var table = MySqlScript.Table($"CREATE TABLE t (a INT, {comment} z INT);");

        Assert.Equal(counts ? ["a", "b", "z"] : ["a", "z"], table.Columns.Select(c => c.Name.Text));
    }

    [Fact]
    public void A_conditional_comment_may_stand_anywhere_in_a_statement()
    {
        var table = MySqlScript.Table(
            "CREATE /*!99999 TEMPORARY */ TABLE t (a INT /*!50100 UNSIGNED*/ NOT NULL) /*!40101 COLLATE=x*/;");

        Assert.True(table.Columns[0].Type?.Unsigned);
        Assert.Equal("x", table.Collation);
    }

    [Fact]
    public void Two_dashes_without_a_blank_are_two_minuses() =>
        Assert.Equal("5 - -3", Assert.IsType<CheckDefinition>(
            Assert.Single(MySqlScript.Table("CREATE TABLE t (a INT, CHECK (5--3));").Constraints)).Expression.ToString());

    [Fact]
    public void The_delimiter_command_changes_what_ends_a_statement()
    {
        var script = MySqlScript.ReadClean(
            """
            DELIMITER $$
            CREATE TABLE a (x INT)$$
            CREATE TABLE b (x INT);
            $$
            delimiter ;
            CREATE TABLE c (x INT);
            DELIMITER //
            CREATE TABLE d (x INT) //
            DELIMITER ;;
            CREATE TABLE e (x INT)
            ;;
            """);

        Assert.Equal(["a", "b", "c", "d", "e"], script.Statements.Cast<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void The_last_statement_needs_no_delimiter() => MySqlScript.Table("CREATE TABLE t (a INT)");

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n\t")]
    [InlineData("-- nothing")]
    [InlineData("/* nothing */ # at all")]
    [InlineData(";;;")]
    public void A_file_without_statements_gives_none(string sql) => Assert.Empty(MySqlScript.ReadClean(sql).Statements);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Positions_count_every_kind_of_line_break(string lineBreak)
    {
        var script = MySqlScript.Read($"-- x{lineBreak}CREATE TABLE t ({lineBreak}  a FOO{lineBreak});");

        Assert.StartsWith("schema.sql(3,5): error SD1006", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE t (a INT DEFAULT 'x);\nCREATE TABLE u (b INT);", "(1,31)", "string", "'")]
    [InlineData("CREATE TABLE t (a INT);\n/* x\nCREATE TABLE u (b INT);", "(2,1)", "comment", "*/")]
    [InlineData("CREATE TABLE t (a INT);\n/*!40101 SET x = 1;", "(2,1)", "comment", "*/")]
    [InlineData("CREATE TABLE t (`a INT);", "(1,17)", "quoted name", "`")]
    [InlineData("INSERT INTO t VALUES ('x);", "(1,23)", "string", "'")]
    public void What_is_never_closed_is_reported_where_it_begins(string sql, string place, string what, string missing) =>
        Assert.Contains(
            $"schema.sql{place}: error SD1005: This {what} is never closed: {missing} is missing.",
            MySqlScript.Read(sql).Messages);

    [Fact]
    public void A_delimiter_command_without_a_delimiter_is_an_error() =>
        Assert.StartsWith(
            "schema.sql(2,1): error SD1004: Syntax error: DELIMITER needs",
            Assert.Single(MySqlScript.Read("CREATE TABLE t (a INT);\nDELIMITER\n").Messages), StringComparison.Ordinal);

    [Fact]
    public void A_literal_with_wrong_digits_is_an_error() =>
        Assert.Contains("is no hexadecimal literal", Assert.Single(
            MySqlScript.Read("CREATE TABLE t (a INT DEFAULT x'4G');").Messages), StringComparison.Ordinal);

    [Fact]
    public void Control_characters_are_named_by_their_code() =>
        Assert.Contains("found the character U+0001", Assert.Single(
            MySqlScript.Read("CREATE TABLE t (a INT \u0001);").Messages), StringComparison.Ordinal);
}
