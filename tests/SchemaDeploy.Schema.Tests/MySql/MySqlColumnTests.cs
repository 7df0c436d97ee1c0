using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlColumnTests
{
    [Theory]
    [InlineData("INT DEFAULT 0", "0")]
    [InlineData("INT DEFAULT '7'", "7")]
    [InlineData("INT DEFAULT -1", "-1")]
    [InlineData("INT DEFAULT +1", "1")]
    [InlineData("INT DEFAULT TRUE", "1")]
    [InlineData("INT DEFAULT b'101'", "5")]
    [InlineData("INT DEFAULT 0x0F", "15")]
    [InlineData("DECIMAL(5,2) DEFAULT '0.00'", "0.00")]
    [InlineData("DECIMAL(5,2) DEFAULT 4.99", "4.99")]
    [InlineData("DOUBLE DEFAULT 1e3", "1e3")]
    [InlineData("YEAR DEFAULT '2000'", "2000")]
    [InlineData("TINYINT(1) DEFAULT 0", "false")]
    [InlineData("TINYINT(1) DEFAULT '1'", "true")]
    [InlineData("BOOLEAN DEFAULT TRUE", "true")]
    [InlineData("BIT(1) DEFAULT b'0'", "false")]
    [InlineData("BIT(1) DEFAULT b'1'", "true")]
    [InlineData("BIT(1) DEFAULT 0x01", "true")]
    [InlineData("BIT(8) DEFAULT b'101'", "'00000101'")]
    [InlineData("BIT(8) DEFAULT 170", "'10101010'")]
    [InlineData("BIT(4) DEFAULT 16", "0x10")]
    [InlineData("BIT(10) DEFAULT 513", "'1000000001'")]
    [InlineData("VARCHAR(10) DEFAULT ''", "''")]
    [InlineData("VARCHAR(10) DEFAULT 0", "'0'")]
    [InlineData("VARCHAR(10) DEFAULT 'it''s'", "'it''s'")]
    [InlineData("VARCHAR(10) DEFAULT \"x\"", "'x'")]
    [InlineData("VARCHAR(10) DEFAULT _utf8mb4'x'", "'x'")]
    [InlineData("VARCHAR(10) DEFAULT N'x'", "'x'")]
    [InlineData("VARCHAR(10) DEFAULT x'4142'", "'AB'")]
    [InlineData("VARCHAR(10) DEFAULT 'a' 'b'", "'ab'")]
    [InlineData("VARCHAR(10) DEFAULT 'a\\tb\\\\'", "'a\tb\\'")]
    [InlineData("BINARY(2) DEFAULT 'AB'", "0x4142")]
    [InlineData("BINARY(1) DEFAULT '\\0'", "0x00")]
    [InlineData("ENUM('a','b') DEFAULT 'b'", "'b'")]
    [InlineData("DATE DEFAULT '2020-01-31'", "'2020-01-31'")]
    [InlineData("DATE DEFAULT (CURRENT_DATE)", "today()")]
    [InlineData("TIMESTAMP DEFAULT CURRENT_TIMESTAMP", "now()")]
    [InlineData("DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6)", "now()")]
    [InlineData("DATETIME DEFAULT NOW()", "now()")]
    [InlineData("DATETIME DEFAULT current_timestamp()", "now()")]
    [InlineData("DATETIME DEFAULT LOCALTIME", "now()")]
    [InlineData("CHAR(36) DEFAULT (UUID())", "uuid()")]
    [InlineData("CHAR(36) DEFAULT uuid()", "uuid()")]
    [InlineData("JSON DEFAULT (JSON_ARRAY())", "json_array()")]
    [InlineData("BIGINT DEFAULT nextval(seq)", "next_value('seq')")]
    [InlineData("BIGINT DEFAULT (NEXT VALUE FOR db.seq)", "next_value('seq')")]
    [InlineData("DATETIME DEFAULT (NOW() + INTERVAL 1 DAY)", "now() + cast('1 day' as interval)")]
    [InlineData("INT DEFAULT (b)", "b")]
    [InlineData("INT DEFAULT (1 + 2 * 3)", "1 + (2 * 3)")]
    public void A_default_takes_the_form_of_its_type(string column, string expected) =>
        Assert.Equal(expected, MySqlScript.Column($"c {column}").Default?.Expression.ToString());

    [Theory]
    [InlineData("INT DEFAULT NULL")]
    [InlineData("INT NULL DEFAULT NULL")]
    [InlineData("INT")]
    public void A_default_of_null_is_no_default(string column) => Assert.Null(MySqlScript.Column($"c {column}").Default);

    [Theory]
    [InlineData("c INT", null)]
    [InlineData("c INT NULL", true)]
    [InlineData("c INT NOT NULL", false)]
    [InlineData("c INT DEFAULT 1 NOT NULL", false)]
    [InlineData("c INT AUTO_INCREMENT NOT NULL PRIMARY KEY", false)]
    public void Nullability_is_what_was_written(string column, bool? expected) =>
        Assert.Equal(expected, MySqlScript.Column(column).Nullable);

    [Theory]
    [InlineData("c TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")]
    [InlineData("c TIMESTAMP ON UPDATE CURRENT_TIMESTAMP DEFAULT CURRENT_TIMESTAMP")]
    [InlineData("c DATETIME(3) NOT NULL DEFAULT now(3) ON UPDATE now(3) COMMENT 'x'")]
    [InlineData("c timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()")]
    public void On_update_keeps_the_column_at_the_current_time(string definition)
    {
        var column = MySqlScript.Column(definition);

        Assert.True(column.OnUpdateNow);
        Assert.Equal("now()", column.Default?.Expression.ToString());
    }

    [Theory]
    [InlineData("c INT GENERATED ALWAYS AS (a + b)", "a + b", false)]
    [InlineData("c INT GENERATED ALWAYS AS (a + b) VIRTUAL NOT NULL", "a + b", false)]
    [InlineData("c INT AS (a + b) STORED", "a + b", true)]
    [InlineData("c INT AS (a + b) PERSISTENT UNIQUE COMMENT 'sum'", "a + b", true)]
    [InlineData("c BIGINT UNSIGNED GENERATED ALWAYS AS (json ->> '$.updatedAt') NOT NULL", "json_value(json, '$.updatedAt')", false)]
    [InlineData("c VARCHAR(16) AS (DATE_FORMAT(at, '%Y-%m-%d %H:%i'))", "date_trunc('minute', at)", false)]
    public void A_generated_column_keeps_its_expression(string definition, string expression, bool stored)
    {
        var generated = MySqlScript.Column(definition).Generated;

        Assert.Equal(expression, generated?.Expression.ToString());
        Assert.Equal(stored, generated?.Stored);
    }

    [Fact]
    public void Attributes_come_in_any_order()
    {
        var column = MySqlScript.Column(
            "`c` VARCHAR(45) COMMENT 'it''s' UNIQUE CHARACTER SET utf8 DEFAULT 'x' COLLATE utf8_bin NOT NULL");

        Assert.Equal("it's", column.Comment);
        Assert.Equal("utf8_bin", column.Type?.Collation);
        Assert.False(column.Nullable);
        Assert.Equal("'x'", column.Default?.Expression.ToString());
        Assert.Equal("c", Assert.Single(Assert.IsType<UniqueDefinition>(Assert.Single(column.Constraints)).Parts).Column);
    }

    [Theory]
    [InlineData("PRIMARY KEY")]
    [InlineData("KEY")]
    [InlineData("CONSTRAINT pk PRIMARY KEY")]
    public void A_column_may_be_the_primary_key(string attribute)
    {
        var column = MySqlScript.Column($"id BIGINT AUTO_INCREMENT {attribute}");

        Assert.Equal("id", Assert.Single(Assert.IsType<PrimaryKeyDefinition>(Assert.Single(column.Constraints)).Parts).Column);
        Assert.Equal(new IdentityDefinition(), column.Identity);
    }

    [Fact]
    public void A_reference_behind_a_column_is_a_foreign_key()
    {
        var column = MySqlScript.Column("owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE ON UPDATE SET NULL");

        var key = Assert.IsType<ForeignKeyDefinition>(Assert.Single(column.Constraints));
        Assert.Equal("owner_id", Assert.Single(key.Columns).Text);
        Assert.Equal("users", key.ReferencedTable.Name);
        Assert.Equal("id", Assert.Single(key.ReferencedColumns).Text);
        Assert.Equal((ReferentialAction.Cascade, ReferentialAction.SetNull), (key.OnDelete, key.OnUpdate));
    }

    [Fact]
    public void A_check_behind_a_column_keeps_its_name_and_expression()
    {
        var column = MySqlScript.Column("age INT CONSTRAINT adult CHECK (age >= 18) ENFORCED DEFAULT 18");

        var check = Assert.IsType<CheckDefinition>(Assert.Single(column.Constraints));
        Assert.Equal("adult", check.Name?.Text);
        Assert.Equal("age >= 18", check.Expression.ToString());
        Assert.NotNull(column.Default);
    }

    [Fact]
    public void A_check_that_is_not_enforced_is_left_out_with_a_warning()
    {
        var script = MySqlScript.Read("CREATE TABLE t (age INT CHECK (age >= 18) NOT ENFORCED);");

        Assert.StartsWith("schema.sql(1,25): warning SD1009: A check that is NOT ENFORCED", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Empty(Assert.Single(script.Single<CreateTable>().Columns).Constraints);
    }

    [Theory]
    [InlineData("DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00'")]
    [InlineData("TIMESTAMP NOT NULL DEFAULT 0")]
    [InlineData("DATE DEFAULT '0000-00-00'")]
    public void A_default_of_zeros_for_a_date_is_left_out_with_a_warning(string column)
    {
        var script = MySqlScript.Read($"CREATE TABLE t (c {column});");

        Assert.Contains("warning SD1104", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Null(Assert.Single(script.Single<CreateTable>().Columns).Default);
    }

    [Fact]
    public void An_invisible_column_is_kept_with_a_warning()
    {
        var script = MySqlScript.Read("CREATE TABLE t (a INT, b INT INVISIBLE);");

        Assert.StartsWith("schema.sql(1,30): warning SD1009: INVISIBLE", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Equal(2, script.Single<CreateTable>().Columns.Length);
    }

    [Theory]
    [InlineData("2fa_enabled")]
    [InlineData("名前")]
    [InlineData("$price")]
    [InlineData("date")]
    [InlineData("timestamp")]
    [InlineData("comment")]
    [InlineData("type")]
    [InlineData("status")]
    [InlineData("enum")]
    [InlineData("json")]
    [InlineData("rank")]
    [InlineData("period")]
    public void Words_that_are_not_reserved_name_columns_without_quotes(string name) =>
        Assert.Equal(name, MySqlScript.Column($"{name} INT").Name.Text);

    [Theory]
    [InlineData("`order`", "order")]
    [InlineData("`a``b`", "a`b")]
    [InlineData("`first name`", "first name")]
    [InlineData("\"key\"", "key")]
    public void Quoted_names_lose_their_quotes(string written, string name) =>
        Assert.Equal(name, MySqlScript.Column($"{written} INT").Name.Text);
}
