using System.Text;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlSkippedTests
{
    [Theory]
    [InlineData("SET statement_timeout = 0;")]
    [InlineData("SET default_tablespace = '';")]
    [InlineData("SET client_encoding TO 'UTF8';")]
    [InlineData("SELECT pg_catalog.setval('public.s', 42, true);")]
    [InlineData("BEGIN; COMMIT; START TRANSACTION ISOLATION LEVEL SERIALIZABLE; ROLLBACK; END;")]
    [InlineData("VACUUM ANALYZE t; ANALYZE; CLUSTER t; REINDEX TABLE t; LOCK TABLE t;")]
    [InlineData("CREATE DATABASE d OWNER me; ALTER DATABASE d SET search_path = x; DROP DATABASE IF EXISTS d;")]
    [InlineData("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA public CASCADE;")]
    [InlineData("ALTER FUNCTION public.f(a int, b text) OWNER TO me;")]
    [InlineData("ALTER VIEW v OWNER TO me; ALTER MATERIALIZED VIEW m OWNER TO me; ALTER PROCEDURAL LANGUAGE plpgsql OWNER TO me;")]
    [InlineData("ALTER SCHEMA s OWNER TO me; DROP SCHEMA IF EXISTS s CASCADE;")]
    [InlineData("ALTER ROLE r SET search_path TO app; ALTER USER u WITH PASSWORD 'x';")]
    [InlineData("REFRESH MATERIALIZED VIEW m; SECURITY LABEL ON TABLE t IS 'x';")]
    [InlineData("\\connect d\n\\set ON_ERROR_STOP on\n\\restrict abc\n\\echo 'it''s; fine'\n")]
    [InlineData(";;;")]
    public void What_is_about_the_session_or_the_server_is_passed_over_without_a_word(string sql) =>
        Assert.DoesNotContain(PostgreSqlScript.ReadClean(sql + "\nCREATE TABLE t (a int);").Statements, s => s is not (CreateTable or CreateSchema));

    [Theory]
    [InlineData("CREATE OR REPLACE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 2;", "2 views")]
    [InlineData("CREATE TEMP VIEW v (a) AS SELECT 1;", "1 view")]
    [InlineData("CREATE TEMPORARY TABLE x (a int); CREATE INDEX ON x (a);", "1 temporary table")]
    [InlineData("CREATE FOREIGN TABLE f (a int) SERVER s OPTIONS (x 'y');", "1 foreign table")]
    [InlineData("CREATE FUNCTION f() RETURNS int AS 'SELECT 1; SELECT 2' LANGUAGE sql;", "1 function")]
    [InlineData("CREATE OR REPLACE FUNCTION f(a text) RETURNS trigger LANGUAGE plpgsql AS $_$ BEGIN CREATE TABLE no (a int); END $_$;", "1 function")]
    [InlineData("CREATE AGGREGATE a(text) (SFUNC = f, STYPE = text);", "1 function")]
    [InlineData("CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 END; SELECT 2; END;", "1 function")]
    [InlineData("CREATE PROCEDURE p() LANGUAGE sql AS $$ SELECT 1; $$;", "1 procedure")]
    [InlineData("CREATE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE CONSTRAINT TRIGGER b AFTER INSERT ON t EXECUTE PROCEDURE f(); CREATE EVENT TRIGGER c ON ddl_command_start EXECUTE FUNCTION f();", "3 triggers")]
    [InlineData("CREATE RULE r AS ON INSERT TO t DO INSTEAD (DELETE FROM t; SELECT 1);", "1 rule")]
    [InlineData("CREATE POLICY p ON t USING (owner = current_user);", "1 policy")]
    [InlineData("GRANT ALL ON t TO x; REVOKE ALL ON t FROM PUBLIC; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x;", "3 GRANTs and REVOKEs")]
    [InlineData("CREATE ROLE r; CREATE USER u WITH PASSWORD 'x'; CREATE GROUP g;", "3 roles")]
    [InlineData("CREATE CAST (a AS b) WITHOUT FUNCTION;", "1 cast")]
    [InlineData("CREATE COLLATION c (locale = 'de');", "1 collation")]
    [InlineData("CREATE OPERATOR === (LEFTARG = a, RIGHTARG = b); CREATE OPERATOR CLASS o FOR TYPE a USING btree AS OPERATOR 1 <;", "2 operators")]
    [InlineData("CREATE TEXT SEARCH CONFIGURATION c (COPY = english);", "1 text search object")]
    [InlineData("CREATE PUBLICATION p FOR ALL TABLES;", "1 publication")]
    [InlineData("CREATE SERVER s FOREIGN DATA WRAPPER w;", "1 foreign server")]
    [InlineData("CREATE STATISTICS s ON a, b FROM t;", "1 statistics object")]
    [InlineData("INSERT INTO t VALUES (1, ';'), (2, $x$;$x$); INSERT INTO t SELECT 1;", "2 INSERT statements")]
    [InlineData("UPDATE t SET a = 1;", "1 UPDATE statement")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x;", "1 WITH statement")]
    [InlineData("SELECT create_hypertable('t', 'at');", "1 SELECT statement")]
    [InlineData("SELECT 1 \\gexec\n", "1 SELECT statement")]
    [InlineData("(SELECT 1);", "1 SELECT statement")]
    [InlineData("COPY t (a) FROM '/tmp/x.csv' WITH (FORMAT csv);", "1 COPY statement")]
    [InlineData("DROP VIEW v; DROP FUNCTION IF EXISTS f(int); DROP TRIGGER x ON t; DROP POLICY p ON t;", "4 DROPs of views, routines and other objects")]
    [InlineData("ALTER VIEW v ALTER COLUMN a SET DEFAULT 1;", "1 ALTER VIEW statement")]
    [InlineData("DO $$ BEGIN PERFORM 1; RAISE NOTICE 'x'; END $$;", "1 DO block")]
    [InlineData("DO LANGUAGE plpython3u 'x = 1';", "1 DO block")]
    public void What_shapes_no_table_is_passed_over_with_one_warning_a_kind(string sql, string what)
    {
        var script = PostgreSqlScript.Read($"CREATE TABLE t (a int);\n{sql}\nCREATE TABLE u (a int);");

        var hint = what.Contains("INSERT", StringComparison.Ordinal) || what.Contains("COPY", StringComparison.Ordinal) ? " SchemaSeed=true loads literal rows." : "";
        Assert.Equal($"schema.sql(2,1): warning SD1008: {what} passed over: the API is made from tables only.{hint} First one here.", Assert.Single(script.Messages));
        Assert.Equal(["t", "u"], script.Tables);
    }

    [Fact]
    public void The_rows_of_a_COPY_are_no_statements()
    {
        var script = PostgreSqlScript.Read("COPY t (a, b) FROM stdin;\n1\tit's; CREATE TABLE no (a int);\n2\t$$\t\\\\.\n\\.\n\nCREATE TABLE u (a int);");

        Assert.Equal(["u"], script.Tables);
        Assert.Equal(["schema.sql(1,1): warning SD1008: 1 COPY statement passed over: the API is made from tables only. SchemaSeed=true loads literal rows. First one here."], script.Messages);
    }

    [Fact]
    public void Rows_that_never_end_hide_no_table()
    {
        var script = PostgreSqlScript.Read("COPY t FROM stdin;\nCREATE TABLE u (a int);");

        Assert.Equal(["schema.sql(1,1): error SD1005: This COPY FROM stdin is never closed: a line \\. is missing."], script.Errors);
        Assert.Equal(["u"], script.Tables);
    }

    [Theory]
    [InlineData("\\i other.sql\n", "\\i other.sql")]
    [InlineData("\\ir 'other.sql'\n", "\\ir other.sql")]
    public void A_file_that_psql_would_read_is_missed_aloud(string sql, string command) =>
        Assert.Equal(
            $"schema.sql(1,1): warning SD1306: The file that \"{command}\" names is not read from here. Add it as a SchemaFile item.",
            PostgreSqlScript.Read(sql).Messages.First());

    [Theory]
    [InlineData("CREATE TABLE :schema.t (a int);", "schema", "t")]
    [InlineData("CREATE TABLE @cdmDatabaseSchema.t (a int);", "cdmDatabaseSchema", "t")]
    [InlineData("CREATE TABLE ${schema}.t (a int);", "schema", "t")]
    [InlineData("CREATE TABLE {{schema}}.t (a int);", "schema", "t")]
    [InlineData("CREATE TABLE :\"tab\" (a int);", "tab", "tab")]
    public void A_placeholder_before_a_name_is_left_out(string sql, string placeholder, string table)
    {
        var script = PostgreSqlScript.Read(sql);

        Assert.Equal([table], script.Tables);
        Assert.Contains($"SD1014: The template variable '{placeholder}' is left out", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_of_a_DO_block_that_may_be_run_twice_are_read()
    {
        var script = PostgreSqlScript.ReadClean(
            """
            DO $$ BEGIN
                CREATE TYPE mood AS ENUM ('ok', 'it''s');
            EXCEPTION
                WHEN duplicate_object THEN null;
            END $$;
            DO $do$
            DECLARE found boolean := false;
            BEGIN
              IF NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't') THEN
                -- @audit off
                CREATE TABLE t (m mood);
              END IF;
              ALTER TABLE t ADD CONSTRAINT c CHECK (m = 'ok');
              RAISE NOTICE 'done';
            END
            $do$ LANGUAGE plpgsql;
            """);

        Assert.True(Assert.IsType<CreateType>(script.Statements[0]).IfNotExists);
        var table = Assert.IsType<CreateTable>(script.Statements[1]);
        Assert.Equal((true, "@audit off", 11), (table.IfNotExists, table.Comments[0].Text, table.Name.Span.Line));
        Assert.True(Assert.IsType<AddConstraint>(Assert.IsType<AlterTable>(script.Statements[2]).Actions[0]).IfNotExists);
    }

    [Fact]
    public void Statements_under_other_conditions_are_passed_over_and_counted()
    {
        var script = PostgreSqlScript.Read(
            """
            DO $$ BEGIN
              IF current_setting('server_version_num')::int > 150000 THEN
                CREATE TABLE a (x int);
                IF NOT EXISTS (SELECT 1) THEN CREATE TABLE b (x int); END IF;
              ELSE
                CREATE TABLE c (x int);
              END IF;
              CREATE TABLE d (x int);
            END $$;
            """);

        Assert.Equal(["d"], script.Tables);
        Assert.Equal(
            ["schema.sql(3,5): warning SD1008: 3 statements under a condition in DO blocks passed over: the API is made from tables only. First one here."],
            script.Messages);
    }

    [Fact]
    public void An_error_in_a_DO_block_has_its_place_in_the_file() =>
        Assert.Equal(
            ["schema.sql(2,24): error SD1004: Syntax error: expected ',' or ')', found 'b'."],
            PostgreSqlScript.Read("DO $$ BEGIN\n CREATE TABLE u (a int b int);\nEND $$;").Errors);

    [Fact]
    public void A_routine_without_its_END_is_an_error() =>
        Assert.Equal(
            ["schema.sql(1,1): error SD1005: This function is never closed: END is missing."],
            PostgreSqlScript.Read("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;").Errors);

    [Fact]
    public void Data_that_is_not_ended_hides_no_table()
    {
        var script = PostgreSqlScript.Read("INSERT INTO t VALUES (1)\nCREATE TABLE b (x int);");

        Assert.Equal(["schema.sql(2,1): error SD1004: Syntax error: expected ';' before 'CREATE'."], script.Errors);
        Assert.Equal(["b"], script.Tables);
    }

    [Fact]
    public void Twenty_megabytes_of_data_are_passed_over_quickly()
    {
        var dump = new StringBuilder("CREATE TABLE t (id int, name text);\nCOPY t FROM stdin;\n");
        while (dump.Length < 10_000_000)
        {
            dump.Append("1\tit's a name; with ''quotes'' -- and $$ more\n");
        }

        dump.Append("\\.\n");
        while (dump.Length < 20_000_000)
        {
            dump.Append("INSERT INTO t VALUES");
            dump.Insert(dump.Length, "(1, 'it''s a name; -- and $$ more', E'\\''),\n", 1_000);
            dump.Append("(2, 'x', $$;$$);\n");
        }

        dump.Append("CREATE TABLE u (id int);\n");
        var text = dump.ToString();
        PostgreSqlScript.Read(text[..1_000_000] + "'");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var script = PostgreSqlScript.Read(text);

        Assert.Equal(["t", "u"], script.Tables);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }
}
