using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design.Guardians;

public sealed class DuplicateWindowTests
{
    private static readonly Column s_createdAt = Column("created_at", SqlTypeKind.Timestamp) with
    {
        Default = new FunctionExpression(NeutralFunctions.Now, []),
    };

    private static readonly Table s_posts = Table("posts", Text("title"), Column("rating") with { Nullable = true }, s_createdAt);

    [Theory]
    [InlineData("60s (title, rating)", 60, new[] { "Title", "Rating" })]
    [InlineData("15m(title)", 900, new[] { "Title" })]
    [InlineData("1.5h ( Title , title )", 5400, new[] { "Title" })]
    [InlineData("2d (\"title\")", 172800, new[] { "Title" })]
    public void A_tag_names_a_length_and_columns(string argument, int seconds, string[] properties)
    {
        var window = Assert.Single(DesignOne(s_posts with { Tags = [Tag("unique-within", argument)] }).DuplicateWindows);

        Assert.Equal(seconds, window.Length.TotalSeconds);
        Assert.Equal(properties, window.Properties.Select(property => property.Name));
        Assert.Equal(("CreatedAt", "unique_within"), (window.Time?.Name, window.ColumnPrefix));
        Assert.Equal(("uq_posts_unique_within", "uq_posts_unique_within_shifted"), (window.IndexName, window.ShiftedIndexName));
    }

    [Fact]
    public void Beside_a_column_the_tag_is_about_that_column() => Assert.Equal(
        ["Title"],
        Assert.Single(DesignOne(Table("posts", Text("title") with { Tags = [Tag("unique-within", "60s")] })).DuplicateWindows).Properties.Select(p => p.Name));

    [Fact]
    public void Without_a_time_of_creation_the_table_gets_one() =>
        Assert.Null(Assert.Single(DesignOne(Table("posts", Text("title")) with { Tags = [Tag("unique-within", "60s (title)")] }).DuplicateWindows).Time);

    [Theory]
    [InlineData("2s (title)", 0, null)]
    [InlineData("2s (title)", 3, "CreatedAt")]
    [InlineData("2s (title)", null, "CreatedAt")]
    [InlineData("10s (title)", 0, "CreatedAt")]
    public void A_time_that_is_too_coarse_for_the_window_does_not_count(string argument, int? digits, string? time)
    {
        var posts = Table("posts", Text("title"), s_createdAt with { Precision = digits }) with { Tags = [Tag("unique-within", argument)] };

        Assert.Equal(time, Assert.Single(DesignOne(posts).DuplicateWindows).Time?.Name);
    }

    [Fact]
    public void Names_give_way_to_those_of_the_schema()
    {
        var posts = Table("posts", Text("title"), Text("unique_within_KEY")) with
        {
            Tags = [Tag("unique-within", "60s (title)"), Tag("unique-within", "1h (title, unique_within_key)")],
        };

        Assert.Equal(["unique_within_2", "unique_within_3"], DesignOne(posts).DuplicateWindows.Select(window => window.ColumnPrefix));
    }

    [Theory]
    [InlineData("", 0, "SD3211", "a length of time and columns must follow")]
    [InlineData("60s", 0, "SD3211", "the columns to compare must follow")]
    [InlineData("60 (title)", 0, "SD3211", "'60' is no length of time")]
    [InlineData("60x (title)", 0, "SD3211", "'60x' is no length of time")]
    [InlineData("0s (title)", 0, "SD3211", "'0s' is no length of time")]
    [InlineData("99999d (title)", 0, "SD3211", "'99999d' is no length of time")]
    [InlineData("60s (title", 0, "SD3211", "a length of time and columns must follow")]
    [InlineData("60s (title, titel)", 12, "SD3212", "'titel' cannot tell duplicates apart: table 'posts' has no such column. Did you mean 'title'?")]
    [InlineData("60s (id)", 5, "SD3212", "'id' cannot tell duplicates apart: clients do not send it")]
    [InlineData("60s (created_at)", 5, "SD3212", "clients do not send it")]
    public void A_mistake_is_told_at_its_place(string argument, int offset, string code, string message)
    {
        var bag = new DiagnosticBag();
        DesignAll(Database(s_posts with { Tags = [Tag("unique-within", argument)] }), bag);

        var error = Assert.Single(bag.ToImmutable());
        Assert.Equal((code, Source.Column + "@unique-within ".Length + offset), (error.Code, error.Span.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
