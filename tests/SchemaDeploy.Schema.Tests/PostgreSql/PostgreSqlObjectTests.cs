using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

/// <summary>Types, domains and sequences.</summary>
public sealed class PostgreSqlObjectTests
{
    [Fact]
    public void An_enum_has_its_values_in_order() =>
        Assert.Equal(
            ["a", "it's", ""],
            PostgreSqlScript.ReadClean("CREATE TYPE app.mood AS ENUM ('a', 'it''s', '');").Single<CreateType>().Type.Values);

    [Theory]
    [InlineData("CREATE TYPE t AS (a int, b text);", SqlTypeKind.Json, "a JSON document", "composite")]
    [InlineData("CREATE TYPE t AS RANGE (subtype = float8);", SqlTypeKind.Text, "text", "range")]
    public void Types_without_a_counterpart_are_kept_as_others(string sql, SqlTypeKind kind, string keptAs, string what)
    {
        var script = PostgreSqlScript.Read(sql);

        Assert.Equal(kind, Assert.Single(script.Statements.OfType<CreateType>()).Type.Kind);
        Assert.Equal([$"schema.sql(1,13): warning SD1304: Type 't' is kept as {keptAs}: no other database has {what} types."], script.Messages);
    }

    [Theory]
    [InlineData("CREATE TYPE t;")]
    [InlineData("CREATE TYPE t (INPUT = f, OUTPUT = g, LIKE = int8);")]
    public void A_base_type_is_known_and_not_understood(string sql) =>
        Assert.Equal(SqlTypeKind.Other, PostgreSqlScript.ReadClean(sql).Single<CreateType>().Type.Kind);

    [Fact]
    public void A_domain_has_a_base_type_a_default_and_checks()
    {
        var domain = PostgreSqlScript.ReadClean(
            "CREATE DOMAIN app.year AS integer DEFAULT 2000 NOT NULL CONSTRAINT early CHECK (VALUE >= 1901) CHECK (VALUE <= 2155);").Single<CreateType>();

        Assert.Equal((SqlTypeKind.Int, false, "2000"), (domain.Type.Kind, domain.Nullable, domain.Default?.Expression.ToString()));
        Assert.Equal([("early", "value >= 1901"), (null, "value <= 2155")], domain.Checks.Select(c => (c.Name?.Text, c.Expression.ToString())));
    }

    [Theory]
    [InlineData("CREATE DOMAIN d text;", SqlTypeKind.Text)]
    [InlineData("CREATE DOMAIN d AS text[] COLLATE \"C\" NULL;", SqlTypeKind.Array)]
    [InlineData("CREATE DOMAIN d AS other_domain;", SqlTypeKind.Other)]
    public void A_domain_may_be_over_any_type(string sql, SqlTypeKind kind) =>
        Assert.Equal(kind, PostgreSqlScript.ReadClean(sql).Single<CreateType>().Type.Kind);

    [Fact]
    public void Types_are_altered()
    {
        var script = PostgreSqlScript.ReadClean(
            """
            ALTER TYPE t ADD VALUE IF NOT EXISTS 'b' BEFORE 'c';
            ALTER TYPE t ADD VALUE 'd' AFTER 'c';
            ALTER TYPE t RENAME VALUE 'a' TO 'z';
            ALTER TYPE t RENAME TO u;
            ALTER TYPE u SET SCHEMA app;
            ALTER TYPE u OWNER TO me;
            ALTER DOMAIN d SET DEFAULT 5;
            ALTER DOMAIN d DROP DEFAULT;
            ALTER DOMAIN d SET NOT NULL;
            ALTER DOMAIN d DROP NOT NULL;
            ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;
            ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c;
            ALTER DOMAIN d VALIDATE CONSTRAINT c;
            DROP TYPE IF EXISTS t, u CASCADE;
            DROP DOMAIN d;
            """);

        Assert.Equal(
            [
                typeof(AddEnumValue), typeof(AddEnumValue), typeof(RenameEnumValue), typeof(RenameType), typeof(RenameType), typeof(SetTypeDefault),
                typeof(SetTypeDefault), typeof(SetTypeNullable), typeof(SetTypeNullable), typeof(AddTypeCheck), typeof(DropTypeCheck),
            ],
            script.Statements.OfType<AlterType>().Select(a => a.Change.GetType()));
        Assert.Equal([("t", true), ("u", true), ("d", false)], script.Statements.OfType<DropType>().Select(d => (d.Name.Name, d.IfExists)));
    }

    [Theory]
    [InlineData("CREATE SEQUENCE s;", 1, 1)]
    [InlineData("CREATE TEMP SEQUENCE IF NOT EXISTS s AS bigint START WITH 100 INCREMENT BY 10 NO MINVALUE NO MAXVALUE CACHE 1 NO CYCLE OWNED BY t.a;", 100, 10)]
    [InlineData("CREATE SEQUENCE s START 5 MINVALUE 1 MAXVALUE 9223372036854775807 CYCLE;", 5, 1)]
    [InlineData("CREATE SEQUENCE s MINVALUE 7;", 7, 1)]
    [InlineData("CREATE SEQUENCE s INCREMENT -1 MINVALUE -100;", -1, -1)]
    public void A_sequence_says_where_it_starts_and_how_it_goes_on(string sql, long start, long increment)
    {
        var sequence = PostgreSqlScript.ReadClean(sql).Single<CreateSequence>();

        Assert.Equal((start, increment), (sequence.Start, sequence.Increment));
    }

    [Fact]
    public void Sequences_are_altered_and_dropped()
    {
        var script = PostgreSqlScript.ReadClean(
            """
            ALTER SEQUENCE IF EXISTS s RESTART WITH 50 INCREMENT BY 2;
            ALTER SEQUENCE s RENAME TO r;
            ALTER SEQUENCE s OWNED BY public.t.a;
            ALTER SEQUENCE s OWNER TO me;
            DROP SEQUENCE IF EXISTS s, app.r CASCADE;
            """);

        Assert.Equal([(50, 2, "s"), (null, null, "r")], script.Statements.OfType<AlterSequence>().Select(a => (a.Start, a.Increment, a.NewName.ToString())));
        Assert.Equal(["s", "app.r"], script.Statements.OfType<DropSequence>().Select(d => d.Name.ToString()));
    }

    [Theory]
    [InlineData("CREATE TYPE t AS ENUM ('a', b);", "schema.sql(1,29): error SD1004: Syntax error: expected a string, found 'b'.")]
    [InlineData("CREATE TYPE t AS ENUM 'a';", "schema.sql(1,23): error SD1004: Syntax error: expected '(', found the string 'a'.")]
    [InlineData("CREATE SEQUENCE s STRT 5;", "schema.sql(1,19): error SD1004: Syntax error: expected an option of the sequence, found 'STRT' (did you mean START?).")]
    [InlineData("CREATE SEQUENCE s INCREMENT BY x;", "schema.sql(1,32): error SD1004: Syntax error: expected a number, found 'x'.")]
    [InlineData("CREATE SEQUENCE s START 99999999999999999999;", "schema.sql(1,25): error SD1004: Syntax error: '99999999999999999999' is no number to count from.")]
    public void A_mistake_is_reported_where_it_is(string sql, string message) => Assert.Equal([message], PostgreSqlScript.Read(sql).Messages);
}
