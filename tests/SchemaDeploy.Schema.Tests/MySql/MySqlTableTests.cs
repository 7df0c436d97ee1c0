using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlTableTests
{
    [Fact]
    public void A_table_keeps_its_columns_and_constraints_in_order()
    {
        var table = MySqlScript.Table(
            """
            CREATE TABLE IF NOT EXISTS `shop`.`items` (
              id BIGINT AUTO_INCREMENT PRIMARY KEY,
              uuid CHAR(36) UNIQUE NOT NULL DEFAULT (UUID()),
              owner_id BIGINT NOT NULL,
              created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,

              FOREIGN KEY (owner_id) REFERENCES users(id),
              UNIQUE KEY uk (owner_id, uuid, DATE_FORMAT(created_at, '%Y-%m-%d %H:%i')),
              INDEX idx_owner (owner_id, created_at DESC)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Things';
            """);

        Assert.Equal("items", table.Name.ToString());
        Assert.True(table.IfNotExists);
        Assert.Equal("Things", table.Comment);
        Assert.Equal("utf8mb4_unicode_ci", table.Collation);
        Assert.Equal(["id", "uuid", "owner_id", "created_at"], table.Columns.Select(c => c.Name.Text));
        Assert.Collection(
            table.Constraints,
            c => Assert.Equal("users", Assert.IsType<ForeignKeyDefinition>(c).ReferencedTable.Name),
            c => Assert.Equal("date_trunc('minute', created_at)", Assert.IsType<UniqueDefinition>(c).Parts[2].Expression.ToString()),
            c => Assert.True(Assert.IsType<IndexDefinition>(c).Parts[1].Descending));
        Assert.Equal((1, 1, 10, 84), (table.Span.Line, table.Span.Column, table.Span.EndLine, table.Span.EndColumn));
        Assert.Equal((3, 3), (table.Columns[1].Span.Line, table.Columns[1].Span.Column));
    }

    [Theory]
    [InlineData("PRIMARY KEY (a)", "PK  a")]
    [InlineData("PRIMARY KEY  USING BTREE (a, b DESC)", "PK  a b-")]
    [InlineData("PRIMARY KEY (`a` DESC) USING BTREE", "PK  a-")]
    [InlineData("CONSTRAINT pk PRIMARY KEY (a)", "PK pk a")]
    [InlineData("UNIQUE (a)", "UK  a")]
    [InlineData("UNIQUE KEY uk (a, b)", "UK uk a b")]
    [InlineData("UNIQUE INDEX uk USING HASH (a) COMMENT 'x'", "UK uk a")]
    [InlineData("UNIQUE uk (a(10))", "UK uk a(10)")]
    [InlineData("CONSTRAINT c UNIQUE (a)", "UK c a")]
    [InlineData("CONSTRAINT c UNIQUE KEY uk (a)", "UK uk a")]
    [InlineData("CONSTRAINT UNIQUE uk (a)", "UK uk a")]
    [InlineData("UNIQUE KEY (a)", "UK  a")]
    [InlineData("UNIQUE KEY uk ((LOWER(a)))", "UK uk lower(a)")]
    [InlineData("UNIQUE KEY uk (LOWER(a), b)", "UK uk lower(a) b")]
    [InlineData("UNIQUE KEY uk ((a + b) DESC)", "UK uk a + b-")]
    [InlineData("KEY k (a)", "BTree k a")]
    [InlineData("INDEX (a, b)", "BTree  a b")]
    [InlineData("INDEX k USING HASH (a)", "Hash k a")]
    [InlineData("KEY k (a ASC) USING BTREE KEY_BLOCK_SIZE=8 VISIBLE COMMENT 'c'", "BTree k a")]
    [InlineData("KEY k (a) INVISIBLE", "BTree k a")]
    [InlineData("KEY k ((CAST(a AS UNSIGNED ARRAY)))", "BTree k cast(a as array)")]
    [InlineData("FULLTEXT KEY ft (a, b) WITH PARSER ngram", "FullText ft a b")]
    [InlineData("FULLTEXT (a)", "FullText  a")]
    [InlineData("SPATIAL INDEX sp (a)", "Spatial sp a")]
    [InlineData("CHECK (a > 0)", "CK  a > 0")]
    [InlineData("CONSTRAINT ck CHECK (a > 0) ENFORCED", "CK ck a > 0")]
    [InlineData("FOREIGN KEY (a) REFERENCES u (x)", "FK  a -> u(x) NoAction NoAction")]
    [InlineData("FOREIGN KEY fk (a) REFERENCES u (x)", "FK fk a -> u(x) NoAction NoAction")]
    [InlineData("CONSTRAINT fk FOREIGN KEY ix (a, b) REFERENCES db.u (x, y) ON DELETE CASCADE ON UPDATE RESTRICT", "FK fk a b -> u(x y) Cascade NoAction")]
    [InlineData("CONSTRAINT `fk` FOREIGN KEY (a) REFERENCES u (x) MATCH SIMPLE ON UPDATE SET NULL ON DELETE SET DEFAULT", "FK fk a -> u(x) SetDefault SetNull")]
    [InlineData("CONSTRAINT FOREIGN KEY (a) REFERENCES u (x) ON DELETE NO ACTION", "FK  a -> u(x) NoAction NoAction")]
    [InlineData("FOREIGN KEY (a) REFERENCES u", "FK  a -> u() NoAction NoAction")]
    public void A_constraint_is_read_in_every_form(string written, string expected)
    {
        var table = MySqlScript.Table($"CREATE TABLE t (a INT, b INT, {written});");

        Assert.Equal(expected, Print(Assert.Single(table.Constraints)));
    }

    [Theory]
    [InlineData("CREATE INDEX i ON t (a)", "BTree i a")]
    [InlineData("CREATE UNIQUE INDEX i ON t (a, b DESC)", "BTree unique i a b-")]
    [InlineData("create index i on t(a(255))", "BTree i a(255)")]
    [InlineData("CREATE FULLTEXT INDEX i ON t (a)", "FullText i a")]
    [InlineData("CREATE SPATIAL INDEX i ON t (a)", "Spatial i a")]
    [InlineData("CREATE INDEX i USING HASH ON db.t (a) ALGORITHM=INPLACE LOCK = NONE", "Hash i a")]
    [InlineData("CREATE INDEX i ON t ((LOWER(a))) USING BTREE COMMENT 'x'", "BTree i lower(a)")]
    [InlineData("CREATE INDEX IF NOT EXISTS i ON t (a)", "BTree i a")]
    public void An_index_is_created_in_every_form(string sql, string expected)
    {
        var index = MySqlScript.ReadClean(sql).Single<CreateIndex>();

        Assert.Equal("t", index.Table.ToString());
        Assert.Equal(expected, Print(index.Index));
    }

    [Theory]
    [InlineData("ENGINE=InnoDB")]
    [InlineData("TYPE=InnoDB")]
    [InlineData("ENGINE = MyISAM, ROW_FORMAT = DYNAMIC, CHECKSUM=1")]
    [InlineData("DEFAULT CHARSET=utf8 PACK_KEYS=0 DELAY_KEY_WRITE=1")]
    [InlineData("DEFAULT CHARACTER SET = utf8mb4 KEY_BLOCK_SIZE 8 STATS_PERSISTENT=DEFAULT")]
    [InlineData("CHARACTER SET utf8 UNION=(a,b) INSERT_METHOD=LAST DATA DIRECTORY='/x'")]
    [InlineData("ENGINE=InnoDB TABLESPACE `innodb_system` ENCRYPTION='Y'")]
    public void Storage_options_are_understood_in_silence(string options) =>
        Assert.Single(MySqlScript.Table($"CREATE TABLE t (a INT) {options};").Columns);

    [Fact]
    public void The_table_option_says_where_numbering_goes_on() =>
        Assert.Equal(
            new IdentityDefinition(42),
            MySqlScript.Table("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=42;").Columns[0].Identity);

    [Theory]
    [InlineData("CREATE TABLE t LIKE u;")]
    [InlineData("CREATE TABLE t (LIKE db.u);")]
    public void A_table_may_be_like_another(string sql) => Assert.Equal("u", Assert.Single(MySqlScript.Table(sql).Templates).Name.ToString());

    [Fact]
    public void Partitions_are_passed_over_with_one_warning_a_table()
    {
        var script = MySqlScript.Read(
            """
            CREATE TABLE t (id INT, from_date DATE, PRIMARY KEY (id, from_date)) ENGINE=InnoDB
            PARTITION BY RANGE COLUMNS (from_date)
            (PARTITION p1 VALUES LESS THAN ('1990-01-01'), PARTITION p2 VALUES LESS THAN (MAXVALUE));
            """);

        Assert.Equal(["schema.sql(2,1): warning SD1009: The partitioning of table 't' is not carried over."], script.Messages);
        Assert.Equal(2, script.Single<CreateTable>().Columns.Length);
    }

    [Fact]
    public void Columns_that_come_from_a_query_are_an_error()
    {
        var script = MySqlScript.Read("CREATE TABLE t AS SELECT * FROM u;\nCREATE TABLE v (a INT);");

        Assert.Equal(
            ["schema.sql(1,14): error SD1101: The columns of table 't' come from a query. List them in the CREATE TABLE."],
            script.Messages);
        Assert.Equal("v", script.Single<CreateTable>().Name.Name);
    }

    [Theory]
    [InlineData("SELECT * FROM u")]
    [InlineData("AS SELECT * FROM u")]
    [InlineData("ENGINE=InnoDB IGNORE AS SELECT * FROM u")]
    public void A_query_behind_listed_columns_is_a_warning(string query)
    {
        var script = MySqlScript.Read($"CREATE TABLE t (a INT) {query};");

        Assert.Contains("warning SD1009: The query of table 't'", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Single(script.Single<CreateTable>().Columns);
    }

    [Fact]
    public void Create_or_replace_drops_first()
    {
        var script = MySqlScript.ReadClean("CREATE OR REPLACE TABLE t (a INT);");

        Assert.Collection(
            script.Statements,
            s => Assert.True(Assert.IsType<DropTable>(s).IfExists),
            s => Assert.Equal("t", Assert.IsType<CreateTable>(s).Name.Name));
    }

    [Fact]
    public void Dropping_several_tables_is_a_node_each()
    {
        var script = MySqlScript.ReadClean("DROP TABLE IF EXISTS a, `b`, db.c CASCADE;");

        Assert.Equal(["a", "b", "c"], script.Statements.Cast<DropTable>().Select(d => d.Name.ToString()));
        Assert.All(script.Statements.Cast<DropTable>(), d => Assert.True(d.IfExists));
    }

    [Fact]
    public void Renaming_several_tables_is_a_node_each()
    {
        var script = MySqlScript.ReadClean("RENAME TABLE a TO b, c TO db.d;");

        Assert.Equal(["a>b", "c>d"], script.Statements.Cast<RenameTable>().Select(r => $"{r.Name}>{r.NewName}"));
    }

    [Fact]
    public void Dropping_an_index_names_its_table()
    {
        var drop = MySqlScript.ReadClean("DROP INDEX i ON t ALGORITHM=INPLACE;").Single<DropIndex>();

        Assert.Equal(("i", "t"), (drop.Index.ToString(), drop.Table?.ToString()));
    }

    [Fact]
    public void Dropping_the_index_called_primary_drops_the_primary_key()
    {
        var alter = MySqlScript.ReadClean("DROP INDEX `PRIMARY` ON t;").Single<AlterTable>();

        Assert.Equal(ConstraintKind.PrimaryKey, Assert.IsType<DropConstraint>(Assert.Single(alter.Actions)).Kind);
    }

    [Fact]
    public void A_sequence_of_MariaDB_is_read()
    {
        var sequence = MySqlScript.ReadClean(
            "CREATE SEQUENCE IF NOT EXISTS s START WITH 100 MINVALUE = 1 INCREMENT BY 10 NOCACHE NOCYCLE ENGINE=InnoDB;").Single<CreateSequence>();

        Assert.Equal(("s", 100L, 10L), (sequence.Name.Name, sequence.Start, sequence.Increment));
    }

    [Fact]
    public void System_versioning_and_periods_of_MariaDB_are_warned_about()
    {
        var script = MySqlScript.Read(
            """
            CREATE TABLE t (
              id INT,
              valid_from DATE, valid_to DATE,
              PERIOD FOR valid (valid_from, valid_to)
            ) WITH SYSTEM VERSIONING;
            """);

        Assert.Equal(["schema.sql(4,3): ", "schema.sql(5,3): "], script.Messages.Select(m => m[..17]));
        Assert.Equal(3, script.Single<CreateTable>().Columns.Length);
    }

    [Fact]
    public void What_a_server_prints_of_a_table_is_read()
    {
        var table = MySqlScript.Read(
            """
            CREATE TABLE `orders` (
              `id` bigint unsigned NOT NULL AUTO_INCREMENT,
              `uuid` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL DEFAULT (uuid()),
              `total` decimal(10,2) GENERATED ALWAYS AS ((`price` * `quantity`)) VIRTUAL,
              `name` varchar(256) GENERATED ALWAYS AS (json_unquote(json_extract(`json`,_utf8mb4'$.name'))) STORED NOT NULL,
              `price` decimal(10,2) DEFAULT NULL,
              `quantity` int NOT NULL DEFAULT '1',
              `json` json NOT NULL /*!80023 INVISIBLE */,
              `created_at` timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
              /*!50705 `location` point NOT NULL /*!80003 SRID 4326 */,*/
              PRIMARY KEY (`id`),
              UNIQUE KEY `uk_minute` (`name`,(date_format(`created_at`,_utf8mb4'%Y-%m-%d %H:%i'))),
              KEY `k_lower` ((lower(`name`))) /*!80000 INVISIBLE */,
              /*!50705 SPATIAL KEY `idx_location` (`location`),*/
              CONSTRAINT `orders_chk_1` CHECK ((`quantity` between 1 and 100)),
              CONSTRAINT `orders_chk_2` CHECK (regexp_like(`name`,_utf8mb4'^[a-z]+$')) /*!80016 NOT ENFORCED */
            ) ENGINE=InnoDB AUTO_INCREMENT=1001 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
            /*!50100 PARTITION BY KEY (id) PARTITIONS 4 */;
            """);

        Assert.Equal([8, 16, 18], table.Diagnostics.Select(d => d.Span.Line));
        Assert.All(table.Diagnostics, d => Assert.Equal("SD1009", d.Code));
        var orders = table.Single<CreateTable>();
        Assert.Equal(9, orders.Columns.Length);
        Assert.Equal(
            ["PK  id", "UK uk_minute name date_trunc('minute', created_at)", "BTree k_lower lower(name)", "Spatial idx_location location", "CK orders_chk_1 quantity between 1 and 100"],
            orders.Constraints.Select(Print));
        Assert.Equal("json_value(json, '$.name')", orders.Columns[3].Generated?.Expression.ToString());
    }

    internal static string Print(ConstraintDefinition constraint) => constraint switch
    {
        PrimaryKeyDefinition key => $"PK {key.Name} {Print(key.Parts)}",
        UniqueDefinition key => $"UK {key.Name} {Print(key.Parts)}",
        IndexDefinition index => $"{index.Method} {(index.Unique ? "unique " : "")}{index.Name} {Print(index.Parts)}",
        CheckDefinition check => $"CK {check.Name} {check.Expression}",
        ForeignKeyDefinition key =>
            $"FK {key.Name} {string.Join(' ', key.Columns)} -> {key.ReferencedTable}({string.Join(' ', key.ReferencedColumns)}) {key.OnDelete} {key.OnUpdate}",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    private static string Print(IEnumerable<KeyPart> parts) => string.Join(
        ' ', parts.Select(p => $"{p.Expression}{(p.PrefixLength is { } n ? $"({n})" : "")}{(p.Descending ? "-" : "")}"));
}
