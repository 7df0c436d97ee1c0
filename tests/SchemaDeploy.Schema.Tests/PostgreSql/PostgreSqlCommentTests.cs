using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlCommentTests
{
    private const string Orders =
        """
        -- A licence, set apart by a blank line.

        -- Orders of customers.
        -- @audit off
        CREATE TABLE orders ( -- @name purchases
          -- @readonly
          id bigserial PRIMARY KEY, -- the number
          /* How many: /* nested */
             @rule quantity between 1 and 100 */
          quantity int NOT NULL  -- pieces
          , price numeric(10,2), -- @hidden
          owner_id bigint, -- @owner
          -- belongs to the key
          UNIQUE (owner_id) -- of the key
        ) WITH (fillfactor = 70); -- @soft-delete
        CREATE TABLE next (id int);
        """;

    [Theory]
    [InlineData("id", "@readonly|the number")]
    [InlineData("quantity", "How many: /* nested */\n     @rule quantity between 1 and 100|pieces")]
    [InlineData("price", "@hidden")]
    [InlineData("owner_id", "@owner")]
    public void A_column_has_the_comments_above_and_behind_it(string column, string comments) =>
        Assert.Equal(comments, string.Join('|', Order().Columns.Single(c => c.Name.Text == column).Comments.Select(c => c.Text.ReplaceLineEndings("\n"))));

    [Fact]
    public void A_table_has_the_comments_above_it_behind_its_parenthesis_and_behind_its_end() =>
        Assert.Equal(["Orders of customers.", "@audit off", "@name purchases", "@soft-delete"], Order().Comments.Select(c => c.Text));

    [Fact]
    public void An_added_column_has_the_comments_beside_it() =>
        Assert.Equal(
            ["@hidden"],
            Assert.IsType<AddColumn>(PostgreSqlScript.ReadClean("ALTER TABLE t\n  ADD COLUMN a int -- @hidden\n;").Single<AlterTable>().Actions[0]).Column.Comments.Select(c => c.Text));

    [Theory]
    [InlineData("COMMENT ON TABLE t IS 'What it is';", "t", null, "What it is")]
    [InlineData("COMMENT ON TABLE app.\"T\" IS NULL;", "app.T", null, null)]
    [InlineData("comment on column t.a is E'one\\ntwo';", "t", "a", "one\ntwo")]
    [InlineData("COMMENT ON COLUMN app.t.\"order\" IS 'x' 'y';", "app.t", "order", "xy")]
    [InlineData("SET search_path = app; COMMENT ON COLUMN t.user IS $$it's$$;", "app.t", "user", "it's")]
    public void A_comment_may_be_set_apart_from_what_it_is_about(string sql, string table, string? column, string? text)
    {
        var comment = PostgreSqlScript.ReadClean(sql).Single<SetComment>();

        Assert.Equal((table, column, text), (comment.Table.ToString(), comment.Column?.Text, comment.Text));
    }

    [Theory]
    [InlineData("COMMENT ON DATABASE d IS 'x';")]
    [InlineData("COMMENT ON CONSTRAINT c ON t IS 'x; y';")]
    [InlineData("COMMENT ON FUNCTION f(int, text) IS 'x';")]
    [InlineData("COMMENT ON EXTENSION \"uuid-ossp\" IS 'x';")]
    public void Comments_on_other_things_are_passed_over(string sql) => Assert.Empty(PostgreSqlScript.ReadClean(sql).Statements);

    [Fact]
    public void A_comment_on_no_column_is_an_error() =>
        Assert.Equal(
            ["schema.sql(1,19): error SD1004: Syntax error: a column is named with its table."],
            PostgreSqlScript.Read("COMMENT ON COLUMN a IS 'x';").Messages);

    private static CreateTable Order() => Assert.IsType<CreateTable>(PostgreSqlScript.ReadClean(Orders).Statements[0]);
}
