using System.Diagnostics;
using System.Text;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlSkippedTests
{
    [Theory]
    [InlineData("INSERT INTO t VALUES (1)", "1 data statement")]
    [InlineData("INSERT t (a) SELECT 1 UNION ALL SELECT 2\nUPDATE t SET a = 1\nDELETE FROM t WHERE a = 1", "3 data statements")]
    [InlineData("WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x", "1 data statement")]
    [InlineData("IF 1 = 1 WITH x AS (SELECT 1 AS a) UPDATE x SET a = 2", "1 data statement")]
    [InlineData("CREATE SECURITY POLICY p ADD BLOCK PREDICATE dbo.f(a) ON dbo.t AFTER INSERT WITH (STATE = ON)", "1 security policy")]
    [InlineData("MERGE t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1);", "1 data statement")]
    [InlineData("BULK INSERT t FROM 'x.csv' WITH (FIELDTERMINATOR = ',')", "1 data statement")]
    [InlineData("IF NOT EXISTS (SELECT 1 FROM t) INSERT INTO t VALUES (1) ELSE UPDATE t SET a = 2", "2 data statements")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS a\nGO\nCREATE OR ALTER VIEW dbo.w AS SELECT 1 AS a", "2 views")]
    [InlineData("CREATE PROC p @a int AS BEGIN CREATE TABLE inner1 (a int) END", "1 procedure")]
    [InlineData("CREATE FUNCTION f() RETURNS int AS BEGIN RETURN 1 END", "1 function")]
    [InlineData("CREATE TRIGGER tr ON t FOR INSERT, UPDATE AS INSERT INTO log VALUES (1)", "1 trigger")]
    [InlineData("CREATE TYPE Ids AS TABLE (id int)", "1 table type")]
    [InlineData("CREATE SYNONYM s FOR dbo.t", "1 synonym")]
    [InlineData("GRANT SELECT, INSERT, UPDATE ON t TO r WITH GRANT OPTION\nDENY DELETE ON t TO r\nREVOKE SELECT ON t FROM r", "3 permissions")]
    [InlineData("WHILE 1 = 1 BEGIN INSERT INTO t VALUES (1) BREAK END", "1 data statement", "1 loop")]
    public void A_kind_is_warned_of_once_at_its_first(string sql, params string[] kinds)
    {
        var script = TSqlScript.Read(sql);

        Assert.All(script.Statements, statement => Assert.IsType<PassedOver>(statement));
        Assert.Equal(kinds.Order(), script.Diagnostics.Select(d => d.Message.Split(" passed over")[0]).Order());
        Assert.All(script.Diagnostics, d => Assert.Equal(("SD1008", 1), (d.Code, d.Span.Line)));
    }

    [Theory]
    [InlineData("USE master")]
    [InlineData("SET ANSI_NULLS ON\nSET QUOTED_IDENTIFIER ON\nSET NOCOUNT, XACT_ABORT ON")]
    [InlineData("SET IDENTITY_INSERT t ON")]
    [InlineData("PRINT N'hello'")]
    [InlineData("DECLARE @a int, @b varchar(9) = 'x'\nSET @a = 1\nSELECT @a = 2")]
    [InlineData("CREATE DATABASE d ON PRIMARY (NAME = d, FILENAME = 'd.mdf') LOG ON (NAME = l, FILENAME = 'l.ldf')")]
    [InlineData("ALTER DATABASE d SET RECOVERY SIMPLE WITH NO_WAIT")]
    [InlineData("IF DB_ID('d') IS NOT NULL DROP DATABASE d")]
    [InlineData("CREATE LOGIN l WITH PASSWORD = 'x'\nCREATE USER u FOR LOGIN l\nCREATE ROLE r\nALTER ROLE r ADD MEMBER u")]
    [InlineData("CREATE PARTITION FUNCTION f (int) AS RANGE LEFT FOR VALUES (1)\nCREATE PARTITION SCHEME s AS PARTITION f ALL TO ([PRIMARY])")]
    [InlineData("CREATE FULLTEXT CATALOG c AS DEFAULT")]
    [InlineData("CREATE XML SCHEMA COLLECTION x AS N'<schema/>'")]
    [InlineData("CREATE STATISTICS s ON t (a)\nUPDATE STATISTICS t\nALTER INDEX ALL ON t REBUILD")]
    [InlineData("BEGIN TRAN\nCOMMIT\nROLLBACK TRANSACTION\nCHECKPOINT")]
    [InlineData("DROP VIEW IF EXISTS v\nDROP PROCEDURE p\nDROP SCHEMA IF EXISTS s\nDROP FUNCTION f")]
    [InlineData("RAISERROR 50001 'as in SQL Server 2000'")]
    [InlineData("SELECT a.x FROM a, b WHERE a.x *= b.x")]
    [InlineData("RAISERROR('x', 10, 1) WITH NOWAIT\nWAITFOR DELAY '00:00:01'\nRETURN")]
    public void Technical_statements_pass_in_silence(string sql) => Assert.Empty(TSqlScript.ReadClean(sql).Statements);

    [Fact]
    public void Tables_between_data_are_found_without_go_or_semicolons()
    {
        var script = TSqlScript.Read(
            """
            CREATE TABLE a (x int)
            INSERT INTO a VALUES (1), (2)
            INSERT INTO a SELECT CASE WHEN 1 = 1 THEN 2 ELSE 3 END
            CREATE TABLE b (x int REFERENCES a (x) ON UPDATE CASCADE ON DELETE SET NULL)
            UPDATE a SET x = 1 WHERE x = 'CREATE TABLE not_me (y int)'
            IF 1 = 1
            BEGIN
              INSERT INTO b VALUES (1)
              CREATE TABLE c (x int)
            END
            DELETE b
            CREATE TABLE d (x int)
            """);

        Assert.Equal(["a", "b", "c", "d"], script.Tables);
        Assert.StartsWith("schema.sql(2,1): warning SD1008: 5 data statements", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_of_20_megabytes_is_read_in_seconds()
    {
        var sql = new StringBuilder("CREATE TABLE a (x int, y nvarchar(max))\nGO\n");
        while (sql.Length < 20_000_000)
        {
            sql.Append("INSERT [dbo].[a] ([x], [y]) VALUES (1, N'It''s a row like any other, (not) a CREATE TABLE x; at all')\n");
            if (sql.Length % 1000 < 10)
            {
                sql.Append("GO\n");
            }
        }

        sql.Append("CREATE TABLE b (x int)");
        var text = sql.ToString();
        var watch = Stopwatch.StartNew();

        Assert.Equal(["a", "b"], TSqlScript.Read(text).Tables);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }
}
