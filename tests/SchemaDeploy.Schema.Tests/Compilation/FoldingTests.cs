using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Compilation;

/// <summary>What statements do to the tables that earlier ones made.</summary>
public sealed class FoldingTests
{
    [Fact]
    public void A_column_may_be_added_renamed_moved_and_dropped()
    {
        var table = Compiled.MySql(
            """
            CREATE TABLE t (a INT, b INT, c INT);
            ALTER TABLE t ADD d INT AFTER a, ADD e INT FIRST;
            ALTER TABLE t RENAME COLUMN b TO bb;
            ALTER TABLE t RENAME COLUMN bb TO bbb, DROP COLUMN c;
            ALTER TABLE t MODIFY e VARCHAR(5) NOT NULL DEFAULT 'x' AFTER bbb;
            """).Table("t");

        Assert.Equal(["a", "d", "bbb", "e"], table.Columns.Select(c => c.Name));
        Assert.Equal(SqlTypeKind.VarChar, table.Columns[3].Type);
        Assert.False(table.Columns[3].Nullable);
    }

    [Theory]
    [InlineData("CREATE VIEW dbo.v WITH SCHEMABINDING AS SELECT a FROM dbo.t\nGO\nCREATE UNIQUE CLUSTERED INDEX i ON dbo.v (a)\nGO\nDROP INDEX i ON dbo.v")]
    [InlineData("CREATE OR ALTER VIEW [v] AS SELECT 1 AS a\nGO\nEXEC sp_rename 'v', 'w'\nGO\nCREATE INDEX i ON w (a)")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS a\nGO\nCREATE SCHEMA s\nGO\nALTER SCHEMA s TRANSFER dbo.v\nGO\nEXEC sp_rename 's.v', 'w'")]
    [InlineData("CREATE PROCEDURE dbo.[p q] AS SELECT 1\nGO\nEXEC sp_rename 'dbo.[p q]', 'r'\nGO\nEXEC sp_rename 'r', 's'")]
    public void What_is_done_to_a_view_or_procedure_concerns_no_table(string sql)
    {
        var compiled = Compiled.TSql("CREATE TABLE dbo.t (a int)\nGO\n" + sql);

        Assert.DoesNotContain(compiled.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(Assert.Single(compiled.Model!.Tables).Indexes);
    }

    [Fact]
    public void A_renamed_column_is_renamed_wherever_it_is_used()
    {
        var model = Compiled.MySql(
            """
            CREATE TABLE p (id INT PRIMARY KEY, n INT, g INT AS (n + 1), UNIQUE u (n), KEY k (n, g), CHECK (n > 0));
            CREATE TABLE c (pn INT, FOREIGN KEY (pn) REFERENCES p (n));
            ALTER TABLE p CHANGE n number INT;
            """).Sound();

        var table = model.Tables[0];
        Assert.Equal("number + 1", table.Columns[2].Generated!.Expression.ToString());
        Assert.Equal(["number"], table.UniqueKeys[0].Columns);
        Assert.Equal("number", table.Indexes[0].Parts[0].Expression.ToString());
        Assert.Equal("number > 0", table.Checks[0].Expression.ToString());
        Assert.Equal(["number"], model.Tables[1].ForeignKeys[0].ReferencedColumns);
    }

    [Fact]
    public void A_foreign_key_follows_its_table_through_renames()
    {
        var model = Compiled.MySql(
            """
            CREATE TABLE c (x INT, CONSTRAINT f FOREIGN KEY (x) REFERENCES p (id));
            CREATE TABLE p (id INT PRIMARY KEY);
            RENAME TABLE p TO q;
            ALTER TABLE q RENAME TO parents;
            """).Sound();

        Assert.Equal("parents", model.Tables[0].ForeignKeys[0].ReferencedTable);
    }

    [Fact]
    public void A_table_may_be_dropped_and_made_again_while_foreign_keys_wait()
    {
        var model = Compiled.MySql(
            """
            CREATE TABLE p (id INT PRIMARY KEY);
            CREATE TABLE c (x BIGINT, FOREIGN KEY (x) REFERENCES p (id));
            DROP TABLE p;
            CREATE TABLE p (id BIGINT PRIMARY KEY);
            """).Sound();

        Assert.Equal(["c", "p"], model.Tables.Select(t => t.Name));
    }

    [Fact]
    public void Foreign_keys_in_a_circle_are_sound()
    {
        var model = Compiled.TSql(
            """
            CREATE TABLE a (id int PRIMARY KEY, b_id int);
            CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
            ALTER TABLE a ADD CONSTRAINT fk FOREIGN KEY (b_id) REFERENCES b (id);
            """).Sound();

        Assert.Equal(["id"], model.Tables[1].ForeignKeys[0].ReferencedColumns);
        Assert.Equal("fk", model.Tables[0].ForeignKeys[0].Name);
    }

    [Fact]
    public void Cascades_that_SQL_Server_refuses_are_sound_in_MySQL()
    {
        Compiled.MySql(
            """
            CREATE TABLE a (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES a (id) ON DELETE CASCADE);
            CREATE TABLE b (id INT PRIMARY KEY, x INT, y INT,
              FOREIGN KEY (x) REFERENCES a (id) ON DELETE CASCADE,
              FOREIGN KEY (y) REFERENCES a (id) ON DELETE CASCADE);
            """).Sound();
    }

    [Fact]
    public void Like_copies_columns_keys_and_indexes()
    {
        var table = Compiled.MySql(
            """
            CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, e VARCHAR(9), UNIQUE u (e), KEY k (e, id));
            CREATE TABLE b LIKE a;
            """).Table("b");

        Assert.Equal(["id", "e"], table.Columns.Select(c => c.Name));
        Assert.NotNull(table.Columns[0].Identity);
        Assert.Equal(["id"], table.PrimaryKey!.Columns);
        Assert.Equal("u", table.UniqueKeys[0].Name);
        Assert.Equal("k", table.Indexes[0].Name);
    }

    [Fact]
    public void If_not_exists_leaves_an_existing_table_as_it_is()
    {
        var table = Compiled.MySql("CREATE TABLE a (id INT); CREATE TABLE IF NOT EXISTS a (x INT);").Table("a");

        Assert.Equal("id", Assert.Single(table.Columns).Name);
    }

    [Fact]
    public void Names_are_found_in_any_case_and_written_as_they_were_defined()
    {
        var model = Compiled.TSql(
            """
            CREATE TABLE dbo.Items (Id int PRIMARY KEY, Name varchar(9), CHECK (NAME <> ''));
            CREATE TABLE Lines (ITEM int REFERENCES ITEMS (ID));
            CREATE INDEX ix ON items (NAME);
            """).Sound();

        Assert.Null(model.Tables[0].Schema);
        Assert.Equal("\"Name\" <> ''", model.Tables[0].Checks[0].Expression.ToString());
        Assert.Equal("\"Name\"", model.Tables[0].Indexes[0].Parts[0].Expression.ToString());
        Assert.Equal("Items", model.Tables[1].ForeignKeys[0].ReferencedTable);
        Assert.Equal(["Id"], model.Tables[1].ForeignKeys[0].ReferencedColumns);
    }

    [Fact]
    public void Tables_that_differ_in_case_are_two_in_MySQL()
    {
        var model = Compiled.MySql("CREATE TABLE User (id INT PRIMARY KEY); CREATE TABLE user (id INT PRIMARY KEY);").Sound();

        Assert.Equal(["User", "user"], model.Tables.Select(t => t.Name));
    }

    [Fact]
    public void Dropping_a_column_takes_it_out_of_keys_in_MySQL()
    {
        var table = Compiled.MySql("CREATE TABLE t (a INT, b INT, KEY k (a, b), KEY j (b)); ALTER TABLE t DROP b;").Table("t");

        var index = Assert.Single(table.Indexes);
        Assert.Equal("a", Assert.Single(index.Parts).Expression.ToString());
    }

    [Fact]
    public void Names_that_MySQL_makes_can_be_dropped()
    {
        var table = Compiled.MySql(
            """
            CREATE TABLE t (a INT, b INT UNIQUE, KEY (a), KEY (a, b), CHECK (a > 0));
            ALTER TABLE t DROP INDEX a_2, DROP INDEX b, DROP CHECK t_chk_1;
            """).Table("t");

        Assert.Equal("a", Assert.Single(table.Indexes).Name);
        Assert.Empty(table.UniqueKeys);
        Assert.Empty(table.Checks);
    }

    [Fact]
    public void User_types_are_replaced_by_what_they_stand_for()
    {
        var table = Compiled.TSql(
            """
            CREATE TYPE dbo.Name FROM nvarchar(50) NOT NULL;
            GO
            CREATE TABLE t (a dbo.Name, b Name NULL, CONSTRAINT u UNIQUE (a));
            """).Table("t");

        Assert.Equal((SqlTypeKind.VarChar, 50, false), (table.Columns[0].Type, table.Columns[0].Length, table.Columns[0].Nullable));
        Assert.True(table.Columns[1].Nullable);
    }

    [Fact]
    public void A_column_of_TSql_keeps_its_default_when_its_type_changes()
    {
        var column = Compiled.TSql("CREATE TABLE t (a int NOT NULL DEFAULT 5);\nALTER TABLE t ALTER COLUMN a bigint NOT NULL;").Table("t").Columns[0];

        Assert.Equal((SqlTypeKind.BigInt, "5"), (column.Type, column.Default?.ToString()));
    }

    [Fact]
    public void Computed_columns_of_TSql_get_types()
    {
        var table = Compiled.TSql(
            """
            CREATE TABLE t (
              a int NOT NULL, p decimal(10,2) NOT NULL, n nvarchar(20) NOT NULL, m nvarchar(30) NULL,
              total AS (a * p), doubled AS (a * 2) PERSISTED NOT NULL, both AS (n + ' ' + m), big AS (CAST(a AS bigint)),
              y AS (year(getdate())));
            """).Table("t");

        Assert.Equal(SqlTypeKind.Decimal, table.Columns[4].Type);
        Assert.Equal((SqlTypeKind.Int, false, true), (table.Columns[5].Type, table.Columns[5].Nullable, table.Columns[5].Generated!.Stored));
        Assert.Equal((SqlTypeKind.VarChar, 51, true), (table.Columns[6].Type, table.Columns[6].Length, table.Columns[6].Nullable));
        Assert.Equal(SqlTypeKind.BigInt, table.Columns[7].Type);
        Assert.Equal(SqlTypeKind.Int, table.Columns[8].Type);
    }

    [Fact]
    public void A_unique_index_is_a_key_only_where_it_is_plain()
    {
        var table = Compiled.TSql(
            """
            CREATE TABLE t (a int NOT NULL, b int NULL, c int);
            CREATE UNIQUE INDEX ua ON t (a);
            CREATE UNIQUE INDEX ub ON t (b) WHERE b IS NOT NULL;
            CREATE INDEX ic ON t (c DESC) INCLUDE (a);
            """).Table("t");

        Assert.Equal("ua", Assert.Single(table.UniqueKeys).Name);
        Assert.Equal(["ub", "ic"], table.Indexes.Select(i => i.Name));
        Assert.Equal("b is not null", table.Indexes[0].Filter!.ToString());
        Assert.True(table.Indexes[1].Parts[0].Descending);
        Assert.Equal(["a"], table.Indexes[1].Include);
    }

    [Fact]
    public void What_SQL_Server_has_no_like_of_is_sound_in_MySQL()
    {
        Compiled.MySql(
            """
            CREATE TABLE t (
              k TEXT, l VARCHAR(5000), j JSON, e ENUM('a','b') DEFAULT 'a', s SET('x','y'), z GEOMETRY NOT NULL SRID 0, y YEAR,
              u BIGINT UNSIGNED AUTO_INCREMENT UNIQUE, b BIT(5), ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
              PRIMARY KEY (k(100)), UNIQUE q (l(20)), KEY f ((lower(k))), FULLTEXT KEY ft (k), SPATIAL KEY sp (z), KEY ej (e, s),
              CHECK (json_valid(j)), CHECK (k REGEXP '^a'), CHECK (y BETWEEN 2000 AND 2100));
            CREATE TABLE `a]b` (id INT PRIMARY KEY, `c]d` VARCHAR(10), CONSTRAINT k FOREIGN KEY (`c]d`) REFERENCES p (code));
            CREATE TABLE p (id INT PRIMARY KEY, code VARCHAR(20), KEY k (code, id));
            CREATE TABLE q (id INT PRIMARY KEY, UNIQUE KEY k (id));
            """).Sound();
    }
}
