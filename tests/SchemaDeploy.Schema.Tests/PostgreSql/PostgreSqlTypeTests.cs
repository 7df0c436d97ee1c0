using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlTypeTests
{
    [Theory]
    [InlineData("smallint", "smallint")]
    [InlineData("int2", "smallint")]
    [InlineData("integer", "int")]
    [InlineData("INT", "int")]
    [InlineData("int4", "int")]
    [InlineData("bigint", "bigint")]
    [InlineData("pg_catalog.int8", "bigint")]
    [InlineData("oid", "int unsigned")]
    [InlineData("numeric", "decimal")]
    [InlineData("numeric(10)", "decimal(10,0)")]
    [InlineData("numeric(10, 2)", "decimal(10,2)")]
    [InlineData("decimal(2,4)", "decimal(4,4)")]
    [InlineData("numeric(3,-2)", "decimal(3,0)")]
    [InlineData("dec(5,1)", "decimal(5,1)")]
    [InlineData("money", "decimal(19,2)")]
    [InlineData("real", "real")]
    [InlineData("float4", "real")]
    [InlineData("float(24)", "real")]
    [InlineData("float(25)", "double")]
    [InlineData("float", "double")]
    [InlineData("double precision", "double")]
    [InlineData("float8", "double")]
    [InlineData("boolean", "boolean")]
    [InlineData("bool", "boolean")]
    [InlineData("char", "char(1)")]
    [InlineData("character(5)", "char(5)")]
    [InlineData("national char(5)", "char(5)")]
    [InlineData("bpchar", "char")]
    [InlineData("\"char\"", "char(1)")]
    [InlineData("varchar", "varchar")]
    [InlineData("varchar (25)", "varchar(25)")]
    [InlineData("character varying(50)", "varchar(50)")]
    [InlineData("char varying(5)", "varchar(5)")]
    [InlineData("name", "varchar(63)")]
    [InlineData("text", "text")]
    [InlineData("citext", "text")]
    [InlineData("extensions.citext", "text")]
    [InlineData("bytea", "blob")]
    [InlineData("bit", "boolean")]
    [InlineData("bit(1)", "boolean")]
    [InlineData("\"bit\"(8)", "bit(8)")]
    [InlineData("date", "date")]
    [InlineData("time", "time")]
    [InlineData("time(3) without time zone", "time(3)")]
    [InlineData("timestamp", "datetime")]
    [InlineData("timestamp(6)", "datetime(6)")]
    [InlineData("timestamp without time zone", "datetime")]
    [InlineData("timestamp with time zone", "timestamp")]
    [InlineData("timestamp(3) with time zone", "timestamp(3)")]
    [InlineData("timestamptz(0)", "timestamp(0)")]
    [InlineData("interval", "interval")]
    [InlineData("interval day to second(3)", "interval(3)")]
    [InlineData("interval year", "interval")]
    [InlineData("uuid", "uuid")]
    [InlineData("json", "json")]
    [InlineData("JSONB", "json")]
    [InlineData("xml", "xml")]
    [InlineData("tsvector", "other")]
    [InlineData("point", "spatial")]
    [InlineData("geometry(Point, 4326)", "spatial")]
    [InlineData("public.geography", "spatial")]
    [InlineData("text[]", "array of text")]
    [InlineData("integer[3]", "array of int")]
    [InlineData("varchar(20)[]", "array of varchar(20)")]
    [InlineData("timestamp with time zone[]", "array of timestamp")]
    [InlineData("int ARRAY", "array of int")]
    [InlineData("int ARRAY[4]", "array of int")]
    public void A_type_is_known_in_all_its_spellings(string written, string neutral)
    {
        var type = PostgreSqlScript.Column($"a {written}").Type!;

        Assert.Equal(neutral, Print(type));
        Assert.Equal(WithoutBlanks(written), WithoutBlanks(type.NativeName));
    }

    [Theory]
    [InlineData("inet", "varchar(49)", "text")]
    [InlineData("cidr", "varchar(49)", "text")]
    [InlineData("macaddr", "varchar(17)", "text")]
    [InlineData("macaddr8", "varchar(23)", "text")]
    [InlineData("bit varying(5)", "varchar(5)", "text")]
    [InlineData("timetz", "time", "a time without its zone")]
    [InlineData("time with time zone", "time", "a time without its zone")]
    [InlineData("int4range", "text", "text")]
    [InlineData("tstzmultirange", "text", "text")]
    [InlineData("hstore", "json", "a JSON object")]
    [InlineData("public.ltree", "text", "text")]
    [InlineData("vector(3)", "array of real", "a list of numbers")]
    [InlineData("inet[]", "array of varchar(49)", "a list of text")]
    [InlineData("int[][]", "json", "a JSON document")]
    public void A_type_of_PostgreSQL_alone_is_kept_as_another_and_said_to_be(string written, string neutral, string keptAs)
    {
        var script = PostgreSqlScript.Read($"CREATE TABLE t (a {written});");

        Assert.Equal(
            [$"schema.sql(1,17): warning SD1303: Column 'a' of type {written} is kept as {keptAs}: no other database has the type."],
            script.Messages);
        Assert.Equal(neutral, Print(script.Single<CreateTable>().Columns[0].Type!));
    }

    [Theory]
    [InlineData("smallserial", "smallint")]
    [InlineData("serial2", "smallint")]
    [InlineData("serial", "int")]
    [InlineData("SERIAL4", "int")]
    [InlineData("bigserial", "bigint")]
    [InlineData("serial8", "bigint")]
    public void A_serial_column_is_numbered_and_required(string written, string neutral)
    {
        var column = PostgreSqlScript.Column($"a {written}");

        Assert.Equal(neutral, Print(column.Type!));
        Assert.Equal(new IdentityDefinition(), column.Identity);
        Assert.False(column.Nullable);
    }

    [Theory]
    [InlineData("mood", "mood")]
    [InlineData("app.mood", "app.mood")]
    [InlineData("\"Mood\"", "Mood")]
    [InlineData("MOOD", "mood")]
    [InlineData("mood[]", "mood")]
    public void Other_types_are_the_scripts_own(string written, string name)
    {
        var type = PostgreSqlScript.Column($"a {written}").Type!;

        Assert.Equal(name, (type.Element ?? type).UserType!.ToString());
    }

    [Theory]
    [InlineData("a datetime", "schema.sql(1,19): error SD1006: Unknown type 'datetime'. In PostgreSQL it is timestamp.")]
    [InlineData("a tinyint", "schema.sql(1,19): error SD1006: Unknown type 'tinyint'. In PostgreSQL it is smallint.")]
    [InlineData("a integr", "schema.sql(1,19): error SD1006: Unknown type 'integr'. Did you mean 'integer'?")]
    [InlineData("a int(11)", "schema.sql(1,22): error SD1004: Syntax error: int takes nothing in parentheses.")]
    [InlineData("a numeric(0)", "schema.sql(1,27): error SD1004: Syntax error: a numeric has 1 to 1000 digits.")]
    [InlineData("a varchar(x)", "schema.sql(1,27): error SD1004: Syntax error: expected a whole number, found 'x'.")]
    public void A_mistaken_type_is_an_error_that_says_what_was_meant(string column, string message) =>
        Assert.Equal([message], PostgreSqlScript.Read($"CREATE TABLE t ({column});").Messages);

    [Fact]
    public void The_scripts_own_type_wins_over_one_of_an_extension() =>
        Assert.NotNull(PostgreSqlScript.ReadClean("CREATE DOMAIN app.citext AS int; CREATE TABLE t (a app.citext);")
            .Statements.OfType<CreateTable>().Single().Columns[0].Type!.UserType);

    [Fact]
    public void A_type_of_an_unknown_extension_is_kept_and_not_understood()
    {
        var column = PostgreSqlScript.ReadClean("CREATE EXTENSION pg_roaring; CREATE TABLE t (a public.roaringbitmap);")
            .Statements.OfType<CreateTable>().Single().Columns[0];

        Assert.Equal((SqlTypeKind.Other, "public.roaringbitmap", null), (column.Type!.Kind, column.Type.NativeName, column.Type.UserType));
    }

    private static string WithoutBlanks(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static string Print(SqlType type) => type.Element is { } element
        ? $"array of {NeutralTypes.Print(element)}"
        : NeutralTypes.Print(type) + (type.Unsigned ? " unsigned" : "");
}
