using System.Text.RegularExpressions;
using SchemaDeploy.Generation.Diagrams;
using SchemaDeploy.Schema.Model;
using static SchemaDeploy.Generation.Tests.Diagrams.DiagramModels;

namespace SchemaDeploy.Generation.Tests.Diagrams;

/// <summary>What a browser makes of the page.</summary>
[Trait("Category", "Integration")]
public sealed partial class DiagramBrowserTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(104)]
    [InlineData(1000)]
    public async Task Every_table_and_every_relation_is_drawn(int count)
    {
        var model = count == 0 ? Of() : Business(count);

        var page = await OpenAsync(model);

        AssertDrawn(page, count, model.Tables.Sum(table => table.ForeignKeys.Length));
    }

    [Fact]
    public async Task Circles_self_references_two_keys_to_one_table_and_strays_are_drawn()
    {
        var model = Of(
            Table("a", "b_id int", "a_id int?", "first int", "second int?").References("b_id", "b").References("a_id", "a").References("first", "c").References("second", "c"),
            Table("b", "c_id int").References("c_id", "c"),
            Table("c", "a_id int?").References("a_id", "a"),
            Table("no_key") with { PrimaryKey = null },
            Table("no_columns") with { Columns = [], PrimaryKey = null },
            Table("stray", "x int").References("x", "elsewhere"),
            Table("wrong", "x int").References("x", "a", "missing"));

        AssertDrawn(await OpenAsync(model), tables: 7, relations: 7);
    }

    [Fact]
    public async Task Every_number_in_the_drawing_is_finite()
    {
        var page = await OpenAsync(Business(104));

        Assert.DoesNotMatch(@"=""[^""]*\b(NaN|Infinity|undefined)\b", page.Document);
    }

    [Fact]
    public async Task Hostile_names_are_shown_as_text()
    {
        const string Hostile = "<img src=x onerror=console.error(1)>";

        var page = await OpenAsync(Of(Table(Hostile, "</script><script>console.error(2)</script> int") with { Comment = Hostile }), "#table=" + Uri.EscapeDataString(Hostile));

        Assert.DoesNotContain("<img", page.Document, StringComparison.Ordinal);
        Assert.Contains("<h2>&lt;img src=x onerror=console.error(1)&gt;</h2>", page.Document, StringComparison.Ordinal);
        AssertDrawn(page, tables: 1, relations: 0);
    }

    [Fact]
    public async Task The_address_selects_a_table_and_tells_its_details()
    {
        var page = await OpenAsync(Three, "#table=users&column=role");

        Assert.Single(Regex.Matches(page.Document, "class=\"table on\""));
        Assert.Equal(2, Regex.Count(page.Document, "class=\"table near\""));
        Assert.Contains("<li class=\"column on\"><div class=\"line\"><strong>role</strong>", page.Document, StringComparison.Ordinal);
        Assert.Contains("<div>default <code>'USER'</code></div>", page.Document, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\"", page.Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_neighbours_view_draws_the_table_and_those_it_is_joined_to()
    {
        var page = await OpenAsync(Shop, "#table=products&view=neighbours");

        // products; categories and suppliers; images, order lines and reviews. Categories refer to themselves.
        AssertDrawn(page, tables: 6, relations: 6);
    }

    private static void AssertDrawn(Page page, int tables, int relations)
    {
        Assert.Equal(tables, Card().Count(page.Document));
        Assert.Equal(relations, Edge().Count(page.Document[page.Document.IndexOf("id=\"world\"", StringComparison.Ordinal)..page.Document.IndexOf("id=\"legend\"", StringComparison.Ordinal)]));
        Assert.DoesNotContain("CONSOLE", page.Log, StringComparison.Ordinal);
    }

    private static async Task<Page> OpenAsync(DatabaseModel model, string hash = "")
    {
        Assert.SkipUnless(Command.Exists("chromium"), "Chromium is not installed.");
        var folder = Directory.CreateTempSubdirectory("diagram-");
        try
        {
            var file = Path.Combine(folder.FullName, "page.html");
            await File.WriteAllTextAsync(file, DiagramPage.Write(model, "Test"), TestContext.Current.CancellationToken);
            var run = await Command.RunAsync("chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--window-size=1600,1000",
                "--user-data-dir=" + Path.Combine(folder.FullName, "profile"), "--dump-dom", new Uri(file).AbsoluteUri + hash,
            ]);
            Assert.True(run.ExitCode == 0, run.Error);
            return new Page(run.Output, run.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Page(string Document, string Log);

    [GeneratedRegex("<g class=\"table( on| near)?\"")]
    private static partial Regex Card();

    [GeneratedRegex("<path class=\"edge( optional)?\"")]
    private static partial Regex Edge();
}
