using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Schema.Tests.Compilation;

public sealed class SmartTagTests
{
    [Fact]
    public void Tags_stand_beside_tables_and_columns()
    {
        var table = Compiled.MySql(
            """
            -- Orders of customers.
            -- @name purchases
            -- @Allow read: USER; create: USER
            CREATE TABLE orders (
              id INT PRIMARY KEY, -- @readonly
              /* The owner.
               * @owner
               */
              user_id INT,
              quantity INT -- @rule   quantity between 1 and 100 : "message"
            );
            """).Table("orders");

        Assert.Equal(
            [new SmartTag("name", "purchases", new SourcePosition("schema.sql", 2, 4)), new SmartTag("allow", "read: USER; create: USER", new SourcePosition("schema.sql", 3, 4))],
            table.Tags);
        Assert.Equal(new SmartTag("readonly", "", new SourcePosition("schema.sql", 5, 26)), Assert.Single(table.Columns[0].Tags));
        Assert.Equal(new SmartTag("owner", "", new SourcePosition("schema.sql", 7, 6)), Assert.Single(table.Columns[1].Tags));
        Assert.Equal(
            new SmartTag("rule", "quantity between 1 and 100 : \"message\"", new SourcePosition("schema.sql", 10, 19)) { ArgumentColumn = 27 },
            Assert.Single(table.Columns[2].Tags));
    }

    [Theory]
    [InlineData("@hiden", "Unknown tag '@hiden'. Did you mean '@hidden'?")]
    [InlineData("@read-only", "Unknown tag '@read-only'. Did you mean '@readonly'?")]
    [InlineData("@frobnicate", "Unknown tag '@frobnicate'.")]
    public void An_unknown_tag_is_a_warning_with_a_suggestion(string tag, string message)
    {
        var compiled = Compiled.MySql($"-- {tag} x\nCREATE TABLE t (id INT);");

        Assert.Equal($"(1,4): warning SD2028: {message}", Assert.Single(compiled.Messages));
        Assert.NotNull(compiled.Model);
    }

    [Theory]
    [InlineData("write to me@example.org")]
    [InlineData("see @hidden in the manual")]
    [InlineData("@someone.else wrote this")]
    [InlineData("@ nothing")]
    [InlineData("@@rowcount")]
    public void An_at_sign_in_prose_is_no_tag(string comment)
    {
        var table = Compiled.MySql($"-- {comment}\nCREATE TABLE t (id INT);").Table("t");

        Assert.Empty(table.Tags);
    }

    [Theory]
    [InlineData("SOURCE other.sql;")]
    [InlineData("\\. other.sql")]
    [InlineData("USE shop")]
    [InlineData("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;")]
    [InlineData("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END\nDELIMITER ;")]
    public void Tags_stand_below_what_ends_with_its_line(string above)
    {
        var table = Compiled.MySql($"{above}\n-- @users\nCREATE TABLE t (id INT);").Model!.Tables.Single(table => table.Name == "t");

        Assert.Equal("users", Assert.Single(table.Tags).Name);
    }

    [Fact]
    public void Tags_stand_below_the_rows_of_a_dump()
    {
        var table = Compiled.PostgreSql("CREATE TABLE a (id int);\nCOPY a (id) FROM stdin;\n1\n\\.\n\n-- @users\nCREATE TABLE t (id int);").Model!.Tables.Single(table => table.Name == "t");

        Assert.Equal("users", Assert.Single(table.Tags).Name);
    }
}
