using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlGuardTests
{
    [Theory]
    [InlineData("IF NOT EXISTS (SELECT * FROM sys.tables WHERE name = 't')")]
    [InlineData("IF NOT  EXISTS (SELECT * FROM SYS.OBJECTS WHERE OBJECT_ID = OBJECT_ID(N'[DBO].[T]') AND TYPE IN (N'U'))")]
    [InlineData("IF OBJECT_ID('dbo.t') IS NULL")]
    [InlineData("IF (OBJECT_ID('dbo.t', 'U') IS NULL)")]
    [InlineData("IF NOT (OBJECT_ID('dbo.t') IS NOT NULL)")]
    [InlineData("IF (SELECT COUNT(*) FROM sys.tables WHERE name = 't') = 0")]
    [InlineData("IF @@VERSION LIKE '%x%' AND NOT EXISTS (SELECT 1)")]
    [InlineData("IF EXISTS (SELECT 1 FROM sys.tables) PRINT 'there' ELSE")]
    [InlineData("IF EXISTS (SELECT 1 FROM sys.tables) BEGIN PRINT 'there' END ELSE")]
    public void A_table_that_is_made_only_where_absent_says_so(string guard)
    {
        var script = TSqlScript.ReadClean($"{guard}\nBEGIN\n  CREATE TABLE t (a int);\n  CREATE INDEX i ON t (a)\nEND\nCREATE TABLE u (a int)");

        Assert.Equal([true, false], script.Statements.OfType<CreateTable>().Select(t => t.IfNotExists));
        Assert.True(script.Statements.OfType<CreateIndex>().Single().IfNotExists);
    }

    [Theory]
    [InlineData("IF EXISTS (SELECT 1 FROM sys.tables WHERE name = 't') DROP TABLE t")]
    [InlineData("IF OBJECT_ID('t') IS NOT NULL DROP TABLE t;")]
    [InlineData("if (select count(*) from sysobjects where name = 't') > 0 begin drop table t end")]
    public void A_table_that_is_dropped_only_where_present_says_so(string sql) =>
        Assert.True(TSqlScript.ReadClean(sql).Single<DropTable>().IfExists);

    [Fact]
    public void An_unguarded_drop_says_nothing() => Assert.False(TSqlScript.ReadClean("DROP TABLE t").Single<DropTable>().IfExists);

    [Fact]
    public void What_is_added_only_where_absent_says_so()
    {
        var script = TSqlScript.ReadClean("IF COL_LENGTH('t', 'a') IS NULL ALTER TABLE t ADD a int, CONSTRAINT k CHECK (a > 0)");
        var actions = script.Single<AlterTable>().Actions;

        Assert.True(Assert.IsType<AddColumn>(actions[0]).IfNotExists);
        Assert.True(Assert.IsType<AddConstraint>(actions[1]).IfNotExists);
    }

    [Fact]
    public void What_is_changed_only_where_present_says_so()
    {
        var script = TSqlScript.ReadClean(
            "IF EXISTS (SELECT 1 FROM sys.foreign_keys) ALTER TABLE t DROP CONSTRAINT k\nIF EXISTS (SELECT 1) EXEC sp_rename 't', 'u'");

        var alter = script.Statements.OfType<AlterTable>().Single();
        Assert.True(alter.IfExists);
        Assert.True(Assert.IsType<DropConstraint>(Assert.Single(alter.Actions)).IfExists);
        Assert.True(script.Statements.OfType<RenameTable>().Single().IfExists);
    }

    [Fact]
    public void The_else_of_a_missing_table_is_not_taken()
    {
        var script = TSqlScript.ReadClean("IF OBJECT_ID('t') IS NULL CREATE TABLE t (a int) ELSE ALTER TABLE t ADD b int");

        Assert.IsType<CreateTable>(Assert.Single(script.Statements));
    }

    [Fact]
    public void An_else_that_the_build_cannot_judge_is_warned_of()
    {
        var script = TSqlScript.Read("IF @@TRANCOUNT > 0 CREATE TABLE t (a int) ELSE CREATE TABLE u (a int)");

        Assert.Equal(["t"], script.Tables);
        Assert.Contains("SD1009: This ELSE, whose condition the build cannot know,", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_ways_that_the_build_cannot_judge_the_one_that_changes_tables_is_taken()
    {
        var script = TSqlScript.ReadClean(
            "IF @version = 5 AND @stop = 1 BEGIN PRINT 'stopped' END\nELSE IF @version = 5 BEGIN CREATE TABLE t (a int); CREATE INDEX i ON t (a) END\nELSE IF @version = 6 RETURN");

        Assert.Equal(["t"], script.Tables);
        Assert.Single(script.Statements.OfType<CreateIndex>());
    }

    [Fact]
    public void Try_is_taken_and_catch_is_not()
    {
        var script = TSqlScript.ReadClean("BEGIN TRY\n CREATE TABLE t (a int)\nEND TRY\nBEGIN CATCH\n CREATE TABLE u (a int)\n THROW;\nEND CATCH\nCREATE TABLE v (a int)");

        Assert.Equal(["t", "v"], script.Tables);
    }

    [Fact]
    public void Transactions_are_no_blocks()
    {
        var script = TSqlScript.ReadClean("BEGIN TRANSACTION\nCREATE TABLE t (a int)\nCOMMIT\nBEGIN TRAN CREATE TABLE u (a int) COMMIT TRAN");

        Assert.Equal(["t", "u"], script.Tables);
    }

    [Fact]
    public void A_comment_above_the_guard_is_the_tables()
    {
        var table = TSqlScript.Table("-- @audit off\nIF OBJECT_ID('t') IS NULL\n  -- the table\n  CREATE TABLE t (a int)");

        Assert.Equal(["@audit off", "the table"], table.Comments.Select(c => c.Text));
    }
}
