using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Compilation;

/// <summary>What PostgreSQL's statements do to the tables that earlier ones made.</summary>
public sealed class PostgreSqlFoldingTests
{
    [Fact]
    public void Constraints_and_indexes_are_named_as_PostgreSQL_names_them()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE TABLE a_b (id serial PRIMARY KEY, c int UNIQUE CHECK (c > 0), d int, CHECK (c < d), CHECK (d > c));
            CREATE TABLE a (b_c int REFERENCES a_b, b int, c int, UNIQUE (b, c), UNIQUE (b_c), CHECK (b <> c));
            CREATE INDEX ON a (b, lower(c::text), (b + c)) INCLUDE (b_c);
            CREATE TABLE the_table_with_a_name_that_is_very_long_indeed_and_then_some (a_column_with_a_long_name int UNIQUE);
            """).Sound();

        Assert.Equal(["a_b_c_check", "a_b_check", "a_b_check1"], model.Tables[0].Checks.Select(c => c.Name));
        Assert.Equal("a_b_c_key", model.Tables[0].UniqueKeys[0].Name);
        Assert.Equal(["a_b_c_key1", "a_b_c_key2"], model.Tables[1].UniqueKeys.Select(k => k.Name));
        Assert.Equal("a_b_c_fkey", model.Tables[1].ForeignKeys[0].Name);
        Assert.Equal("a_b_lower_expr_b_c_idx", model.Tables[1].Indexes[0].Name);
        Assert.Equal("the_table_with_a_name_that_is_ver_a_column_with_a_long_name_key", model.Tables[2].UniqueKeys[0].Name);
    }

    [Fact]
    public void A_sequence_that_numbers_one_column_is_its_identity_owned_or_not()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE SEQUENCE a_seq START WITH 5 INCREMENT BY 2;
            CREATE TABLE a (id int NOT NULL);
            ALTER SEQUENCE a_seq OWNED BY a.id;
            ALTER TABLE ONLY a ALTER COLUMN id SET DEFAULT nextval('public.a_seq'::regclass);
            CREATE SEQUENCE app.b_seq;
            CREATE TABLE b (id bigint DEFAULT nextval('app.B_SEQ') PRIMARY KEY);
            ALTER SEQUENCE app.b_seq RENAME TO c_seq;
            ALTER SEQUENCE app.c_seq RESTART WITH 9;
            """).Sound();

        Assert.Equal(new IdentityDefinition(5, 2), model.Tables[0].Columns[0].Identity);
        Assert.Equal(new IdentityDefinition(9), model.Tables[1].Columns[0].Identity);
        Assert.All(model.Tables, t => Assert.Null(t.Columns[0].Default));
        Assert.Empty(model.Sequences);
    }

    [Fact]
    public void A_sequence_that_several_columns_share_stays_one()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE SEQUENCE s START 100;
            CREATE TABLE a (id int PRIMARY KEY DEFAULT nextval('s'));
            CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('s'));
            """).Sound();

        Assert.All(model.Tables, t => Assert.Equal(("next_value('s')", null), (t.Columns[0].Default?.ToString(), t.Columns[0].Identity)));
        Assert.Equal([new Sequence(null, "s", 100, 1)], model.Sequences);
    }

    [Fact]
    public void The_sequence_of_a_serial_column_can_be_changed_and_shared()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE TABLE a (id serial PRIMARY KEY);
            ALTER SEQUENCE a_id_seq RESTART WITH 1000;
            CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('a_id_seq'));
            """).Sound();

        Assert.All(model.Tables, t => Assert.Equal(new IdentityDefinition(1000), t.Columns[0].Identity));
    }

    [Fact]
    public void A_domain_gives_its_columns_type_default_and_checks()
    {
        var table = Compiled.PostgreSql(
            """
            CREATE DOMAIN amount AS numeric(8,2) DEFAULT 1 NOT NULL CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 1000);
            CREATE DOMAIN price AS amount;
            CREATE DOMAIN tags AS text[];
            CREATE TABLE t (a price, b price DEFAULT 5, c tags);
            ALTER DOMAIN amount DROP CONSTRAINT small;
            ALTER DOMAIN amount ADD CONSTRAINT odd CHECK (VALUE <> 2);
            """).Table("t");

        Assert.Equal((SqlTypeKind.Decimal, 8, false, "1"), (table.Columns[0].Type, table.Columns[0].Precision, table.Columns[0].Nullable, table.Columns[0].Default?.ToString()));
        Assert.Equal("5", table.Columns[1].Default?.ToString());
        Assert.Equal((SqlTypeKind.Array, SqlTypeKind.Text), (table.Columns[2].Type, table.Columns[2].Element));
        Assert.Equal(
            [("t_a_amount_check", "a > 0"), ("t_a_odd", "a <> 2"), ("t_b_amount_check", "b > 0"), ("t_b_odd", "b <> 2")],
            table.Checks.Select(c => (c.Name, c.Expression.ToString())));
    }

    [Fact]
    public void Columns_follow_what_becomes_of_their_enum()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE TYPE mood AS ENUM ('sad', 'happy');
            CREATE TABLE t (m mood DEFAULT 'sad', n mood[]);
            ALTER TYPE mood ADD VALUE 'ok' BEFORE 'happy';
            ALTER TYPE mood ADD VALUE 'great';
            ALTER TYPE mood RENAME VALUE 'sad' TO 'down';
            ALTER TYPE mood RENAME TO feeling;
            CREATE TYPE mood AS ENUM ('new');
            CREATE TABLE u (m mood, n feeling);
            ALTER TYPE feeling SET SCHEMA app;
            """).Sound();

        var (t, u) = (model.Tables[0], model.Tables[1]);
        Assert.Equal(["down", "ok", "happy", "great"], t.Columns[0].EnumValues);
        Assert.Equal("'down'", t.Columns[0].Default?.ToString());
        Assert.Equal((SqlTypeKind.Array, SqlTypeKind.Enum, "down ok happy great"), (t.Columns[1].Type, t.Columns[1].Element, string.Join(' ', t.Columns[1].EnumValues)));
        Assert.Equal(["new", "down ok happy great"], u.Columns.Select(c => string.Join(' ', c.EnumValues)));
    }

    [Fact]
    public void Casts_of_text_to_text_are_gone_and_others_stay()
    {
        var table = Compiled.PostgreSql(
            """
            CREATE TYPE mood AS ENUM ('sad');
            CREATE TABLE t (a varchar(9), n int, m mood,
              CHECK (((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))),
              CHECK (((m)::text <> ''::text)), CHECK (((n)::text <> ''::text)));
            CREATE UNIQUE INDEX i ON t (lower((a)::text)) WHERE ((a)::text <> ''::text);
            """).Table("t");

        Assert.Equal(["a in ('x', 'y')", "m <> ''", "cast(n as text) <> ''"], table.Checks.Select(c => c.Expression.ToString()));
        Assert.Equal(("lower(a)", "a <> ''"), (table.Indexes[0].Parts[0].Expression.ToString(), table.Indexes[0].Filter?.ToString()));
    }

    [Fact]
    public void A_child_has_the_columns_and_checks_of_its_parents()
    {
        var compiled = Compiled.PostgreSql(
            """
            CREATE TABLE vehicles (id serial PRIMARY KEY, wheels int NOT NULL DEFAULT 4, CONSTRAINT wheeled CHECK (wheels > 0));
            CREATE TABLE loads (load int);
            CREATE TABLE trucks (wheels int DEFAULT 6, plate text UNIQUE, PRIMARY KEY (id)) INHERITS (vehicles, loads);
            CREATE TABLE bikes () INHERITS (vehicles);
            """);

        Assert.Equal(["vehicles", "loads", "trucks"], compiled.Model!.Tables.Select(t => t.Name));
        var trucks = compiled.Model.Tables[2];
        Assert.Equal(["id", "wheels", "load", "plate"], trucks.Columns.Select(c => c.Name));
        Assert.Equal(("6", false), (trucks.Columns[1].Default?.ToString(), trucks.Columns[1].Nullable));
        Assert.Equal(["wheeled"], trucks.Checks.Select(c => c.Name));
        Assert.Equal("trucks_pkey", trucks.PrimaryKey?.Name);
    }

    [Fact]
    public void A_copy_has_what_it_is_said_to_include()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text DEFAULT 'x' UNIQUE CHECK (n <> ''), g int GENERATED ALWAYS AS (1) STORED);
            COMMENT ON COLUMN a.n IS 'name';
            CREATE TABLE b (LIKE a, extra int);
            CREATE TABLE c (first int, LIKE a INCLUDING ALL EXCLUDING COMMENTS);
            """).Sound();

        var (b, c) = (model.Tables[1], model.Tables[2]);
        Assert.Equal(["id", "n", "g", "extra"], b.Columns.Select(column => column.Name));
        Assert.Equal((false, null, null), (b.Columns[0].Nullable, b.Columns[0].Identity, b.Columns[1].Default));
        Assert.Null(b.PrimaryKey);
        Assert.Empty(b.Checks);
        Assert.Equal(["first", "id", "n", "g"], c.Columns.Select(column => column.Name));
        Assert.Equal(("c_pkey", "c_n_key", "a_n_check", "1", null), (c.PrimaryKey?.Name, c.UniqueKeys[0].Name, c.Checks[0].Name, c.Columns[3].Generated?.Expression.ToString(), c.Columns[2].Comment));
    }

    [Fact]
    public void A_partition_is_no_table_and_what_is_said_of_it_does_not_matter()
    {
        var compiled = Compiled.PostgreSql(
            """
            CREATE TABLE p (id int, at date) PARTITION BY RANGE (at);
            CREATE TABLE p1 (id int, at date);
            ALTER TABLE ONLY p ATTACH PARTITION p1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE TABLE p2 PARTITION OF p DEFAULT;
            ALTER TABLE ONLY p1 ADD CONSTRAINT p1_pkey PRIMARY KEY (id);
            CREATE INDEX p2_id ON p2 (id);
            COMMENT ON TABLE p2 IS 'rest';
            ALTER INDEX p_id ATTACH PARTITION p2_id;
            ALTER INDEX p2_id RENAME TO p2_id2;
            DROP INDEX p2_id2;
            DROP TABLE p2;
            """);

        Assert.Equal(["p"], compiled.Model!.Tables.Select(t => t.Name));
    }

    [Fact]
    public void What_cascades_takes_foreign_keys_with_it()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE TABLE a (id int PRIMARY KEY, u int UNIQUE);
            CREATE TABLE c (id int PRIMARY KEY);
            CREATE TABLE b (x int REFERENCES a, y int REFERENCES a (u), z int REFERENCES c);
            ALTER TABLE a DROP CONSTRAINT a_pkey CASCADE;
            ALTER TABLE a DROP COLUMN u CASCADE;
            DROP TABLE c CASCADE;
            """).Sound();

        Assert.Empty(model.Tables.Single(t => t.Name == "b").ForeignKeys);
    }

    [Fact]
    public void An_index_becomes_a_key_and_is_renamed()
    {
        var table = Compiled.PostgreSql(
            """
            CREATE TABLE t (a int NOT NULL, b int);
            CREATE UNIQUE INDEX i ON t (a);
            CREATE UNIQUE INDEX j ON t (b, a);
            ALTER TABLE t ADD CONSTRAINT t_pk PRIMARY KEY USING INDEX i;
            ALTER TABLE t ADD UNIQUE USING INDEX j;
            ALTER INDEX t_pk RENAME TO the_key;
            """).Table("t");

        Assert.Equal(("the_key", "j"), (table.PrimaryKey?.Name, table.UniqueKeys.Single().Name));
    }

    [Fact]
    public void A_schema_is_renamed_with_its_tables()
    {
        var model = Compiled.PostgreSql(
            """
            CREATE SCHEMA a;
            CREATE TABLE a.t (id int PRIMARY KEY);
            CREATE TABLE u (t int REFERENCES a.t);
            ALTER SCHEMA a RENAME TO b;
            ALTER TABLE u SET SCHEMA b;
            COMMENT ON TABLE b.t IS 'x';
            """).Sound();

        Assert.Equal([("b", "t", "x"), ("b", "u", null)], model.Tables.Select(t => (t.Schema, t.Name, t.Comment)));
        Assert.Equal(("b", "t"), (model.Tables[1].ForeignKeys[0].ReferencedSchema, model.Tables[1].ForeignKeys[0].ReferencedTable));
    }

    [Fact]
    public void A_type_is_changed_and_the_rest_of_the_column_stays()
    {
        var column = Compiled.PostgreSql(
            """
            CREATE TABLE t (a int NOT NULL DEFAULT 5);
            ALTER TABLE t ALTER a TYPE bigint USING a::bigint;
            """).Table("t").Columns[0];

        Assert.Equal((SqlTypeKind.BigInt, false, "5"), (column.Type, column.Nullable, column.Default?.ToString()));
    }

    [Theory]
    [InlineData("CREATE TABLE t (a int DEFAULT nextval('s'));", "(1,31): error SD2035: There is no sequence 's'.")]
    [InlineData("CREATE SEQUENCE order_seq; CREATE TABLE t (a int); ALTER SEQUENCE ordr_seq RESTART;  ALTER SEQUENCE ordr_seq RESTART 5;", "(1,101): error SD2035: There is no sequence 'ordr_seq'. Did you mean 'order_seq'?")]
    [InlineData("CREATE TABLE t (a mod); CREATE TYPE mood AS ENUM ('a');", "(1,19): error SD1006: Unknown type 'mod'. Did you mean 'mood'?")]
    [InlineData("CREATE TYPE m AS ENUM ('a'); CREATE TABLE t (a m); ALTER TYPE m ADD VALUE 'a';", "(1,52): error SD2036: The type 'm' has a member 'a' already.")]
    [InlineData("CREATE TYPE m AS ENUM ('ab'); CREATE TABLE t (a m); ALTER TYPE m ADD VALUE 'c' AFTER 'ac';", "(1,53): error SD2037: The type 'm' has no member 'ac'. Did you mean 'ab'?")]
    [InlineData("CREATE TABLE t (a int); ALTER TYPE nothing ADD VALUE 'a';", "(1,36): error SD2019: There is no type 'nothing'.")]
    [InlineData("CREATE TABLE t (a int); ALTER TABLE t ADD PRIMARY KEY USING INDEX i;", "(1,67): error SD2006: Table 't' has no unique index 'i'.")]
    [InlineData("CREATE TABLE t (a int); ALTER INDEX i RENAME TO j;", "(1,37): error SD2030: There is no index 'i'.")]
    [InlineData("CREATE TABLE t (a json, UNIQUE (a));", "(1,33): error SD2014: Column 'a' of type json cannot be part of a unique key.")]
    [InlineData("CREATE TABLE t (a int REFERENCES u); CREATE TABLE u (a int);", "(1,34): error SD2033: The foreign key of 't' names no columns of 'u', which has no primary key it could refer to.")]
    [InlineData("CREATE TABLE t (\"A\" int, CHECK (A > 0));", "(1,26): error SD2016: The check of table 't' names column 'a', which the table does not have. Did you mean 'A'?")]
    public void A_mistake_is_reported_where_it_is(string sql, string message) => Assert.Equal([message], Compiled.PostgreSql(sql).Messages);
}
