using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlTypeTests
{
    [Theory]
    [InlineData("bigint", "bigint")]
    [InlineData("int", "int")]
    [InlineData("INTEGER", "int")]
    [InlineData("smallint", "smallint")]
    [InlineData("bit", "boolean")]
    [InlineData("decimal", "decimal(18,0)")]
    [InlineData("dec(9)", "decimal(9,0)")]
    [InlineData("decimal(19, 4)", "decimal(19,4)")]
    [InlineData("numeric(10,2)", "decimal(10,2)")]
    [InlineData("money", "decimal(19,4)")]
    [InlineData("smallmoney", "decimal(10,4)")]
    [InlineData("float", "double")]
    [InlineData("float(53)", "double")]
    [InlineData("float(24)", "real")]
    [InlineData("double precision", "double")]
    [InlineData("real", "real")]
    [InlineData("char", "char(1)")]
    [InlineData("char(2)", "char(2)")]
    [InlineData("nchar(3)", "char(3)")]
    [InlineData("varchar", "varchar(1)")]
    [InlineData("varchar(255)", "varchar(255)")]
    [InlineData("VARCHAR (128)", "varchar(128)")]
    [InlineData("nvarchar(50)", "varchar(50)")]
    [InlineData("character varying(5)", "varchar(5)")]
    [InlineData("national character varying(7)", "varchar(7)")]
    [InlineData("[nvarchar](100)", "varchar(100)")]
    [InlineData("varchar(max)", "text")]
    [InlineData("nvarchar(MAX)", "text")]
    [InlineData("text", "text")]
    [InlineData("ntext", "text")]
    [InlineData("sysname", "varchar(128)")]
    [InlineData("binary(16)", "binary(16)")]
    [InlineData("varbinary(20)", "varbinary(20)")]
    [InlineData("varbinary(max)", "blob")]
    [InlineData("image", "blob")]
    [InlineData("date", "date")]
    [InlineData("time", "time(7)")]
    [InlineData("time(0)", "time(0)")]
    [InlineData("datetime", "datetime(3)")]
    [InlineData("smalldatetime", "datetime(0)")]
    [InlineData("datetime2", "datetime(7)")]
    [InlineData("datetime2(3)", "datetime(3)")]
    [InlineData("datetimeoffset", "timestamp(7)")]
    [InlineData("datetimeoffset(0)", "timestamp(0)")]
    [InlineData("uniqueidentifier", "uuid")]
    [InlineData("rowversion", "rowversion")]
    [InlineData("timestamp", "rowversion")]
    [InlineData("xml", "xml")]
    [InlineData("json", "json")]
    public void A_type_has_its_neutral_form(string written, string neutral)
    {
        var type = TSqlScript.Column($"c {written}").Type!;

        Assert.Equal(neutral, NeutralTypes.Print(type));
        Assert.Equal(written, type.NativeName);
        Assert.Null(type.UserType);
    }

    [Fact]
    public void Tinyint_has_no_sign()
    {
        var type = TSqlScript.Column("c tinyint").Type!;

        Assert.Equal((SqlTypeKind.TinyInt, true), (type.Kind, type.Unsigned));
    }

    [Theory]
    [InlineData("hierarchyid", SqlTypeKind.Other)]
    [InlineData("sys.hierarchyid", SqlTypeKind.Other)]
    [InlineData("sql_variant", SqlTypeKind.Other)]
    [InlineData("geography", SqlTypeKind.Spatial)]
    [InlineData("[sys].[geometry]", SqlTypeKind.Spatial)]
    public void A_type_without_a_counterpart_is_kept_and_warned_of(string written, SqlTypeKind kind)
    {
        var script = TSqlScript.Read($"CREATE TABLE t (Place {written})");

        Assert.Equal(kind, Assert.Single(script.Single<CreateTable>().Columns).Type!.Kind);
        Assert.Equal(
            $"schema.sql(1,23): warning SD1201: Column 'Place' is kept, but the API does not expose it: no other database has the type {written}.",
            Assert.Single(script.Messages));
    }

    [Fact]
    public void A_schema_collection_is_warned_of_and_the_xml_is_kept()
    {
        var script = TSqlScript.Read("CREATE TABLE t (c xml(CONTENT dbo.Resumes))");
        var type = script.Single<CreateTable>().Columns[0].Type!;

        Assert.Equal((SqlTypeKind.Xml, "xml"), (type.Kind, type.NativeName));
        Assert.Equal(
            "schema.sql(1,31): warning SD1009: The schema collection 'dbo.Resumes' is not carried over. The column holds any XML.",
            Assert.Single(script.Messages));
    }

    [Fact]
    public void A_name_that_is_no_built_in_is_left_to_the_script()
    {
        var type = TSqlScript.Column("c dbo.Phone NOT NULL").Type!;

        Assert.Equal(("dbo", "Phone"), (type.UserType!.Schema, type.UserType.Name));
    }

    [Theory]
    [InlineData("sysname", false)]
    [InlineData("sysname NULL", true)]
    [InlineData("int", null)]
    [InlineData("int NOT NULL", false)]
    [InlineData("int NULL", true)]
    public void Nullability_is_what_is_written_or_the_types_own(string written, bool? nullable) =>
        Assert.Equal(nullable, TSqlScript.Column($"c {written}").Nullable);

    [Theory]
    [InlineData("varchar(0)", "1 to 8000")]
    [InlineData("nvarchar(4001)", "1 to 4000")]
    [InlineData("decimal(39)", "1 to 38")]
    [InlineData("datetime2(8)", "0 to 7")]
    public void A_length_out_of_range_is_an_error_at_the_number(string written, string range)
    {
        var error = Assert.Single(TSqlScript.Read($"CREATE TABLE t (c {written})").Diagnostics);

        Assert.Equal(("SD1004", 20 + written.IndexOf('(', StringComparison.Ordinal)), (error.Code, error.Span.Column));
        Assert.Contains($"must have a number from {range}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_all_numbers_is_an_error() =>
        Assert.Equal("SD1004", Assert.Single(TSqlScript.Read("CREATE TABLE t (c varchar(99999999999999999999))").Diagnostics).Code);

    [Theory]
    [InlineData("CREATE TYPE dbo.Phone FROM nvarchar(25) NOT NULL", "dbo.Phone", "varchar(25)", false)]
    [InlineData("CREATE TYPE Flag FROM bit", "Flag", "boolean", null)]
    [InlineData("CREATE TYPE Name FROM varchar(9) NULL", "Name", "varchar(9)", true)]
    [InlineData("execute sp_addtype id ,'varchar(11)' ,'NOT NULL'", "id", "varchar(11)", false)]
    [InlineData("EXEC sp_addtype N'code', N'char(6)'", "code", "char(6)", null)]
    [InlineData("EXEC sys.sp_addtype @typename = 'x', @phystype = 'decimal(5,2)', @nulltype = 'null'", "x", "decimal(5,2)", true)]
    [InlineData("EXEC sp_addtype birthday, datetime", "birthday", "datetime(3)", null)]
    public void An_alias_type_is_created(string sql, string name, string type, bool? nullable)
    {
        var created = TSqlScript.ReadClean(sql).Single<CreateType>();

        Assert.Equal((name, type, nullable), (created.Name.ToString(), NeutralTypes.Print(created.Type), created.Nullable));
    }

    [Fact]
    public void A_column_of_an_alias_type_names_it()
    {
        var script = TSqlScript.ReadClean("EXEC sp_addtype 'id', 'varchar(11)'\nCREATE TABLE t (c id, d [id])");

        Assert.All(script.Statements.OfType<CreateTable>().Single().Columns, c => Assert.Equal("id", c.Type!.UserType!.Name));
    }

    [Fact]
    public void A_type_is_dropped() =>
        Assert.Equal("dbo.Phone", TSqlScript.ReadClean("DROP TYPE IF EXISTS dbo.Phone").Single<DropType>().Name.ToString());
}
