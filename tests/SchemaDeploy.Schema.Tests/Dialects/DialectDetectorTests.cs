using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Dialects;

public sealed class DialectDetectorTests
{
    [Theory]
    [InlineData("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;")]
    [InlineData("CREATE TABLE `t` (`id` int);")]
    [InlineData("CREATE TABLE t (id int(11) unsigned);")]
    [InlineData("CREATE TABLE t (id CHAR(36) PRIMARY KEY DEFAULT (UUID()), role ENUM('a', 'b'));")]
    [InlineData("CREATE TABLE t (a LONGTEXT) COMMENT='x';")]
    [InlineData("CREATE TABLE t (ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);")]
    [InlineData("/*!40101 SET NAMES utf8 */;\nCREATE TABLE t (id int);")]
    [InlineData("# the people\nCREATE TABLE t (id int);")]
    [InlineData("DELIMITER $$\nCREATE TABLE t (id int)$$")]
    public void Mysql_is_known(string sql) => Assert.Equal(SchemaDialect.MySql, Detect(sql).Dialect);

    [Theory]
    [InlineData("CREATE TABLE [dbo].[t] ([id] int)")]
    [InlineData("CREATE TABLE t (id int)\nGO\n")]
    [InlineData("CREATE TABLE t (id int IDENTITY(1,1), n nvarchar(50))")]
    [InlineData("CREATE TABLE t (id int IDENTITY PRIMARY KEY)")]
    [InlineData("CREATE TABLE t (id uniqueidentifier DEFAULT newid())")]
    [InlineData("CREATE TABLE t (s varchar(max))")]
    [InlineData("IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int)")]
    [InlineData(":setvar x y\nCREATE TABLE $(x) (id int)")]
    [InlineData("CREATE TABLE t (id int, at datetime DEFAULT getdate())")]
    [InlineData("CREATE TABLE #t (id int);\nCREATE TABLE t (id int PRIMARY KEY CLUSTERED);")]
    public void Tsql_is_known(string sql) => Assert.Equal(SchemaDialect.TSql, Detect(sql).Dialect);

    [Theory]
    [InlineData("CREATE TABLE t (id serial PRIMARY KEY, at timestamptz)")]
    [InlineData("CREATE TABLE t (id int DEFAULT 1::int)")]
    [InlineData("CREATE TABLE t (tags text[])")]
    [InlineData("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY)")]
    [InlineData("CREATE TABLE t (id uuid DEFAULT gen_random_uuid(), doc jsonb)")]
    [InlineData("CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (m mood);")]
    [InlineData("CREATE FUNCTION f() RETURNS trigger AS $$ CREATE TABLE `x` $$ LANGUAGE plpgsql;")]
    [InlineData("ALTER TABLE ONLY public.t OWNER TO me;")]
    [InlineData("COPY t (a) FROM stdin;\n1\t`it's`\tGO\n\\.\nCREATE TABLE t (a bytea);")]
    [InlineData("CREATE TABLE t (a int[3], b int);\nCREATE INDEX i ON t USING gin (a);")]
    [InlineData("ALTER TYPE mood ADD VALUE 'c'; CREATE TABLE t (m mood);")]
    [InlineData("CREATE TABLE t (a text CHECK (a SIMILAR TO '[a-z]+'));")]
    [InlineData("CREATE TABLE t (id int8, at date); CREATE INDEX CONCURRENTLY i ON t (at);")]
    [InlineData("CREATE TABLE t (id int); TRUNCATE t RESTART IDENTITY; SELECT setval('s', 1);")]
    [InlineData("\\set ON_ERROR_STOP on\nCREATE TABLE t (price double precision);")]
    public void Postgresql_is_known(string sql) => Assert.Equal(SchemaDialect.PostgreSql, Detect(sql).Dialect);

    [Theory]
    [InlineData("-- uses AUTO_INCREMENT and `backticks`\nCREATE TABLE [t] (a int)", SchemaDialect.TSql)]
    [InlineData("/* [brackets]\nGO */ CREATE TABLE t (a int AUTO_INCREMENT)", SchemaDialect.MySql)]
    [InlineData("CREATE TABLE t (a varchar(99) DEFAULT 'AUTO_INCREMENT `x` ENGINE=1', b serial)", SchemaDialect.PostgreSql)]
    [InlineData("INSERT INTO t VALUES ('C:\\dir\\', 'x');\nCREATE TABLE [t] (a int)", SchemaDialect.TSql)]
    [InlineData("INSERT INTO t VALUES ('it\\'s [a]\nGO\n');\nCREATE TABLE t (a int) ENGINE=InnoDB", SchemaDialect.MySql)]
    public void Strings_and_comments_do_not_count(string sql, SchemaDialect dialect) => Assert.Equal(dialect, Detect(sql).Dialect);

    [Fact]
    public void The_reason_names_the_two_strongest_signs_and_their_lines() =>
        Assert.Equal(
            "it uses AUTO_INCREMENT (line 2) and ENGINE= (line 3)",
            Detect("CREATE TABLE t (\n  id INT AUTO_INCREMENT PRIMARY KEY\n) ENGINE=InnoDB;").Reason);

    [Fact]
    public void With_several_files_the_reason_names_the_file()
    {
        var detected = DialectDetector.Detect([new SourceText("a.sql", "CREATE TABLE a (x int);"), new SourceText("dir/b.sql", "\nCREATE TABLE b (x serial);")]);

        Assert.Equal("it uses serial (b.sql, line 2)", detected.Reason);
    }

    [Fact]
    public void Text_of_no_dialect_in_particular_is_read_as_mysql() =>
        Assert.Equal(
            new DetectedDialect(SchemaDialect.MySql, "nothing in it is peculiar to one dialect, and MySQL is the default"),
            Detect("CREATE TABLE t (id INT NOT NULL PRIMARY KEY, name VARCHAR(50));"));

    [Theory]
    [InlineData("mysql", SchemaDialect.MySql)]
    [InlineData("tsql", SchemaDialect.TSql)]
    [InlineData("postgres", SchemaDialect.PostgreSql)]
    public void Every_published_schema_is_taken_for_what_it_is(string folder, SchemaDialect dialect) =>
        Assert.Empty(Corpus.FilesOf(folder).Where(f => Detect(f.Text).Dialect != dialect).Select(f => f.Name));

    [Theory]
    [InlineData("'")]
    [InlineData("`")]
    [InlineData("[")]
    [InlineData("/*")]
    [InlineData("$x$")]
    [InlineData("COPY t FROM stdin")]
    [InlineData("@")]
    [InlineData("\\")]
    [InlineData("$")]
    public void Text_that_ends_anywhere_is_scanned(string sql) => Assert.NotNull(Detect(sql).Reason);

    private static DetectedDialect Detect(string sql) => DialectDetector.Detect([new SourceText("schema.sql", sql)]);
}
