using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlTableTests
{
    [Theory]
    [InlineData("CREATE TABLE Orders (a int)", null, "Orders")]
    [InlineData("CREATE TABLE dbo.Orders (a int)", "dbo", "Orders")]
    [InlineData("CREATE TABLE [Sales].[Order Lines] (a int)", "Sales", "Order Lines")]
    [InlineData("CREATE TABLE Shop..Orders (a int)", null, "Orders")]
    [InlineData("CREATE TABLE [Shop].[dbo].[a]]b] (a int)", "dbo", "a]b")]
    [InlineData("CREATE TABLE \"quoted\".\"na\"\"me\" (a int)", "quoted", "na\"me")]
    public void A_table_has_the_name_as_written_without_the_database(string sql, string? schema, string name)
    {
        var table = TSqlScript.Table(sql);

        Assert.Equal((schema, name), (table.Name.Schema, table.Name.Name));
    }

    [Fact]
    public void A_name_spans_its_qualifier_and_a_statement_its_whole_text()
    {
        var table = TSqlScript.Table("\n  CREATE TABLE dbo.t\n  (a int)\n");

        Assert.Equal((2, 16, 2, 21), (table.Name.Span.Line, table.Name.Span.Column, table.Name.Span.EndLine, table.Name.Span.EndColumn));
        Assert.Equal((2, 3, 3, 10), (table.Span.Line, table.Span.Column, table.Span.EndLine, table.Span.EndColumn));
    }

    [Theory]
    [InlineData("c int IDENTITY", 1, 1)]
    [InlineData("c int IDENTITY(100, 5)", 100, 5)]
    [InlineData("c bigint IDENTITY ( -1 , -1 ) NOT FOR REPLICATION NOT NULL", -1, -1)]
    [InlineData("c decimal(9,0) NOT NULL IDENTITY(1,1)", 1, 1)]
    public void Identity_has_seed_and_increment(string column, long seed, long increment) =>
        Assert.Equal(new IdentityDefinition(seed, increment), TSqlScript.Column(column).Identity);

    [Fact]
    public void A_default_has_its_name_and_place()
    {
        var @default = TSqlScript.Column("c int NOT NULL CONSTRAINT DF_c DEFAULT ((7))").Default!;

        Assert.Equal(("DF_c", "7", 56), (@default.Name!.Value.Text, @default.Expression.ToString(), @default.Span.Column));
    }

    [Fact]
    public void Constraints_behind_a_column_are_the_columns()
    {
        var column = TSqlScript.Column(
            "c int CONSTRAINT pk PRIMARY KEY CLUSTERED CONSTRAINT uq UNIQUE NONCLUSTERED WITH FILLFACTOR = 80 "
            + "CONSTRAINT fk FOREIGN KEY REFERENCES dbo.Other (Id) ON DELETE CASCADE NOT FOR REPLICATION CHECK (c > 0) INDEX ix NONCLUSTERED");

        Assert.Collection(
            column.Constraints,
            c => Assert.Equal(("pk", "c"), (c.Name!.Value.Text, Assert.IsType<PrimaryKeyDefinition>(c).Parts[0].Column)),
            c => Assert.Equal(("uq", "c"), (c.Name!.Value.Text, Assert.IsType<UniqueDefinition>(c).Parts[0].Column)),
            c => Assert.Equal("c", Assert.Single(Assert.IsType<ForeignKeyDefinition>(c).Columns).Text),
            c => Assert.Equal("c > 0", Assert.IsType<CheckDefinition>(c).Expression.ToString()),
            c => Assert.Equal(("ix", "c"), (c.Name!.Value.Text, Assert.IsType<IndexDefinition>(c).Parts[0].Column)));
    }

    [Theory]
    [InlineData("ON DELETE CASCADE", ReferentialAction.Cascade, ReferentialAction.NoAction)]
    [InlineData("ON UPDATE SET NULL ON DELETE SET DEFAULT", ReferentialAction.SetDefault, ReferentialAction.SetNull)]
    [InlineData("ON DELETE NO ACTION", ReferentialAction.NoAction, ReferentialAction.NoAction)]
    [InlineData("", ReferentialAction.NoAction, ReferentialAction.NoAction)]
    public void A_foreign_key_has_its_actions(string actions, ReferentialAction onDelete, ReferentialAction onUpdate)
    {
        var key = TSqlScript.Constraint<ForeignKeyDefinition>($"CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES s.o (x, y) {actions}");

        Assert.Equal((onDelete, onUpdate), (key.OnDelete, key.OnUpdate));
        Assert.Equal(("a,b", "s.o", "x,y"), (string.Join(',', key.Columns), key.ReferencedTable.ToString(), string.Join(',', key.ReferencedColumns)));
    }

    [Fact]
    public void A_foreign_key_may_leave_the_referenced_columns_to_the_primary_key() =>
        Assert.Empty(TSqlScript.Constraint<ForeignKeyDefinition>("FOREIGN KEY (a) REFERENCES o").ReferencedColumns);

    [Fact]
    public void A_key_has_its_columns_and_their_order()
    {
        var key = TSqlScript.Constraint<PrimaryKeyDefinition>(
            "CONSTRAINT [PK t] PRIMARY KEY CLUSTERED ([a] ASC, [b] DESC) WITH (PAD_INDEX = OFF, IGNORE_DUP_KEY = OFF) ON [PRIMARY]");

        Assert.Equal(["a", "b"], key.Parts.Select(p => p.Column));
        Assert.Equal([false, true], key.Parts.Select(p => p.Descending));
        Assert.Equal("PK t", key.Name!.Value.Text);
    }

    [Fact]
    public void Two_nulls_are_equal_in_a_unique_key() =>
        Assert.True(TSqlScript.Constraint<UniqueDefinition>("UNIQUE (a)").NullsNotDistinct);

    [Fact]
    public void An_index_may_stand_inside_a_table()
    {
        var index = TSqlScript.Constraint<IndexDefinition>("INDEX ix UNIQUE NONCLUSTERED (a DESC) INCLUDE (b) WHERE a IS NOT NULL");

        Assert.Equal((true, "a is not null", "b"), (index.Unique, index.Filter!.ToString(), Assert.Single(index.Include).Text));
    }

    [Fact]
    public void A_hash_index_is_one() =>
        Assert.Equal(IndexMethod.Hash, TSqlScript.Constraint<IndexDefinition>("INDEX ix HASH (a) WITH (BUCKET_COUNT = 1024)").Method);

    [Fact]
    public void Constraints_and_indexes_stand_in_the_order_of_the_text()
    {
        var table = TSqlScript.Table("CREATE TABLE t (a int, INDEX i1 (a), CHECK (a > 1), INDEX i2 (a), UNIQUE (a))");

        Assert.Equal(
            [nameof(IndexDefinition), nameof(CheckDefinition), nameof(IndexDefinition), nameof(UniqueDefinition)],
            table.Constraints.Select(c => c.GetType().Name));
    }

    [Fact]
    public void Storage_is_understood_in_silence()
    {
        var script = TSqlScript.ReadClean(
            "CREATE TABLE t (a int SPARSE NULL, g uniqueidentifier ROWGUIDCOL NOT NULL, f varbinary(max) FILESTREAM, s nvarchar(9) COLLATE Latin1_General_BIN)\n"
            + "ON [PRIMARY] TEXTIMAGE_ON [PRIMARY] WITH (DATA_COMPRESSION = PAGE)");

        Assert.Equal("Latin1_General_BIN", script.Single<CreateTable>().Columns[3].Type!.Collation);
    }

    [Theory]
    [InlineData("CREATE TABLE t (a int MASKED WITH (FUNCTION = 'default()'))", "The mask of column 'a'")]
    [InlineData(
        "CREATE TABLE t (a int ENCRYPTED WITH (COLUMN_ENCRYPTION_KEY = k, ENCRYPTION_TYPE = RANDOMIZED, ALGORITHM = 'AEAD_AES_256_CBC_HMAC_SHA_256'))",
        "The encryption of column 'a'")]
    [InlineData("CREATE TABLE t (a int PRIMARY KEY NONCLUSTERED) WITH (MEMORY_OPTIMIZED = ON)", "MEMORY_OPTIMIZED of table 't'")]
    [InlineData("CREATE TABLE t (a int) AS NODE", "The graph side of table 't'")]
    [InlineData("CREATE TABLE t (a int) AS EDGE", "The graph side of table 't'")]
    [InlineData("CREATE TABLE t (a int) WITH (LEDGER = ON)", "The ledger of table 't'")]
    public void What_concerns_one_database_only_is_warned_of_once(string sql, string what)
    {
        var script = TSqlScript.Read(sql);

        Assert.StartsWith(what, Assert.Single(script.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Single(script.Single<CreateTable>().Columns);
    }

    [Fact]
    public void The_period_of_a_temporal_table_is_kept_by_the_server()
    {
        var script = TSqlScript.Read(
            """
            CREATE TABLE t (
              a int PRIMARY KEY,
              ValidFrom datetime2(2) GENERATED ALWAYS AS ROW START HIDDEN NOT NULL,
              ValidTo datetime2(2) GENERATED ALWAYS AS ROW END HIDDEN NOT NULL,
              PERIOD FOR SYSTEM_TIME (ValidFrom, ValidTo))
            WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.t_archive))
            """);
        var table = script.Single<CreateTable>();

        Assert.StartsWith("schema.sql(5,27): warning SD1009: The history of table 't' is not carried over.", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.True(table.Columns[1].OnUpdateNow);
        Assert.Equal("now()", table.Columns[1].Default!.Expression.ToString());
        Assert.Equal("cast('9999-12-31 23:59:59.999999' as datetime(2))", table.Columns[2].Generated!.Expression.ToString());
    }

    [Fact]
    public void Timestamp_alone_is_a_name_and_a_type()
    {
        var column = TSqlScript.Table("CREATE TABLE t (a int, timestamp)").Columns[1];

        Assert.Equal(("timestamp", SqlTypeKind.RowVersion), (column.Name.Text, column.Type!.Kind));
    }

    [Theory]
    [InlineData("CREATE TABLE #t (a int)\nCREATE INDEX i ON #t (a)\nALTER TABLE #t ADD b int\nDROP TABLE #t, ##u")]
    [InlineData("SELECT a INTO #t FROM u")]
    public void Temporary_tables_are_nobodys_schema(string sql) => Assert.Empty(TSqlScript.ReadClean(sql).Statements);

    [Fact]
    public void A_table_made_from_a_query_is_warned_of()
    {
        var script = TSqlScript.Read("SELECT a INTO dbo.copy FROM t");

        Assert.Equal(
            "schema.sql(1,1): warning SD1009: Table 'dbo.copy', made by SELECT … INTO, is not carried over. Write a CREATE TABLE for it.",
            Assert.Single(script.Messages));
    }

    [Theory]
    [InlineData("CREATE SEQUENCE s START WITH 10 INCREMENT BY 5", 10, 5)]
    [InlineData("CREATE SEQUENCE s AS int MINVALUE 1 CACHE 50", 1, 1)]
    [InlineData("CREATE SEQUENCE s AS int", int.MinValue, 1)]
    [InlineData("CREATE SEQUENCE s AS tinyint INCREMENT BY -1", 255, -1)]
    [InlineData("CREATE SEQUENCE s START WITH -3 INCREMENT BY -1 NO CYCLE", -3, -1)]
    public void A_sequence_has_its_start_and_increment(string sql, long start, long increment)
    {
        var sequence = TSqlScript.ReadClean(sql).Single<CreateSequence>();

        Assert.Equal((start, increment), (sequence.Start, sequence.Increment));
    }

    [Fact]
    public void What_a_schema_creates_along_with_it_goes_into_the_schema()
    {
        var script = TSqlScript.ReadClean("CREATE SCHEMA Sales AUTHORIZATION dbo CREATE TABLE Orders (a int)");

        Assert.Equal("Sales", Assert.IsType<CreateSchema>(script.Statements[0]).Name.Text);
        Assert.Equal(["Sales.Orders"], script.Tables);
    }

    [Fact]
    public void A_graph_index_is_warned_of()
    {
        var script = TSqlScript.Read("CREATE UNIQUE INDEX i ON likes ($from_id, $to_id)");

        Assert.Equal("schema.sql(1,1): warning SD1009: An index over graph columns is not carried over.", Assert.Single(script.Messages));
    }

    [Fact]
    public void A_bit_column_keeps_its_number_default() =>
        Assert.IsType<LiteralExpression>(TSqlScript.Column("c bit DEFAULT ((0))").Default!.Expression);
}
