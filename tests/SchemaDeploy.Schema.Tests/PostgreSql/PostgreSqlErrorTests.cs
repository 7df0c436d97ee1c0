using System.Text;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlErrorTests
{
    [Fact]
    public void An_error_in_line_1_and_one_in_line_500_are_both_reported()
    {
        var sql = new StringBuilder("CREAT TABLE a (x int);\n");
        for (var line = 2; line < 500; line++)
        {
            sql.Append("-- line ").Append(line).Append('\n');
        }

        sql.Append("CREATE TABLE b (x int,, y int);\nCREATE TABLE c (x int);\n");
        var script = PostgreSqlScript.Read(sql.ToString());

        Assert.Equal(
            [
                "schema.sql(1,1): error SD1010: Unknown statement 'CREAT'. Did you mean 'CREATE'?",
                "schema.sql(500,23): error SD1004: Syntax error: expected a column, found ','.",
            ],
            script.Messages);
        Assert.Equal("c", script.Tables.Last());
    }

    [Fact]
    public void Several_errors_in_one_table_are_reported_and_the_other_columns_kept()
    {
        var script = PostgreSqlScript.Read(
            """
            CREATE TABLE t (
              a int NOT NUL,
              b varchar(ten),
              c int,
              CONSTRAINT fk FOREIGN KEY (a) REFERENCE u (id),
              d int GENERATED SOMETIMES AS IDENTITY,
              e numeric(10,2
            );
            """);

        Assert.Equal(["(2,9)", "(3,13)", "(5,33)", "(6,19)", "(8,2)"], script.Diagnostics.Select(d => d.Span.ToString()["schema.sql".Length..]));
    }

    [Theory]
    [InlineData("CREATE TABLE (a int);", "schema.sql(1,14): error SD1004: Syntax error: expected a table name, found '('.")]
    [InlineData("CREATE TABLE t;", "schema.sql(1,15): error SD1004: Syntax error: expected '(' and the columns, found the end of the statement (';').")]
    [InlineData("CREATE TABLE t (a int,);", "schema.sql(1,23): error SD1004: Syntax error: expected a column, found ')'.")]
    [InlineData("CREATE TABLE t (a);", "schema.sql(1,18): error SD1004: Syntax error: expected a type, found ')'.")]
    [InlineData("CREATE TABLE t (a NOT NULL);", "schema.sql(1,19): error SD1004: Syntax error: expected a type, found 'NOT'.")]
    [InlineData("CREATE TABLE t (order int);", "schema.sql(1,17): error SD1004: Syntax error: expected a column, found the keyword 'order' (a name like that needs double quotes).")]
    [InlineData("CREATE TABLE user (a int);", "schema.sql(1,14): error SD1004: Syntax error: expected a table name, found the keyword 'user' (a name like that needs double quotes).")]
    [InlineData("CREATE TABLE t (a int", "schema.sql(1,22): error SD1004: Syntax error: expected ',' or ')', found the end of the file.")]
    [InlineData("CREATE TABLE t (a int) ENGINE=InnoDB;", "schema.sql(1,24): error SD1004: Syntax error: expected the end of the statement, found 'ENGINE'.")]
    [InlineData("CREATE TABLE t (a int AUTO_INCREMENT);", "schema.sql(1,23): error SD1004: Syntax error: expected ',' or ')', found 'AUTO_INCREMENT'.")]
    [InlineData("CREATE TABEL t (a int);", "schema.sql(1,8): error SD1010: Unknown statement 'CREATE TABEL'. Did you mean CREATE TABLE?")]
    [InlineData("DROP TABEL t;", "schema.sql(1,6): error SD1010: Unknown statement 'DROP TABEL'. Did you mean DROP TABLE?")]
    [InlineData("ALTER TABEL t ADD a int;", "schema.sql(1,7): error SD1010: Unknown statement 'ALTER TABEL'. Did you mean ALTER TABLE?")]
    [InlineData("CREATE", "schema.sql(1,7): error SD1010: Unknown statement 'CREATE'.")]
    [InlineData("INSRT INTO t VALUES (1);", "schema.sql(1,1): error SD1010: Unknown statement 'INSRT'. Did you mean 'INSERT'?")]
    [InlineData("GO", "schema.sql(1,1): error SD1010: Unknown statement 'GO'. It is T-SQL's: set SchemaDialect to TSql if the file is.")]
    [InlineData("[a] int;", "schema.sql(1,1): error SD1004: Syntax error: expected a statement, found '['.")]
    [InlineData("CREATE TABLE t (a text DEFAULT pending);", "schema.sql(1,32): error SD1004: Syntax error: the default 'pending' is no value (text needs single quotes).")]
    [InlineData("CREATE TABLE t (a text DEFAULT \"pending\");", "schema.sql(1,32): error SD1004: Syntax error: the default 'pending' is no value (text needs single quotes).")]
    [InlineData("CREATE TABLE t (a int DEFAULT);", "schema.sql(1,30): error SD1004: Syntax error: expected an expression, found ')'.")]
    [InlineData("CREATE TABLE t (a int CONSTRAINT c);", "schema.sql(1,35): error SD1004: Syntax error: expected CHECK, UNIQUE, PRIMARY KEY, NOT NULL, DEFAULT or REFERENCES, found ')'.")]
    [InlineData("CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES u (x) ON DELETE DROP);", "schema.sql(1,67): error SD1004: Syntax error: expected CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION, found 'DROP'.")]
    [InlineData("CREATE TABLE t (LIKE u INCLUDING EVERYTHING);", "schema.sql(1,34): error SD1004: Syntax error: 'EVERYTHING' is nothing that LIKE includes.")]
    [InlineData("CREATE INDEX ON t ();", "schema.sql(1,20): error SD1004: Syntax error: expected an expression, found ')'.")]
    [InlineData("CREATE INDEX i ON t (a NULLS);", "schema.sql(1,29): error SD1004: Syntax error: expected FIRST or LAST, found ')'.")]
    [InlineData("CREATE TABLE t OF nothing;", "schema.sql(1,19): error SD1006: Unknown type 'nothing'. A table can be made of a composite type.")]
    [InlineData("SET search_path;", "schema.sql(1,16): error SD1004: Syntax error: expected TO or '=', found the end of the statement (';').")]
    public void An_error_says_what_was_expected_and_where(string sql, string message) =>
        Assert.Equal([message], PostgreSqlScript.Read(sql).Messages);

    [Fact]
    public void A_missing_semicolon_hides_no_table()
    {
        var script = PostgreSqlScript.Read("CREATE TABLE a (x int)\nCREATE TABLE b (x int)\nCOMMENT ON TABLE a IS 'x';");

        Assert.Equal(
            ["schema.sql(2,1): error SD1004: Syntax error: expected ';' before 'CREATE'.", "schema.sql(3,1): error SD1004: Syntax error: expected ';' before 'COMMENT'."],
            script.Messages);
        Assert.Equal(["a", "b"], script.Tables);
    }

    [Fact]
    public void A_missing_parenthesis_hides_no_later_table()
    {
        var script = PostgreSqlScript.Read("CREATE TABLE a (\n  x int,\n  y int\n;\nCREATE TABLE b (\n  x int,\n  y int\nCREATE TABLE c (x int);");

        Assert.Equal(["schema.sql(4,1)", "schema.sql(8,1)"], script.Diagnostics.Select(d => d.Span.ToString()));
        Assert.Equal("c", script.Tables.Last());
    }

    [Theory]
    [InlineData("CREATE TABLE t (", "a b c,", ");")]
    [InlineData("ALTER TABLE t ", "nonsense,", "SET LOGGED;")]
    public void A_statement_with_endless_errors_ends_too(string head, string item, string end) =>
        Assert.InRange(PostgreSqlScript.Read(head + string.Concat(Enumerable.Repeat(item, 200_000)) + end).Diagnostics.Length, 101, 103);

    [Fact]
    public void A_file_that_is_no_sql_gives_up_after_a_hundred_errors()
    {
        var script = PostgreSqlScript.Read(string.Concat(Enumerable.Repeat("what is this;\n", 5_000)));

        Assert.Equal(102, script.Diagnostics.Length);
        Assert.Contains("SD1013", script.Messages.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_errors_in_DO_blocks_end_too() =>
        Assert.InRange(
            PostgreSqlScript.Read(string.Concat(Enumerable.Repeat("DO $$ BEGIN CREATE TABLE t (a); CREATE TABLE u (b); END $$;\n", 5_000))).Diagnostics.Length, 101, 105);
}
