namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlCommentTests
{
    private const string Sql = """
        -- not ours

        -- What people buy
        /* @audit off */
        CREATE TABLE Orders ( -- @soft-delete
          -- the key
          Id int, -- @readonly
          Note nvarchar(9) /* @hidden */, Extra int /* more */, -- and more

          -- nobody's, for a blank line follows

          -- @rule total > 0
          -- : "must pay"
          Total money NOT NULL
            DEFAULT 0 -- on its last line
          , First int -- comma comes first
          -- the second
          , Second int
        ) -- @owner
        -- below it
        GO
        """;

    private static readonly Schema.Script.CreateTable s_table = TSqlScript.Table(Sql);

    [Fact]
    public void A_table_has_the_comments_above_it_behind_its_opening_and_at_its_end() =>
        Assert.Equal(["What people buy", "@audit off", "@soft-delete", "@owner"], s_table.Comments.Select(c => c.Text));

    [Theory]
    [InlineData("Id", "the key|@readonly")]
    [InlineData("Note", "@hidden")]
    [InlineData("Extra", "more|and more")]
    [InlineData("Total", "@rule total > 0|: \"must pay\"|on its last line")]
    [InlineData("First", "comma comes first")]
    [InlineData("Second", "the second")]
    public void A_column_has_the_comments_above_it_and_behind_it(string column, string comments) =>
        Assert.Equal(comments, string.Join('|', s_table.Columns.Single(c => c.Name.Text == column).Comments.Select(c => c.Text)));

    [Fact]
    public void A_comment_knows_where_its_text_stands()
    {
        var comment = s_table.Columns[0].Comments[1];

        Assert.Equal((7, 14, 7, 23), (comment.Span.Line, comment.Span.Column, comment.Span.EndLine, comment.Span.EndColumn));
    }

    [Fact]
    public void A_comment_survives_data_cut_out_before_it()
    {
        var script = TSqlScript.Read("INSERT INTO x VALUES (1) -- about the row\n-- about the table\nCREATE TABLE t (a int)");

        Assert.Equal("about the table", Assert.Single(script.Single<Schema.Script.CreateTable>().Comments).Text);
    }

    [Fact]
    public void A_comment_survives_an_error_elsewhere_in_its_batch()
    {
        var script = TSqlScript.Read("CREATE TABLE x (a,, b)\n-- about the table\nCREATE TABLE t (a int -- about a\n)");

        var table = script.Single<Schema.Script.CreateTable>();
        Assert.Equal("about the table", Assert.Single(table.Comments).Text);
        Assert.Equal("about a", Assert.Single(table.Columns[0].Comments).Text);
    }
}
