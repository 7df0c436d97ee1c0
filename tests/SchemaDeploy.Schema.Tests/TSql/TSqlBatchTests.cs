using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlBatchTests
{
    [Theory]
    [InlineData("GO")]
    [InlineData("go")]
    [InlineData("  Go  ")]
    [InlineData("GO 5")]
    [InlineData("GO;")]
    [InlineData("GO -- done")]
    [InlineData("GO /* done */")]
    [InlineData("go 2 -- twice")]
    public void Go_ends_a_batch(string go) =>
        Assert.Equal(["a", "b"], TSqlScript.ReadClean($"CREATE TABLE a (x int)\r\n{go}\r\nCREATE TABLE b (x int)").Tables);

    [Fact]
    public void Go_in_a_string_comment_or_name_ends_nothing()
    {
        var script = TSqlScript.ReadClean("CREATE TABLE a (x varchar(9) DEFAULT 'a\nGO\nb' /* c\nGO\n/* d\nGO */ */, \n[go\"] int)");

        Assert.Equal("'a\nGO\nb'", Assert.Single(script.Statements.OfType<CreateTable>()).Columns[0].Default!.Expression.ToString());
    }

    [Fact]
    public void Batches_may_be_empty() => Assert.Equal(["a"], TSqlScript.ReadClean("GO\nGO\n\nGO\nCREATE TABLE a (x int)\nGO\nGO").Tables);

    [Fact]
    public void A_file_needs_neither_go_nor_semicolons() =>
        Assert.Equal(["a", "b"], TSqlScript.ReadClean("CREATE TABLE a (x int) CREATE INDEX i ON a (x) CREATE TABLE b (x int)").Tables);

    [Fact]
    public void A_variable_is_replaced_and_what_follows_keeps_its_place()
    {
        var script = TSqlScript.ReadClean(":setvar Schema \"Sales\"\r\n:setvar Size 50\r\n:on error exit\r\nCREATE TABLE [$(Schema)].t (a nvarchar($(Size)), b int)");
        var table = script.Single<CreateTable>();

        Assert.Equal("Sales.t", table.Name.ToString());
        Assert.Equal(50, table.Columns[0].Type!.Length);
        Assert.Equal((4, 50), (table.Columns[1].Span.Line, table.Columns[1].Span.Column));
    }

    [Fact]
    public void A_variable_may_be_set_again()
    {
        var script = TSqlScript.ReadClean(":setvar x a\nCREATE TABLE $(x) (i int)\nGO\n:setvar x b\nCREATE TABLE $(X) (i int)");

        Assert.Equal(["a", "b"], script.Tables);
    }

    [Fact]
    public void A_variable_in_a_string_is_replaced_where_it_is_known() =>
        Assert.Equal(
            "'v $(y)'",
            TSqlScript.ReadClean(":setvar x v\nCREATE TABLE t (c varchar(9) DEFAULT '$(x) $(y)')").Single<CreateTable>().Columns[0].Default!.Expression.ToString());

    [Fact]
    public void A_variable_that_is_not_set_is_warned_of_once()
    {
        var script = TSqlScript.Read("USE [$(DatabaseName)]\nGO\nCREATE TABLE $(DatabaseName).dbo.t (a int)");

        Assert.Equal(
            "schema.sql(1,6): warning SD1202: The sqlcmd variable 'DatabaseName' is not set by the file; its name is used in its place.",
            Assert.Single(script.Messages));
        Assert.Equal(["dbo.t"], script.Tables);
    }

    [Fact]
    public void An_included_file_is_asked_for()
    {
        var script = TSqlScript.Read(":r ./tables.sql\nCREATE TABLE t (a int)");

        Assert.Equal(
            "schema.sql(1,1): warning SD1203: The file that \":r ./tables.sql\" names is not read from here. Add it as a SchemaFile item.",
            Assert.Single(script.Messages));
        Assert.Equal(["t"], script.Tables);
    }

    [Fact]
    public void An_unknown_directive_is_an_error() =>
        Assert.Equal("schema.sql(1,1): error SD1010: Unknown statement ':frobnicate'.", Assert.Single(TSqlScript.Read(":frobnicate\n").Messages));

    [Theory]
    [InlineData("CREATE TABLE @cdm.t (a int, FOREIGN KEY (a) REFERENCES @cdm.o (a))", "@cdm")]
    [InlineData("CREATE TABLE {owner}t (a int, FOREIGN KEY (a) REFERENCES {owner}o (a))", "owner")]
    [InlineData("CREATE TABLE ${schema}.t (a int, FOREIGN KEY (a) REFERENCES ${schema}.o (a))", "schema")]
    [InlineData("CREATE TABLE {{schema}}.t (a int, FOREIGN KEY (a) REFERENCES {{schema}}.o (a))", "schema")]
    public void Template_variables_leave_the_default_schema(string sql, string variable)
    {
        var script = TSqlScript.Read(sql);
        var table = script.Single<CreateTable>();

        Assert.Equal("t", table.Name.ToString());
        Assert.Equal("o", Assert.IsType<ForeignKeyDefinition>(Assert.Single(table.Constraints)).ReferencedTable.ToString());
        Assert.Contains($"warning SD1014: The template variable '{variable}' is left out", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Odbc_braces_are_no_template()
    {
        var column = TSqlScript.Column("c datetime DEFAULT {ts '2020-01-01 00:00:00'}");

        Assert.Equal("'2020-01-01 00:00:00'", column.Default!.Expression.ToString());
    }
}
