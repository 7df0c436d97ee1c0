using System.Text;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlErrorTests
{
    [Fact]
    public void An_error_in_line_1_and_one_in_line_500_are_both_reported()
    {
        var sql = new StringBuilder("CREAT TABLE a (x INT);\n");
        for (var line = 2; line < 500; line++)
        {
            sql.Append("-- line ").Append(line).Append('\n');
        }

        sql.Append("CREATE TABLE b (x INT,, y INT);\nCREATE TABLE c (x INT);\n");
        var script = MySqlScript.Read(sql.ToString());

        Assert.Equal(
            [
                "schema.sql(1,1): error SD1010: Unknown statement 'CREAT'. Did you mean 'CREATE'?",
                "schema.sql(500,23): error SD1004: Syntax error: expected a column, found ','.",
            ],
            script.Messages);
        Assert.Equal("c", script.Statements.OfType<CreateTable>().Last().Name.Name);
    }

    [Fact]
    public void Several_errors_in_one_table_are_reported_and_the_other_columns_kept()
    {
        var script = MySqlScript.Read(
            """
            CREATE TABLE t (
              a INT NOT NUL,
              b VARCHAR(ten),
              c INT,
              CONSTRAINT fk FOREIGN KEY (a) REFERENCE u (id),
              d ENUM(1, 2),
              e DECIMAL(10,2
            );
            """);

        Assert.Equal(["(2,9)", "(3,13)", "(5,33)", "(6,10)", "(8,2)"], script.Diagnostics.Select(d => d.Span.ToString()["schema.sql".Length..]));
    }

    [Theory]
    [InlineData("CREATE TABLE (a INT);", "schema.sql(1,14): error SD1004: Syntax error: expected a table name, found '('.")]
    [InlineData("CREATE TABLE t;", "schema.sql(1,15): error SD1004: Syntax error: expected '(' and the columns, found the end of the statement (';').")]
    [InlineData("CREATE TABLE t ();", "schema.sql(1,17): error SD1004: Syntax error: expected a column, found ')'.")]
    [InlineData("CREATE TABLE t (a INT,);", "schema.sql(1,23): error SD1004: Syntax error: expected a column, found ')'.")]
    [InlineData("CREATE TABLE t (a);", "schema.sql(1,18): error SD1004: Syntax error: expected a type, found ')'.")]
    [InlineData("CREATE TABLE t (a NOT NULL);", "schema.sql(1,19): error SD1004: Syntax error: expected a type, found 'NOT'.")]
    [InlineData("CREATE TABLE t (order INT);", "schema.sql(1,17): error SD1004: Syntax error: expected a column, found the keyword 'order' (a name like that needs backticks).")]
    [InlineData("CREATE TABLE t (a INT", "schema.sql(1,22): error SD1004: Syntax error: expected ',' or ')', found the end of the file.")]
    [InlineData("CREATE TABLE t (a INT) ENGIN=InnoDB;", "schema.sql(1,24): error SD1004: Syntax error: unknown table option 'ENGIN' (did you mean ENGINE?).")]
    [InlineData("CREATE TABEL t (a INT);", "schema.sql(1,8): error SD1010: Unknown statement 'CREATE TABEL'. Did you mean CREATE TABLE?")]
    [InlineData("DROP TABEL t;", "schema.sql(1,6): error SD1010: Unknown statement 'DROP TABEL'. Did you mean DROP TABLE?")]
    [InlineData("ALTER TABEL t ADD a INT;", "schema.sql(1,7): error SD1010: Unknown statement 'ALTER TABEL'. Did you mean ALTER TABLE?")]
    [InlineData("INSRT INTO t VALUES (1);", "schema.sql(1,1): error SD1010: Unknown statement 'INSRT'. Did you mean 'INSERT'?")]
    [InlineData("GO", "schema.sql(1,1): error SD1010: Unknown statement 'GO'. It is T-SQL's: set SchemaDialect to TSql if the file is.")]
    [InlineData("[a] INT;", "schema.sql(1,1): error SD1004: Syntax error: expected a statement, found '['.")]
    [InlineData("CREATE TABLE t (a TIMESTAMP ON UPDATE 5);", "schema.sql(1,39): error SD1004: Syntax error: ON UPDATE of a column can only be CURRENT_TIMESTAMP.")]
    [InlineData("CREATE TABLE t (a DECIMAL(99999999999));", "schema.sql(1,27): error SD1004: Syntax error: '99999999999' is no whole number up to 2147483647.")]
    [InlineData("CREATE TABLE t (a VARCHAR(9) DEFAULT pending);", "schema.sql(1,38): error SD1004: Syntax error: the default 'pending' is no value (text needs quotes).")]
    [InlineData("CREATE TABLE t (a INT CHECK (a IN ()));", "schema.sql(1,36): error SD1004: Syntax error: expected a value, found ')'.")]
    [InlineData("CREATE TABLE t (a INT DEFAULT);", "schema.sql(1,30): error SD1004: Syntax error: expected an expression, found ')'.")]
    [InlineData("CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES u (x) ON DELETE DROP);", "schema.sql(1,67): error SD1004: Syntax error: expected CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION, found 'DROP'.")]
    public void An_error_says_what_was_expected_and_where(string sql, string message) =>
        Assert.Equal([message], MySqlScript.Read(sql).Messages);

    [Fact]
    public void A_missing_semicolon_hides_no_table()
    {
        var script = MySqlScript.Read("CREATE TABLE a (x INT)\nCREATE TABLE b (x INT);");

        Assert.Equal(["schema.sql(2,1): error SD1004: Syntax error: expected ';' before 'CREATE'."], script.Messages);
        Assert.Equal(["a", "b"], script.Statements.Cast<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void A_missing_parenthesis_hides_no_later_table()
    {
        var script = MySqlScript.Read("CREATE TABLE a (\n  x INT,\n  y INT\n;\nCREATE TABLE b (\n  x INT,\n  y INT\nCREATE TABLE c (x INT);");

        Assert.Equal(["schema.sql(4,1)", "schema.sql(8,1)"], script.Diagnostics.Select(d => d.Span.ToString()));
        Assert.Equal("c", script.Statements.Cast<CreateTable>().Last().Name.Name);
    }

    [Fact]
    public void A_name_beyond_the_limit_is_an_error()
    {
        var script = MySqlScript.Read($"CREATE TABLE {new string('n', 200)} (a INT);");

        Assert.Equal(
            ["schema.sql(1,14): error SD1103: The name 'nnnnnnnnnnnnnnnnnnnn…' has 200 characters; MySQL allows 64."],
            script.Messages);
    }

    [Theory]
    [InlineData("CREATE TABLE t (", "a b c,", ");")]
    [InlineData("CREATE TABLE t (", "a b,", "c INT);")]
    [InlineData("ALTER TABLE t ", "nonsense,", "FORCE;")]
    public void A_statement_with_endless_errors_ends_too(string head, string item, string end)
    {
        var script = MySqlScript.Read(head + string.Concat(Enumerable.Repeat(item, 200_000)) + end);

        Assert.InRange(script.Diagnostics.Length, 101, 103);
    }

    [Fact]
    public void A_file_that_is_no_sql_gives_up_after_a_hundred_errors()
    {
        var script = MySqlScript.Read(string.Concat(Enumerable.Repeat("what is this;\n", 5_000)));

        Assert.Equal(102, script.Diagnostics.Length);
        Assert.Contains("SD1013", script.Messages.Last(), StringComparison.Ordinal);
    }
}
