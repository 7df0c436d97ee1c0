using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlProcedureCallTests
{
    [Theory]
    [InlineData("EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Who buys' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Customers'", null)]
    [InlineData("EXEC sp_addextendedproperty 'MS_Description', 'Who buys', 'user', dbo, 'table', Customers, 'column', Name", "Name")]
    [InlineData("exec sp_updateextendedproperty 'MS_Description', 'Who buys', 'SCHEMA', 'dbo', 'TABLE', 'Customers', 'COLUMN', 'Name'", "Name")]
    [InlineData("DECLARE @v sql_variant\nSET @v = N'Who buys'\nEXECUTE sp_addextendedproperty N'MS_Description', @v, N'SCHEMA', N'dbo', N'TABLE', N'Customers', NULL, NULL", null)]
    [InlineData("EXEC sp_addextendedproperty N'Description', N'Who buys', N'SCHEMA', N'dbo', N'TABLE', N'Customers', N'', N''", null)]
    public void A_description_is_a_comment(string sql, string? column)
    {
        var comment = TSqlScript.ReadClean(sql).Single<SetComment>();

        Assert.Equal(("dbo.Customers", column, "Who buys"), (comment.Table.ToString(), comment.Column?.Text, comment.Text));
    }

    [Fact]
    public void A_dropped_description_is_removed() =>
        Assert.Null(TSqlScript.ReadClean(
            "EXEC sp_dropextendedproperty 'MS_Description', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'a'").Single<SetComment>().Text);

    [Theory]
    [InlineData("EXEC sp_addextendedproperty 'Caption', 'x', 'SCHEMA', 'dbo', 'TABLE', 't'")]
    [InlineData("EXEC sp_addextendedproperty 'MS_Description', 'x', 'SCHEMA', 'dbo', 'VIEW', 'v'")]
    [InlineData("EXEC sp_addextendedproperty 'MS_Description', 'x', 'SCHEMA', 'dbo', 'TABLE', 't', 'INDEX', 'i'")]
    [InlineData("EXEC sp_addextendedproperty 'MS_Description', 'x'")]
    [InlineData("EXEC sp_configure 'clr enabled', 1")]
    [InlineData("EXEC master.dbo.xp_cmdshell 'dir'")]
    public void Other_properties_and_system_procedures_pass_in_silence(string sql) => Assert.Empty(TSqlScript.ReadClean(sql).Statements);

    [Theory]
    [InlineData("EXEC sp_rename 'dbo.Old', 'New'", "dbo.Old", "dbo.New")]
    [InlineData("EXEC sp_rename '[Old Name]', 'New'", "Old Name", "New")]
    [InlineData("EXEC sp_rename @newname = 'New', @objname = 'Old', @objtype = 'OBJECT'", "Old", "New")]
    [InlineData("sp_rename 'Old', 'New'", "Old", "New")]
    [InlineData("EXEC sp_rename '[a.b].\"c.d\"', 'New'", "a.b.c.d", "a.b.New")]
    [InlineData("EXEC sp_rename '[a]]b]', 'New'", "a]b", "New")]
    public void A_table_is_renamed(string sql, string name, string newName)
    {
        var rename = TSqlScript.ReadClean(sql).Single<RenameTable>();

        Assert.Equal((name, newName), (rename.Name.ToString(), rename.NewName.ToString()));
    }

    [Theory]
    [InlineData("EXEC sp_rename 'dbo.t.a', 'b', 'COLUMN'", "dbo.t")]
    [InlineData("EXEC SP_RENAME 't.a', 'b', 'column'", "t")]
    [InlineData("EXEC sp_rename N'[dbo].[t].[a]', N'b', N'COLUMN'", "dbo.t")]
    [InlineData("EXEC sp_rename '\"dbo\".\"t\".\"a\"', 'b', 'COLUMN'", "dbo.t")]
    public void A_column_is_renamed(string sql, string table)
    {
        var alter = TSqlScript.ReadClean(sql).Single<AlterTable>();
        var rename = Assert.IsType<RenameColumn>(Assert.Single(alter.Actions));

        Assert.Equal((table, "a", "b"), (alter.Name.ToString(), rename.Name.Text, rename.NewName.Text));
    }

    [Fact]
    public void An_index_is_renamed()
    {
        var alter = TSqlScript.ReadClean("EXEC sp_rename 'dbo.t.ix', 'iy', 'INDEX'").Single<AlterTable>();

        Assert.Equal(("dbo.t", "iy"), (alter.Name.ToString(), Assert.IsType<RenameConstraint>(Assert.Single(alter.Actions)).NewName.Text));
    }

    [Fact]
    public void A_constraint_that_the_script_made_is_renamed_in_its_table()
    {
        var script = TSqlScript.ReadClean(
            "CREATE TABLE dbo.t (a int CONSTRAINT df DEFAULT 0)\nGO\nEXEC sp_rename 'dbo.t', 'u'\nEXEC sp_rename 'dbo.df', 'dg', 'OBJECT'");
        var alter = script.Statements.OfType<AlterTable>().Single();

        Assert.Equal(("dbo.u", "df"), (alter.Name.ToString(), Assert.IsType<RenameConstraint>(Assert.Single(alter.Actions)).Name.Text));
    }

    [Theory]
    [InlineData("EXEC sys.sp_executesql N'CREATE SCHEMA [auth]'")]
    [InlineData("EXECUTE('CREATE SCHEMA auth')")]
    [InlineData("IF NOT EXISTS (SELECT 1 FROM sys.schemas) EXEC('CREATE SCHEMA ' + 'auth')")]
    [InlineData("DECLARE @sql nvarchar(max) = N'CREATE '; SET @sql = @sql + N'SCHEMA auth'; EXEC sp_executesql @sql")]
    [InlineData("DECLARE @sql nvarchar(99); SET @sql = 'CREATE'; SET @sql += ' SCHEMA auth'; EXEC (@sql)")]
    [InlineData("EXEC ('EXEC (''CREATE SCHEMA auth'')')")]
    public void Sql_in_a_known_string_is_read(string sql) =>
        Assert.Equal("auth", TSqlScript.ReadClean(sql).Single<CreateSchema>().Name.Text);

    [Fact]
    public void What_stands_in_a_string_has_its_place_in_the_file()
    {
        var table = TSqlScript.ReadClean("EXEC(N'CREATE TABLE t (\n a varchar(9) DEFAULT ''x'', b int)')").Single<CreateTable>();

        Assert.Equal((2, 30), (table.Columns[1].Span.Line, table.Columns[1].Span.Column));
        Assert.Equal("'x'", table.Columns[0].Default!.Expression.ToString());
    }

    [Fact]
    public void An_error_in_a_string_has_its_place_in_the_file() =>
        Assert.StartsWith("schema.sql(1,28): error SD1004:", Assert.Single(TSqlScript.Read("EXEC('CREATE TABLE t (a ,b int)')").Messages), StringComparison.Ordinal);

    [Theory]
    [InlineData("EXEC('DROP TABLE ' + @name)", "1 dynamic SQL statement")]
    [InlineData("EXEC sp_executesql @sql", "1 dynamic SQL statement")]
    [InlineData("EXEC dbo.CreateEverything\nEXEC dbo.Migrate 1", "2 procedure calls")]
    public void Sql_that_only_the_server_knows_is_warned_of(string sql, string what) =>
        Assert.StartsWith($"schema.sql(1,1): warning SD1008: {what} passed over", Assert.Single(TSqlScript.Read(sql).Messages), StringComparison.Ordinal);

    [Fact]
    public void A_string_that_doubles_itself_is_given_up()
    {
        var doubling = string.Concat(Enumerable.Repeat("SET @s = @s + @s\n", 64));

        Assert.Contains("SD1008", Assert.Single(TSqlScript.Read($"DECLARE @s varchar(max) = 'PRINT 1 '\n{doubling}EXEC(@s)").Messages), StringComparison.Ordinal);
    }
}
