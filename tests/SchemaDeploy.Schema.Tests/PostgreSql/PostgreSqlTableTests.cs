using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlTableTests
{
    [Theory]
    [InlineData("CREATE TABLE t (a int);", "t")]
    [InlineData("create table IF NOT EXISTS Public.T (a int);", "t")]
    [InlineData("CREATE TABLE app.\"My Table\" (a int);", "app.My Table")]
    [InlineData("CREATE TABLE db.app.t (a int);", "app.t")]
    [InlineData("CREATE UNLOGGED TABLE t (a int);", "t")]
    [InlineData("SET search_path TO app, public; CREATE TABLE t (a int);", "app.t")]
    [InlineData("SET search_path = public, pg_catalog; CREATE TABLE t (a int);", "t")]
    [InlineData("SET search_path = 'App'; CREATE TABLE t (a int);", "App.t")]
    [InlineData("SET LOCAL search_path = \"$user\", app; CREATE TABLE t (a int);", "app.t")]
    [InlineData("SET SCHEMA 'app'; CREATE TABLE t (a int);", "app.t")]
    [InlineData("SELECT pg_catalog.set_config('search_path', 'app, public', false); CREATE TABLE t (a int);", "app.t")]
    [InlineData("SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE t (a int);", "t")]
    [InlineData("SET search_path = app; RESET search_path; CREATE TABLE t (a int);", "t")]
    [InlineData("SET search_path = app; SET search_path TO DEFAULT; CREATE TABLE t (a int);", "t")]
    public void A_table_is_in_the_schema_that_is_named_or_searched(string sql, string name) =>
        Assert.Equal([name], PostgreSqlScript.ReadClean(sql).Tables);

    [Fact]
    public void A_path_of_several_schemas_is_searched_for_what_was_created()
    {
        var script = PostgreSqlScript.ReadClean(
            """
            CREATE TYPE public.mood AS ENUM ('ok');
            CREATE TABLE public.u (id int PRIMARY KEY);
            SET search_path = app, public;
            CREATE TABLE t (m mood, u int REFERENCES u, x int REFERENCES t);
            """);

        var table = script.Statements.OfType<CreateTable>().Last();
        Assert.Equal("app.t", table.Name.ToString());
        Assert.Equal("mood", table.Columns[0].Type!.UserType!.ToString());
        Assert.Equal(["u", "app.t"], table.Columns.SelectMany(c => c.Constraints).Cast<ForeignKeyDefinition>().Select(f => f.ReferencedTable.ToString()));
    }

    [Fact]
    public void The_statements_in_a_CREATE_SCHEMA_are_in_that_schema()
    {
        var script = PostgreSqlScript.ReadClean("CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION me CREATE TABLE t (a int) CREATE TABLE u (b int);\nCREATE TABLE v (c int);");

        Assert.Equal(["app.t", "app.u", "v"], script.Tables);
    }

    [Theory]
    [InlineData("INHERITS (p)")]
    [InlineData("WITH (fillfactor=70, autovacuum_enabled=off) TABLESPACE fast")]
    [InlineData("WITHOUT OIDS")]
    [InlineData("USING heap ON COMMIT PRESERVE ROWS")]
    public void What_stands_behind_the_columns_is_understood(string options) =>
        Assert.DoesNotContain(PostgreSqlScript.Read($"CREATE TABLE t (a int) {options};").Messages, m => m.Contains("error", StringComparison.Ordinal));

    [Fact]
    public void Keys_of_a_table_are_read_with_all_that_PostgreSQL_adds_to_them()
    {
        var table = PostgreSqlScript.Table(
            """
            CREATE TABLE t (
              a int, b int, c int,
              CONSTRAINT t_pk PRIMARY KEY (a, b) INCLUDE (c) WITH (fillfactor=70) USING INDEX TABLESPACE fast,
              UNIQUE NULLS NOT DISTINCT (b, c) DEFERRABLE INITIALLY IMMEDIATE,
              CONSTRAINT f FOREIGN KEY (a, b) REFERENCES ONLY app.u (x, y) ON DELETE RESTRICT,
              CHECK (a < b) NO INHERIT
            );
            """);

        var primaryKey = Assert.IsType<PrimaryKeyDefinition>(table.Constraints[0]);
        Assert.Equal(("t_pk", "a b"), (primaryKey.Name!.Value.Text, string.Join(' ', primaryKey.Parts.Select(p => p.Column))));
        Assert.True(Assert.IsType<UniqueDefinition>(table.Constraints[1]).NullsNotDistinct);
        Assert.Equal(["x", "y"], Assert.IsType<ForeignKeyDefinition>(table.Constraints[2]).ReferencedColumns.Select(c => c.Text));
        Assert.IsType<CheckDefinition>(table.Constraints[3]);
    }

    [Fact]
    public void A_NOT_NULL_behind_the_columns_is_the_columns() =>
        Assert.False(PostgreSqlScript.Table("CREATE TABLE t (a int, CONSTRAINT a_there NOT NULL a NO INHERIT);").Columns[0].Nullable);

    [Fact]
    public void An_exclusion_of_equals_is_a_unique_key() =>
        Assert.Equal(
            ["a", "b"],
            Assert.IsType<UniqueDefinition>(PostgreSqlScript.Table("CREATE TABLE t (a int, b int, EXCLUDE USING btree (a WITH =, b WITH OPERATOR(pg_catalog.=)));").Constraints[0]).Parts.Select(p => p.Column));

    [Fact]
    public void Other_exclusions_are_not_carried_over()
    {
        var script = PostgreSqlScript.Read("CREATE TABLE t (r int, d tsrange, CONSTRAINT x EXCLUDE USING gist (r WITH =, d WITH &&) WHERE (r > 0));");

        Assert.Empty(script.Single<CreateTable>().Constraints);
        Assert.Contains("schema.sql(1,35): warning SD1009: The exclusion constraint 'x' is not carried over. Rows that it would refuse are accepted.", script.Messages);
    }

    [Theory]
    [InlineData("ON DELETE SET NULL (b)", "The list of columns of an action")]
    [InlineData("MATCH FULL", "MATCH FULL")]
    public void What_the_data_layer_does_not_have_of_a_foreign_key_is_said(string clause, string what) =>
        Assert.Contains(what, Assert.Single(PostgreSqlScript.Read($"CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES u {clause});").Messages), StringComparison.Ordinal);

    [Fact]
    public void Deferred_constraints_are_mentioned_once() =>
        Assert.Equal(
            ["schema.sql(1,47): warning SD1009: INITIALLY DEFERRED of 2 constraints is not carried over. Each request is checked at once."],
            PostgreSqlScript.Read("CREATE TABLE t (a int REFERENCES u DEFERRABLE INITIALLY DEFERRED, b int UNIQUE INITIALLY DEFERRED DEFERRABLE);").Messages);

    [Fact]
    public void A_table_may_be_made_like_others()
    {
        var table = PostgreSqlScript.Table("CREATE TABLE t (a int, LIKE u INCLUDING ALL EXCLUDING INDEXES, b int, LIKE app.v);");

        Assert.Equal(
            [("u", 1, TemplateParts.All & ~TemplateParts.Indexes), ("app.v", 2, TemplateParts.None)],
            table.Templates.Select(t => (t.Name.ToString(), t.Position, t.Parts)));
    }

    [Fact]
    public void A_table_that_inherits_has_its_parents_columns()
    {
        var script = PostgreSqlScript.Read("CREATE TABLE t (a int) INHERITS (p, q);");

        Assert.Equal(["p", "q"], script.Single<CreateTable>().Templates.Where(t => t.Inherits).Select(t => t.Name.ToString()));
        Assert.Contains("SD1009: INHERITS of table 't' is not carried over.", Assert.Single(script.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);")]
    [InlineData("CREATE TABLE IF NOT EXISTS p1 PARTITION OF p (CHECK (a > 0)) DEFAULT PARTITION BY LIST (b);")]
    [InlineData("CREATE TABLE p1 (CHECK (a > 0)) INHERITS (p);")]
    [InlineData("CREATE TABLE p1 () INHERITS (p);")]
    public void A_partition_is_part_of_its_parent(string sql)
    {
        var script = PostgreSqlScript.Read(sql);

        Assert.Equal("p1", script.Single<PassedOver>().Name.Name);
        Assert.Equal(["schema.sql(1,1): warning SD1008: 1 partition passed over: the API is made from tables only. First one here."], script.Messages);
    }

    [Fact]
    public void A_partitioned_table_is_a_table()
    {
        var script = PostgreSqlScript.Read("CREATE TABLE p (a int, b date) PARTITION BY RANGE (b, (a + 1));");

        Assert.Equal(["p"], script.Tables);
        Assert.Equal(["schema.sql(1,32): warning SD1009: The partitioning of table 'p' is not carried over."], script.Messages);
    }

    [Fact]
    public void A_table_may_be_made_of_a_composite_type()
    {
        var script = PostgreSqlScript.Read("CREATE TYPE pair AS (a int, b text COLLATE \"C\"); CREATE TABLE t OF pair;");

        Assert.Equal(["a", "b"], script.Statements.OfType<CreateTable>().Single().Columns.Select(c => c.Name.Text));
    }

    [Theory]
    [InlineData("CREATE TABLE t AS SELECT 1;", "schema.sql(1,14)")]
    [InlineData("CREATE TABLE t (a int) AS SELECT 1;", "schema.sql(1,14)")]
    [InlineData("SELECT a, (b) INTO t FROM u;", "schema.sql(1,20)")]
    public void A_table_made_by_a_query_is_an_error(string sql, string place) =>
        Assert.Equal(
            [$"{place}: error SD1301: The columns of table 't' come from a query. List them in the CREATE TABLE."],
            PostgreSqlScript.Read(sql).Errors);

    [Theory]
    [InlineData("DROP TABLE IF EXISTS a, app.b CASCADE;", true, true)]
    [InlineData("DROP TABLE a, app.b RESTRICT;", false, false)]
    public void Tables_are_dropped(string sql, bool ifExists, bool cascades) =>
        Assert.Equal(
            [("a", ifExists, cascades), ("app.b", ifExists, cascades)],
            PostgreSqlScript.ReadClean(sql).Statements.Cast<DropTable>().Select(d => (d.Name.ToString(), d.IfExists, d.Cascades)));

    [Theory]
    [InlineData("CREATE INDEX i ON t (a);", "i: btree (a)")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY app.t USING btree (a DESC NULLS LAST, b);", "i: unique btree (a desc, b)")]
    [InlineData("CREATE INDEX ON t USING hash (a);", ": hash (a)")]
    [InlineData("CREATE INDEX i ON t USING gin (a jsonb_path_ops);", "i: other (a)")]
    [InlineData("CREATE INDEX i ON t USING gin (to_tsvector('english', a));", "i: fulltext (to_tsvector('english', a))")]
    [InlineData("CREATE INDEX i ON t (a text_pattern_ops, b COLLATE \"C\" varchar_ops ASC);", "i: btree (a, b)")]
    [InlineData("CREATE INDEX i ON t (lower((a)::text) DESC, (b + c));", "i: btree (lower(cast(a as text)) desc, b + c)")]
    [InlineData("CREATE INDEX i ON t USING hnsw (a public.vector_l2_ops (x=1));", "i: other (a)")]
    [InlineData("CREATE UNIQUE INDEX i ON t (a) INCLUDE (b, c) NULLS NOT DISTINCT WITH (fillfactor=50) TABLESPACE x WHERE d IS NULL AND e;", "i: unique btree (a) nulls alike include b, c where (d is null) and e")]
    [InlineData("CREATE UNIQUE INDEX i ON t (a, date_trunc('minute', b AT TIME ZONE 'UTC'));", "i: unique btree (a, date_trunc('minute', b))")]
    [InlineData("CREATE INDEX i ON t (COALESCE(a, b));", "i: btree (coalesce(a, b))")]
    public void An_index_is_read_with_all_its_parts(string sql, string expected)
    {
        var index = PostgreSqlScript.ReadClean(sql).Single<CreateIndex>().Index;
        var parts = string.Join(", ", index.Parts.Select(p => p.Expression + (p.Descending ? " desc" : "")));
        Assert.Equal(
            expected,
            $"{index.Name?.Text}: {(index.Unique ? "unique " : "")}{index.Method.ToString().ToLowerInvariant()} ({parts})"
            + (index.NullsNotDistinct ? " nulls alike" : "")
            + (index.Include.IsEmpty ? "" : $" include {string.Join(", ", index.Include)}")
            + (index.Filter is null ? "" : $" where {index.Filter}"));
    }

    [Fact]
    public void Indexes_are_renamed_and_dropped_by_their_names_alone()
    {
        var script = PostgreSqlScript.ReadClean("ALTER INDEX IF EXISTS app.i RENAME TO j; ALTER INDEX i SET (fillfactor = 9); DROP INDEX CONCURRENTLY IF EXISTS j, k CASCADE;");

        Assert.Equal("j", Assert.IsType<RenameIndex>(script.Statements[0]).NewName.Text);
        Assert.Equal(["j", "k"], script.Statements.OfType<DropIndex>().Select(d => d.Index.Name));
    }
}
