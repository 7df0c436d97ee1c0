using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlCommentTests
{
    private const string Orders =
        """
        -- A licence, set apart by a blank line.

        -- Orders of customers.
        -- @audit off
        CREATE TABLE orders ( -- @name purchases
          -- @readonly
          id BIGINT PRIMARY KEY, -- the number
          /* How many:
             @rule quantity between 1 and 100 : "message" */
          quantity INT NOT NULL  -- pieces
          , price DECIMAL(10,2), # @hidden
          first INT, second INT, -- of the second
          note TEXT -- @hidden
            COMMENT 'x', -- behind the note

          -- set apart

          owner_id BIGINT, -- @owner
          -- belongs to the key
          KEY k (owner_id) -- of the key
          -- dangling
        ) ENGINE=InnoDB; -- @soft-delete
        CREATE TABLE next (id INT);
        """;

    private static readonly CreateTable s_orders =
        Assert.IsType<CreateTable>(MySqlScript.ReadClean(Orders).Statements[0]);

    [Theory]
    [InlineData("id", "@readonly|the number")]
    [InlineData("quantity", "How many:\n     @rule quantity between 1 and 100 : \"message\"|pieces")]
    [InlineData("price", "@hidden")]
    [InlineData("first", "")]
    [InlineData("second", "of the second")]
    [InlineData("note", "@hidden|behind the note")]
    [InlineData("owner_id", "@owner")]
    public void A_column_has_the_comments_above_and_behind_it(string column, string comments) =>
        Assert.Equal(
            comments,
            string.Join('|', s_orders.Columns.Single(c => c.Name.Text == column).Comments.Select(c => c.Text.ReplaceLineEndings("\n"))));

    [Fact]
    public void A_table_has_the_comments_above_it_behind_its_parenthesis_and_behind_its_end() =>
        Assert.Equal(
            ["Orders of customers.", "@audit off", "@name purchases", "@soft-delete"],
            s_orders.Comments.Select(c => c.Text));

    [Fact]
    public void A_comment_behind_one_table_is_not_above_the_next() =>
        Assert.Empty(Assert.IsType<CreateTable>(MySqlScript.ReadClean(Orders).Statements[1]).Comments);

    [Fact]
    public void The_span_of_a_comment_is_that_of_its_text()
    {
        var span = s_orders.Columns.Single(c => c.Name.Text == "price").Comments[0].Span;

        Assert.Equal((11, 28, 11, 35), (span.Line, span.Column, span.EndLine, span.EndColumn));
    }

    [Fact]
    public void Added_and_changed_columns_have_comments_too()
    {
        var actions = MySqlScript.Actions(
            """

              -- @hidden
              ADD a INT, -- behind a
              MODIFY b INT -- @readonly

            """);

        Assert.Equal(["@hidden", "behind a"], Assert.IsType<AddColumn>(actions[0]).Column.Comments.Select(c => c.Text));
        Assert.Equal(["@readonly"], Assert.IsType<ReplaceColumn>(actions[1]).Column.Comments.Select(c => c.Text));
    }
}
