using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlTypeTests
{
    [Theory]
    [InlineData("TINYINT", "tinyint")]
    [InlineData("TINYINT(4)", "tinyint")]
    [InlineData("tinyint(1)", "boolean")]
    [InlineData("TINYINT(1) UNSIGNED", "tinyint unsigned")]
    [InlineData("TINYINT UNSIGNED", "tinyint unsigned")]
    [InlineData("INT1", "tinyint")]
    [InlineData("BOOL", "boolean")]
    [InlineData("BOOLEAN", "boolean")]
    [InlineData("BIT", "boolean")]
    [InlineData("BIT(1)", "boolean")]
    [InlineData("BIT(8)", "bit(8)")]
    [InlineData("SMALLINT(6)", "smallint")]
    [InlineData("INT2", "smallint")]
    [InlineData("MEDIUMINT(8) UNSIGNED", "int unsigned")]
    [InlineData("MIDDLEINT", "int")]
    [InlineData("INT", "int")]
    [InlineData("INT(11)", "int")]
    [InlineData("INTEGER", "int")]
    [InlineData("INT4", "int")]
    [InlineData("int(10) unsigned", "int unsigned")]
    [InlineData("INT(5) ZEROFILL", "int unsigned")]
    [InlineData("INT SIGNED", "int")]
    [InlineData("BIGINT(20)", "bigint")]
    [InlineData("INT8", "bigint")]
    [InlineData("BIGINT UNSIGNED", "bigint unsigned")]
    [InlineData("DECIMAL", "decimal(10,0)")]
    [InlineData("DECIMAL(5)", "decimal(5,0)")]
    [InlineData("DECIMAL(10,2)", "decimal(10,2)")]
    [InlineData("DECIMAL(10, 2) UNSIGNED", "decimal(10,2) unsigned")]
    [InlineData("DEC(4,1)", "decimal(4,1)")]
    [InlineData("NUMERIC(19,4)", "decimal(19,4)")]
    [InlineData("FIXED(6,3)", "decimal(6,3)")]
    [InlineData("FLOAT", "real")]
    [InlineData("FLOAT(7,4)", "real")]
    [InlineData("FLOAT(24)", "real")]
    [InlineData("FLOAT(53)", "double")]
    [InlineData("FLOAT8", "double")]
    [InlineData("DOUBLE", "double")]
    [InlineData("DOUBLE PRECISION", "double")]
    [InlineData("DOUBLE(8,2)", "double")]
    [InlineData("REAL", "double")]
    [InlineData("CHAR", "char(1)")]
    [InlineData("CHAR(36)", "char(36)")]
    [InlineData("CHARACTER(2)", "char(2)")]
    [InlineData("NCHAR(3)", "char(3)")]
    [InlineData("NATIONAL CHAR(3)", "char(3)")]
    [InlineData("CHAR(4) BYTE", "binary(4)")]
    [InlineData("CHAR(4) CHARACTER SET binary", "binary(4)")]
    [InlineData("VARCHAR(255)", "varchar(255)")]
    [InlineData("CHARACTER VARYING(20)", "varchar(20)")]
    [InlineData("CHAR VARYING(20)", "varchar(20)")]
    [InlineData("NVARCHAR(20)", "varchar(20)")]
    [InlineData("NATIONAL VARCHAR(20)", "varchar(20)")]
    [InlineData("NATIONAL CHARACTER VARYING(20)", "varchar(20)")]
    [InlineData("NCHAR VARCHAR(20)", "varchar(20)")]
    [InlineData("VARCHAR(40) BINARY", "varchar(40)")]
    [InlineData("TINYTEXT", "text(255)")]
    [InlineData("TEXT", "text(65535)")]
    [InlineData("TEXT(500)", "text(500)")]
    [InlineData("MEDIUMTEXT", "text(16777215)")]
    [InlineData("LONG VARCHAR", "text(16777215)")]
    [InlineData("LONG", "text(16777215)")]
    [InlineData("LONGTEXT", "text")]
    [InlineData("LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "text")]
    [InlineData("BINARY(16)", "binary(16)")]
    [InlineData("BINARY", "binary(1)")]
    [InlineData("VARBINARY(64)", "varbinary(64)")]
    [InlineData("TINYBLOB", "blob(255)")]
    [InlineData("BLOB", "blob(65535)")]
    [InlineData("MEDIUMBLOB", "blob(16777215)")]
    [InlineData("LONG VARBINARY", "blob(16777215)")]
    [InlineData("LONGBLOB", "blob")]
    [InlineData("DATE", "date")]
    [InlineData("TIME", "time(0)")]
    [InlineData("TIME(3)", "time(3)")]
    [InlineData("DATETIME", "datetime(0)")]
    [InlineData("DATETIME(6)", "datetime(6)")]
    [InlineData("TIMESTAMP", "timestamp(0)")]
    [InlineData("TIMESTAMP(3)", "timestamp(3)")]
    [InlineData("YEAR", "year")]
    [InlineData("YEAR(4)", "year")]
    [InlineData("JSON", "json")]
    [InlineData("UUID", "uuid")]
    [InlineData("INET6", "varchar(45)")]
    [InlineData("GEOMETRY", "spatial")]
    [InlineData("POINT NOT NULL SRID 4326", "spatial")]
    [InlineData("MULTIPOLYGON", "spatial")]
    public void A_type_is_read_in_every_spelling(string written, string expected)
    {
        var type = MySqlScript.Column($"c {written}").Type;

        Assert.NotNull(type);
        Assert.Equal(expected, NeutralTypes.Print(type) + (type.Unsigned ? " unsigned" : ""));
    }

    [Theory]
    [InlineData("c INT(11)  unsigned NOT NULL", "INT(11) unsigned")]
    [InlineData("c Decimal( 10 , 2 )", "Decimal(10,2)")]
    [InlineData("c enum('a', 'b') DEFAULT 'a'", "enum('a','b')")]
    [InlineData("c varchar(10) COLLATE utf8mb4_bin", "varchar(10)")]
    [InlineData("c double precision", "double precision")]
    public void The_native_name_is_the_type_as_written_with_its_blanks_evened(string column, string expected) =>
        Assert.Equal(expected, MySqlScript.Column(column).Type?.NativeName);

    [Theory]
    [InlineData("ENUM('USER', 'ADMIN')", SqlTypeKind.Enum, "USER|ADMIN")]
    [InlineData("enum('it''s','a\\'b',\"x\",'c ')", SqlTypeKind.Enum, "it's|a'b|x|c")]
    [InlineData("ENUM(_utf8mb4'ä',N'b') CHARACTER SET utf8mb4", SqlTypeKind.Enum, "ä|b")]
    [InlineData("SET('Trailers','Deleted Scenes')", SqlTypeKind.Set, "Trailers|Deleted Scenes")]
    public void Enums_and_sets_keep_their_values(string written, SqlTypeKind kind, string values)
    {
        var type = MySqlScript.Column($"c {written}").Type;

        Assert.NotNull(type);
        Assert.Equal(kind, type.Kind);
        Assert.Equal(values, string.Join('|', type.Values));
    }

    [Theory]
    [InlineData("c VARCHAR(10) COLLATE utf8mb4_bin NOT NULL")]
    [InlineData("c VARCHAR(10) NOT NULL COLLATE utf8mb4_bin")]
    [InlineData("c VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")]
    [InlineData("c VARCHAR(10) CHARSET utf8mb4 COLLATE 'utf8mb4_bin'")]
    public void A_collation_is_kept_wherever_it_stands(string column) =>
        Assert.Equal("utf8mb4_bin", MySqlScript.Column(column).Type?.Collation);

    [Fact]
    public void A_serial_is_a_numbered_unique_bigint()
    {
        var column = MySqlScript.Column("id SERIAL");

        Assert.Equal(SqlTypeKind.BigInt, column.Type?.Kind);
        Assert.True(column.Type?.Unsigned);
        Assert.False(column.Nullable);
        Assert.NotNull(column.Identity);
        Assert.IsType<UniqueDefinition>(Assert.Single(column.Constraints));
    }

    [Fact]
    public void A_numbered_tinyint_of_width_one_is_no_boolean() =>
        Assert.Equal(SqlTypeKind.TinyInt, MySqlScript.Column("id TINYINT(1) AUTO_INCREMENT PRIMARY KEY").Type?.Kind);

    [Fact]
    public void A_tinyint_of_width_one_that_starts_out_as_two_is_no_boolean()
    {
        var column = MySqlScript.Column("status TINYINT(1) NOT NULL DEFAULT 2");

        Assert.Equal(SqlTypeKind.TinyInt, column.Type?.Kind);
        Assert.Equal("2", column.Default?.Expression.ToString());
    }

    [Theory]
    [InlineData("data longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`data`))")]
    [InlineData("`data` LONGTEXT CHECK (JSON_VALID(DATA))")]
    public void The_way_MariaDB_keeps_json_is_json(string definition)
    {
        var column = MySqlScript.Column(definition);

        Assert.Equal(SqlTypeKind.Json, column.Type?.Kind);
        Assert.Empty(column.Constraints);
    }

    [Fact]
    public void Text_with_another_check_stays_text()
    {
        var column = MySqlScript.Column("data LONGTEXT CHECK (json_valid(data) AND data <> '')");

        Assert.Equal(SqlTypeKind.Text, column.Type?.Kind);
        Assert.Single(column.Constraints);
    }

    [Theory]
    [InlineData("VARCHR(10)", "Did you mean 'VARCHAR'?")]
    [InlineData("INTEGR", "Did you mean 'INTEGER'?")]
    [InlineData("UNIQUEIDENTIFIER", "In MySQL it is CHAR(36).")]
    [InlineData("jsonb", "In MySQL it is JSON.")]
    public void An_unknown_type_is_reported_with_what_may_be_meant(string type, string hint)
    {
        var script = MySqlScript.Read($"CREATE TABLE t (\n  id INT,\n  c {type} NOT NULL\n);");

        var message = Assert.Single(script.Messages);
        Assert.StartsWith("schema.sql(3,5): error SD1006: ", message, StringComparison.Ordinal);
        Assert.EndsWith(hint, message, StringComparison.Ordinal);
        Assert.Equal(2, script.Single<CreateTable>().Columns.Length);
    }

    [Fact]
    public void A_varchar_without_a_length_is_reported() =>
        Assert.Equal(
            ["schema.sql(1,19): error SD1102: VARCHAR needs a length, such as VARCHAR(255)."],
            MySqlScript.Read("CREATE TABLE t (c VARCHAR);").Messages);
}
