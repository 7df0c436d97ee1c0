using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlLexingTests
{
    [Theory]
    [InlineData("'a''b'", "a'b")]
    [InlineData("'a\\nb'", "a\\nb")]
    [InlineData("E'a\\tb\\\\c\\x41\\101\\u00e9'", "a\tb\\cAA\u00e9")]
    [InlineData("e'it\\'s'", "it's")]
    [InlineData("N'x'", "x")]
    [InlineData("$$a'b$$", "a'b")]
    [InlineData("$q$a $$ b$q$", "a $$ b")]
    [InlineData("U&'\\0061!0062' UESCAPE '!'", "\\0061b")]
    [InlineData("'first'\n  'second'", "firstsecond")]
    public void A_string_is_what_its_quotes_say(string literal, string text) =>
        Assert.Equal(text, PostgreSqlScript.ReadClean($"COMMENT ON TABLE t IS {literal};").Single<SetComment>().Text);

    [Fact]
    public void Old_strings_take_backslashes_where_the_script_says_so()
    {
        var script = PostgreSqlScript.ReadClean(
            """
            SET standard_conforming_strings = off;
            COMMENT ON TABLE a IS 'it\'s';

            SET standard_conforming_strings = on;
            COMMENT ON TABLE b IS 'a\';
            """);

        Assert.Equal(["it's", "a\\"], script.Statements.Cast<SetComment>().Select(c => c.Text));
    }

    [Theory]
    [InlineData("/* a /* b */ c */ CREATE TABLE t (a int);")]
    [InlineData("-- '\nCREATE TABLE t (a int); -- $$")]
    [InlineData("CREATE TABLE t (a int/**/, b int--c\n);")]
    [InlineData("\uFEFFCREATE TABLE t (a int);")]
    public void Comments_and_marks_are_no_tokens(string sql) =>
        Assert.Equal(["t"], PostgreSqlScript.ReadClean(sql.TrimStart('\uFEFF')).Tables);

    [Theory]
    [InlineData("COMMENT ON TABLE t IS 'x;\n", "schema.sql(1,23): error SD1005: This string is never closed: ' is missing.")]
    [InlineData("COMMENT ON TABLE t IS $x$;\n", "schema.sql(1,23): error SD1005: This dollar quote is never closed: $x$ is missing.")]
    [InlineData("CREATE TABLE \"t (a int);\n", "schema.sql(1,14): error SD1005: This quoted name is never closed: \" is missing.")]
    [InlineData("/* CREATE TABLE t (a int);\n", "schema.sql(1,1): error SD1005: This comment is never closed: */ is missing.")]
    [InlineData("COMMENT ON TABLE t IS B'102';", "schema.sql(1,23): error SD1004: Syntax error: '102' is no bit literal.")]
    public void What_is_never_closed_is_reported_where_it_begins(string sql, string message) =>
        Assert.Equal(message, PostgreSqlScript.Read(sql).Messages.First());

    [Theory]
    [InlineData("CREATE TABLE t (a int CHECK (a>-1));", "a > -1")]
    [InlineData("CREATE TABLE t (a int CHECK (a<-1--x\n));", "a < -1")]
    [InlineData("CREATE TABLE t (a int CHECK (a*-1=/*x*/-1));", "(a * -1) = -1")]
    [InlineData("CREATE TABLE t (a int CHECK (a@-1));", "\"@-\"(a, 1)")]
    public void An_operator_ends_where_PostgreSQL_ends_it(string sql, string check) =>
        Assert.Equal(check, Assert.IsType<CheckDefinition>(PostgreSqlScript.Table(sql).Columns[0].Constraints[0]).Expression.ToString());
}
