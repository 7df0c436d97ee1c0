using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Seeding;

/// <summary>Which statements of data are read, and how their literals are written in each dialect.</summary>
public sealed class DataReadingTests
{
    [Theory]
    [InlineData("INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y');")]
    [InlineData("INSERT INTO `db`.`t` (`t`.`a`, b) VALUE ROW(1, 'x'), ROW(2, 'y');")]
    [InlineData("INSERT INTO t SET a = 1, b = 'x'; INSERT t SET b = \"y\", a = 2;")]
    [InlineData("INSERT LOW_PRIORITY INTO t VALUES (1, 'x'); REPLACE t VALUES (2, 'y');")]
    [InlineData("INSERT INTO t SELECT 1 AS a, 'x' UNION ALL SELECT 2, 'y' FROM DUAL;")]
    [InlineData("LOCK TABLES `t` WRITE;\n/*!40000 ALTER TABLE `t` DISABLE KEYS */;\nINSERT INTO `t` VALUES (1,'x'),(2,'y');\n/*!40000 ALTER TABLE `t` ENABLE KEYS */;\nUNLOCK TABLES;")]
    public void MySql_rows_are_read(string insert)
    {
        var seeded = Seeded.MySql($"CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(10));\n{insert}");

        Assert.Equal(["[1,\"x\"]", "[2,\"y\"]"], seeded.Rows);
        Assert.Empty(seeded.Messages);
    }

    [Theory]
    [InlineData("INSERT INTO public.t (a, b) VALUES (1, 'x'), (2, 'y');")]
    [InlineData("INSERT INTO t AS q (a, b) OVERRIDING SYSTEM VALUE VALUES (1, 'x'::character varying(10)), (2, $q$y$q$) RETURNING a;")]
    [InlineData("COPY public.t (a, b) FROM stdin;\n1\tx\n2\ty\n\\.\n")]
    [InlineData("COPY t FROM STDIN WITH;\r\n1\tx\r\n2\ty\r\n\\.\r\n")]
    [InlineData("INSERT INTO t VALUES (1, 'x'), (1, 'z') ON CONFLICT (a) DO NOTHING; INSERT INTO \"t\" VALUES (2, U&'\\0079');")]
    public void PostgreSql_rows_are_read(string insert)
    {
        var seeded = Seeded.PostgreSql($"CREATE TABLE t (a integer PRIMARY KEY, b varchar(10));\n{insert}");

        Assert.Equal(["[1,\"x\"]", "[2,\"y\"]"], seeded.Rows);
        Assert.Empty(seeded.Messages);
    }

    [Theory]
    [InlineData("INSERT [dbo].[t] ([a], [b]) VALUES (1, N'x')\nINSERT [dbo].[t] ([a], [b]) VALUES (2, N'y')\nGO")]
    [InlineData("SET IDENTITY_INSERT t ON\nGO\nINSERT INTO db.dbo.t WITH (TABLOCK) (a, b) VALUES (1, 'x'), (2, 'y');\nGO\nSET IDENTITY_INSERT t OFF\nGO")]
    [InlineData("insert t values (1, \"x\") insert t values (2, 'y')")]
    [InlineData("INSERT t SELECT 1, 'x' UNION ALL SELECT 2, 'y'")]
    [InlineData(":setvar name t\nINSERT $(name) VALUES (1, 'x'), (2, 'y')")]
    public void TSql_rows_are_read(string insert)
    {
        var seeded = Seeded.TSql($"CREATE TABLE t (a int PRIMARY KEY, b nvarchar(10));\nGO\n{insert}");

        Assert.Equal(["[1,\"x\"]", "[2,\"y\"]"], seeded.Rows);
        Assert.Empty(seeded.Messages);
    }

    [Theory]
    [InlineData(SchemaDialect.MySql, @"'it''s \'a\' \\ \n'", "\"it's 'a' \\\\ \\n\"")]
    [InlineData(SchemaDialect.MySql, "N'a' 'b'", "\"ab\"")]
    [InlineData(SchemaDialect.MySql, "_utf8mb4'é'", "\"é\"")]
    [InlineData(SchemaDialect.MySql, "0x41", "\"A\"")]
    [InlineData(SchemaDialect.MySql, "12", "\"12\"")]
    [InlineData(SchemaDialect.MySql, "CAST('a' AS CHAR(5))", "\"a\"")]
    [InlineData(SchemaDialect.PostgreSql, @"'it''s \n'", "\"it's \\\\n\"")]
    [InlineData(SchemaDialect.PostgreSql, @"E'\x41\u00e9\n'", "\"Aé\\n\"")]
    [InlineData(SchemaDialect.PostgreSql, "'a' || chr(10) || 'b'", "\"a\\nb\"")]
    [InlineData(SchemaDialect.PostgreSql, "NULL::text", "null")]
    [InlineData(SchemaDialect.TSql, "N'it''s' + CHAR(13) + NCHAR(10)", "\"it's\\r\\n\"")]
    [InlineData(SchemaDialect.TSql, "CONVERT(nvarchar(20), 'x')", "\"x\"")]
    public void Text_is_read_in_every_quoting(SchemaDialect dialect, string literal, string json) =>
        Assert.Equal(json, Seeded.ValueOf(dialect, dialect == SchemaDialect.PostgreSql ? "varchar(20)" : "varchar(20)", literal));

    [Theory]
    [InlineData(SchemaDialect.MySql, "INT", "-1", "-1")]
    [InlineData(SchemaDialect.MySql, "INT", "'+7'", "7")]
    [InlineData(SchemaDialect.MySql, "INT UNSIGNED", "4294967295", "4294967295")]
    [InlineData(SchemaDialect.MySql, "DECIMAL(10,2)", "1.005e1", "10.05")]
    [InlineData(SchemaDialect.MySql, "DOUBLE", "1e-3", "0.001")]
    [InlineData(SchemaDialect.MySql, "TINYINT(1)", "TRUE", "true")]
    [InlineData(SchemaDialect.MySql, "BIT(1)", "b'1'", "true")]
    [InlineData(SchemaDialect.MySql, "BIT(4)", "5", "\"0101\"")]
    [InlineData(SchemaDialect.MySql, "BLOB", "0x00FF", "\"AP8=\"")]
    [InlineData(SchemaDialect.MySql, "BLOB", "X'00ff'", "\"AP8=\"")]
    [InlineData(SchemaDialect.MySql, "BLOB", "_binary 'a'", "\"YQ==\"")]
    [InlineData(SchemaDialect.MySql, "BINARY(2)", "'a'", "\"YQA=\"")]
    [InlineData(SchemaDialect.MySql, "DATE", "'2020/1/5'", "\"2020-01-05\"")]
    [InlineData(SchemaDialect.MySql, "DATE", "20200105", "\"2020-01-05\"")]
    [InlineData(SchemaDialect.MySql, "DATETIME(3)", "TIMESTAMP '2020-01-05 10:00:00.1239'", "\"2020-01-05T10:00:00.123\"")]
    [InlineData(SchemaDialect.MySql, "TIMESTAMP", "'2020-01-05 10:00:00'", "\"2020-01-05T10:00:00Z\"")]
    [InlineData(SchemaDialect.MySql, "TIME", "'23:59:59'", "\"23:59:59\"")]
    [InlineData(SchemaDialect.MySql, "ENUM('new','done')", "'DONE'", "\"done\"")]
    [InlineData(SchemaDialect.MySql, "ENUM('new','done')", "1", "\"new\"")]
    [InlineData(SchemaDialect.MySql, "SET('a','b','c')", "'c,a'", "\"a,c\"")]
    [InlineData(SchemaDialect.MySql, "JSON", "'{\"a\":1}'", "\"{\\\"a\\\":1}\"")]
    [InlineData(SchemaDialect.MySql, "YEAR", "2020", "2020")]
    [InlineData(SchemaDialect.PostgreSql, "boolean", "'t'::boolean", "true")]
    [InlineData(SchemaDialect.PostgreSql, "bytea", @"'\x00FF'", "\"AP8=\"")]
    [InlineData(SchemaDialect.PostgreSql, "bytea", @"'a\\\001'", "\"YVwB\"")]
    [InlineData(SchemaDialect.PostgreSql, "uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")]
    [InlineData(SchemaDialect.PostgreSql, "timestamptz", "'2007-02-15 10:02:19.5-05:30'", "\"2007-02-15T15:32:19.5Z\"")]
    [InlineData(SchemaDialect.PostgreSql, "timestamp", "'2007-02-15 10:02:19+00'", "\"2007-02-15T10:02:19\"")]
    [InlineData(SchemaDialect.PostgreSql, "date", "DATE '2007-02-15'", "\"2007-02-15\"")]
    [InlineData(SchemaDialect.PostgreSql, "interval", "'1 day 02:03:04.5'", "\"1.02:03:04.5000000\"")]
    [InlineData(SchemaDialect.PostgreSql, "money", "'-$1,234.50'", "-1234.5")]
    [InlineData(SchemaDialect.PostgreSql, "integer[]", "'{1,2}'", "[1,2]")]
    [InlineData(SchemaDialect.PostgreSql, "text[]", "'{\"a, \\\"b\",c}'", "[\"a, \\u0022b\",\"c\"]")]
    [InlineData(SchemaDialect.PostgreSql, "jsonb", "'[1]'::jsonb", "\"[1]\"")]
    [InlineData(SchemaDialect.PostgreSql, "bit(3)", "B'101'", "\"101\"")]
    [InlineData(SchemaDialect.TSql, "bit", "3", "true")]
    [InlineData(SchemaDialect.TSql, "money", "$1,234.50", "1234.5")]
    [InlineData(SchemaDialect.TSql, "money", "-$5", "-5")]
    [InlineData(SchemaDialect.TSql, "decimal(18, 2)", "CAST(12.50 AS Decimal(18, 2))", "12.5")]
    [InlineData(SchemaDialect.TSql, "datetime", "'7/4/1996'", "\"1996-07-04T00:00:00\"")]
    [InlineData(SchemaDialect.TSql, "datetime", "'19960704'", "\"1996-07-04T00:00:00\"")]
    [InlineData(SchemaDialect.TSql, "datetime", "CAST(N'2020-01-01T10:00:00.000' AS DateTime)", "\"2020-01-01T10:00:00\"")]
    [InlineData(SchemaDialect.TSql, "datetime", "CAST(0x00008EAC00C5C100 AS DateTime)", "\"2000-01-01T12:00:00\"")]
    [InlineData(SchemaDialect.TSql, "date", "CAST(0x5B950A00 AS Date)", "\"1900-01-01\"")]
    [InlineData(SchemaDialect.TSql, "datetime", "{ts '2020-01-01 10:00:00'}", "\"2020-01-01T10:00:00\"")]
    [InlineData(SchemaDialect.TSql, "varbinary(10)", "0x00ff", "\"AP8=\"")]
    [InlineData(SchemaDialect.TSql, "uniqueidentifier", "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")]
    public void Values_are_typed_by_their_columns(SchemaDialect dialect, string type, string literal, string json) =>
        Assert.Equal(json, Seeded.ValueOf(dialect, type, literal));

    [Theory]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t (a) VALUES (1), (NOW());", "(2,32): warning SD1015: This INSERT is not seed data: 'NOW' is no literal value.")]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t (a) VALUES (1 + 1);", "(2,29): warning SD1015: This INSERT is not seed data: '+' is no literal value.")]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t SELECT a FROM t;", "(2,22): warning SD1015: This INSERT is not seed data: 'a' is no literal value.")]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t (a) VALUES (@x);", "(2,27): warning SD1015: This INSERT is not seed data: '@x' is no literal value.")]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2;", "(2,30): warning SD1015: This INSERT is not seed data: what follows its rows from 'ON' on depends on rows that are there.")]
    [InlineData(SchemaDialect.PostgreSql, "INSERT INTO t (a) VALUES ((SELECT 1));", "(2,27): warning SD1015: This INSERT is not seed data: '(' is no literal value.")]
    [InlineData(SchemaDialect.PostgreSql, "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2;", "(2,33): warning SD1015: This INSERT is not seed data: ON CONFLICT … DO UPDATE depends on rows that are there.")]
    [InlineData(SchemaDialect.PostgreSql, "COPY t FROM stdin WITH (FORMAT csv);\n1\n\\.\n", "(2,1): warning SD1015: This COPY is not seed data: only rows from stdin, in the text format and without options, are read.")]
    [InlineData(SchemaDialect.TSql, "INSERT t VALUES (GETDATE())", "(2,18): warning SD1015: This INSERT is not seed data: 'GETDATE' is no literal value.")]
    [InlineData(SchemaDialect.TSql, "IF NOT EXISTS (SELECT 1 FROM t) INSERT t VALUES (1)", "(2,33): warning SD1015: This INSERT is not seed data: it stands under a condition or in a block.")]
    [InlineData(SchemaDialect.TSql, "INSERT t EXEC p", "(2,10): warning SD1015: This INSERT is not seed data: 'EXEC' is no literal value.")]
    public void What_is_not_literal_is_said_and_left_as_a_whole(SchemaDialect dialect, string insert, string message)
    {
        var seeded = Seeded.From(dialect, $"CREATE TABLE t (a int);\n{insert}\nINSERT INTO t (a) VALUES (7);");

        Assert.Equal([message], seeded.Messages);
        Assert.Equal(["[7]"], seeded.Rows);
    }

    [Theory]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t (a VALUES (1);", "(2,18): error SD1004: Syntax error: expected ')', found 'VALUES'.")]
    [InlineData(SchemaDialect.MySql, "INSERT INTO t (a) VALUES (1;", "(2,28): error SD1004: Syntax error: expected ')', found the end of the statement (';').")]
    [InlineData(SchemaDialect.PostgreSql, "INSERT INTO t (a) VALUES 1;", "(2,26): error SD1004: Syntax error: expected '(', found '1'.")]
    [InlineData(SchemaDialect.PostgreSql, "COPY t FROM stdin;\n1\n", "(2,1): error SD1005: This COPY FROM stdin is never closed: a line \\. is missing.")]
    [InlineData(SchemaDialect.TSql, "INSERT t (a) VALUES (1,)", "(2,24): error SD1004: Syntax error: expected")]
    public void What_is_no_statement_at_all_is_an_error(SchemaDialect dialect, string insert, string message)
    {
        var seeded = Seeded.From(dialect, $"CREATE TABLE t (a int);\n{insert}");

        Assert.StartsWith(message, seeded.Messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_statements_that_are_not_literal_are_counted()
    {
        var seeded = Seeded.MySql("CREATE TABLE t (a INT);\n" + string.Concat(Enumerable.Repeat("INSERT INTO t VALUES (NOW());\n", 1200)));

        Assert.Equal(21, seeded.Messages.Length);
        Assert.Equal("(22,23): warning SD1016: 1,180 more statements are not seed data, the first of them here.", seeded.Messages[^1]);
    }

    [Fact]
    public void Copied_rows_have_escapes_of_their_own()
    {
        var seeded = Seeded.PostgreSql("""
            CREATE TABLE t (a integer, b text, c bytea);
            COPY t (a, b, c) FROM stdin;
            1	a\tb\\n\N	\\x00ff
            2	\N	\N
            3	\x41\101\
            	\\x
            \.
            CREATE TABLE u (a integer);
            """.ReplaceLineEndings("\n").Replace("\\\n\t", "\\n\t", StringComparison.Ordinal));

        Assert.Equal(["[1,\"a\\tb\\\\nN\",\"AP8=\"]", "[2,null,null]", "[3,\"AA\\n\",\"\"]"], seeded.Rows);
        Assert.Empty(seeded.Messages);
    }

    [Fact]
    public void Rows_of_partitions_are_the_tables()
    {
        var seeded = Seeded.PostgreSql("""
            CREATE TABLE p (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE TABLE p2 (id integer NOT NULL, at date NOT NULL);
            ALTER TABLE ONLY p ATTACH PARTITION p2 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
            INSERT INTO p1 VALUES (1, '2020-05-05');
            COPY p2 (id, at) FROM stdin;
            2	2021-05-05
            \.
            """);

        Assert.Equal("{\"table\":\"p\",\"columns\":[\"id\",\"at\"],\"rows\":2}", seeded.Lines[0]);
        Assert.Equal(["[1,\"2020-05-05\"]", "[2,\"2021-05-05\"]"], seeded.Rows);
    }

    [Fact]
    public void Rows_follow_their_tables_and_columns()
    {
        var seeded = Seeded.MySql("""
            CREATE TABLE t (a INT, b INT, c INT);
            INSERT INTO t VALUES (1, 2, 3);
            ALTER TABLE t RENAME COLUMN a TO x, DROP COLUMN b, ADD COLUMN d INT NOT NULL DEFAULT 5 FIRST;
            RENAME TABLE t TO u;
            CREATE TABLE gone (a INT);
            INSERT INTO gone VALUES (1);
            DROP TABLE gone;
            """);

        Assert.Equal(["{\"table\":\"u\",\"columns\":[\"d\",\"x\",\"c\"],\"rows\":1}", "[5,1,3]"], seeded.Sound());
    }

    [Fact]
    public void Without_being_asked_for_rows_are_passed_over_with_a_hint()
    {
        var script = MySql.MySqlScript.Read("CREATE TABLE t (a INT); INSERT INTO t VALUES (1); INSERT INTO t VALUES (");

        Assert.Equal(
            ["schema.sql(1,25): warning SD1008: 2 INSERT statements passed over: the API is made from tables only. SchemaSeed=true loads literal rows. First one here."],
            script.Messages);
        Assert.IsType<CreateTable>(Assert.Single(script.Statements));
    }
}
