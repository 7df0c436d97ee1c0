using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Dialects;

public sealed class SchemaScriptReaderTests
{
    [Fact]
    public void Files_form_one_schema_in_the_order_of_their_paths()
    {
        var (script, diagnostics) = Read(
            SchemaDialect.TSql,
            ("schema/b.sql", "CREATE TABLE b (x int)"), ("schema/B.sql", "CREATE TABLE b1 (x int)"), ("schema/a/z.sql", "CREATE TABLE a (x int)"));

        Assert.Empty(diagnostics);
        Assert.Equal(["b1", "a", "b"], script!.Statements.Cast<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void The_dialect_comes_from_all_files_and_is_said()
    {
        var (script, diagnostics) = Read(null, ("a.sql", "CREATE TABLE a (x int)"), ("b.sql", "CREATE TABLE [b] (x int)"));

        Assert.Equal(SchemaDialect.TSql, script!.Dialect);
        Assert.Equal("a.sql(1,1): info SD1011: Read as T-SQL: it uses [bracketed] names (b.sql, line 1).", Assert.Single(diagnostics));
    }

    [Theory]
    [InlineData("CREATE TABLE a (x serial, y bytea)", SchemaDialect.PostgreSql)]
    [InlineData("CREATE TABLE a (x int AUTO_INCREMENT PRIMARY KEY)", SchemaDialect.MySql)]
    [InlineData("CREATE TABLE a (x int IDENTITY)", SchemaDialect.TSql)]
    public void Every_dialect_that_is_told_apart_is_read(string sql, SchemaDialect expected)
    {
        var (script, diagnostics) = Read(null, ("a.sql", sql));

        Assert.Equal(expected, script!.Dialect);
        Assert.StartsWith("a.sql(1,1): info SD1011", Assert.Single(diagnostics), StringComparison.Ordinal);
        Assert.Single(script.Statements);
    }

    [Fact]
    public void A_dialect_that_is_given_is_not_looked_for()
    {
        var (script, diagnostics) = Read(SchemaDialect.MySql, ("a.sql", "CREATE TABLE a (x int); -- GO [x]"));

        Assert.Equal(SchemaDialect.MySql, script!.Dialect);
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("-- only a comment")]
    [InlineData("/* only a comment */")]
    [InlineData("CREATE VIEW v AS SELECT 1")]
    public void A_schema_without_a_table_is_an_error(string sql) =>
        Assert.Contains("a.sql(1,1): error SD1001: The schema creates no table. Write at least one CREATE TABLE.", Read(SchemaDialect.TSql, ("a.sql", sql)).Diagnostics);

    [Fact]
    public void No_file_is_an_error() =>
        Assert.Equal("SchemaDeploy: error SD1001: The schema creates no table. Write at least one CREATE TABLE.", Assert.Single(Read(null).Diagnostics));

    [Fact]
    public void A_table_that_cannot_be_read_is_not_called_missing() =>
        Assert.StartsWith("a.sql(1,16): error SD1004", Assert.Single(Read(SchemaDialect.TSql, ("a.sql", "CREATE TABLE t (,)")).Diagnostics), StringComparison.Ordinal);

    [Fact]
    public void Files_are_read_from_disk_and_each_that_cannot_be_is_reported()
    {
        var folder = Directory.CreateTempSubdirectory("schema").FullName;
        try
        {
            var good = Path.Combine(folder, "good.sql");
            var binary = Path.Combine(folder, "binary.sql");
            File.WriteAllText(good, "CREATE TABLE t (a int)");
            File.WriteAllBytes(binary, [1, 0, 2]);
            var diagnostics = new DiagnosticBag();

            Assert.Null(SchemaScriptReader.Read([good, binary, Path.Combine(folder, "missing.sql")], SchemaDialect.TSql, diagnostics));
            Assert.Equal(["SD1002", "SD1012"], diagnostics.ToImmutable().Select(d => d.Code));
            Assert.Single(SchemaScriptReader.Read([good, good], SchemaDialect.TSql, new DiagnosticBag())!.Statements);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Later_files_know_the_tables_of_earlier_ones()
    {
        var (script, _) = Read(
            SchemaDialect.TSql, ("1.sql", "CREATE TABLE t (a varchar(9), b varchar(9))"), ("2.sql", "ALTER TABLE t ADD c AS a + b"));

        var added = Assert.IsType<AddColumn>(Assert.Single(script!.Statements.OfType<AlterTable>().Single().Actions));
        Assert.Equal("a || b", added.Column.Generated!.Expression.ToString());
    }

    private static (SchemaScript? Script, string[] Diagnostics) Read(SchemaDialect? dialect, params (string Path, string Sql)[] files)
    {
        var diagnostics = new DiagnosticBag();
        var script = SchemaScriptReader.Read([.. files.Select(f => new SourceText(f.Path, f.Sql))], dialect, diagnostics);
        return (script, [.. diagnostics.ToImmutable().Select(d => d.ToString())]);
    }
}
