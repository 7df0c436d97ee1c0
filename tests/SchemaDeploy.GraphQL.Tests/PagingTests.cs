using System.Text.Json;
using Golden;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Pages, both ways.</summary>
public sealed class PagingTests(PagingTests.ManyAuthors app) : IClassFixture<PagingTests.ManyAuthors>
{
    private const string Page = "nodes { fullName } edges { cursor node { fullName } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount";

    [Fact]
    public async Task Pages_forward_give_every_row_once()
    {
        var (names, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await ReadAsync("first: 4, after: $cursor", after);
            Assert.Equal(after is not null, page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
            names.AddRange(NamesOf(page));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(ManyAuthors.Count + 3, names.Distinct().Count());
    }

    [Fact]
    public async Task Pages_backward_begin_with_the_last_rows()
    {
        var last = await ReadAsync("last: 2", null);
        Assert.Equal(["Nobody", "Ursula"], NamesOf(last));
        Assert.False(last.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.True(last.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());

        var before = await ReadAsync("last: 2, before: $cursor", last.GetProperty("pageInfo").GetProperty("startCursor").GetString());
        Assert.Equal(["Author 12", "Jorge"], NamesOf(before));
        Assert.True(before.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
    }

    [Fact]
    public async Task The_cursor_of_any_row_leads_on_to_both_sides()
    {
        var page = await ReadAsync("first: 5", null);
        var cursor = page.GetProperty("edges")[2].GetProperty("cursor").GetString();
        Assert.Equal("Author 03", page.GetProperty("edges")[2].GetProperty("node").GetProperty("fullName").GetString());

        Assert.Equal(["Author 04", "Author 05"], NamesOf(await ReadAsync("first: 2, after: $cursor", cursor)));
        Assert.Equal(["Author 01", "Author 02"], NamesOf(await ReadAsync("last: 2, before: $cursor", cursor)));
    }

    [Fact]
    public async Task All_rows_are_counted_only_where_asked_for()
    {
        Assert.Equal(ManyAuthors.Count + 3, (await ReadAsync("first: 1", null)).GetProperty("totalCount").GetInt32());
        app.Statements.Clear();
        await app.QueryAsync("{ authors(first: 1) { nodes { id } } }");
        Assert.Single(app.Statements.Texts);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        var cursor = (await ReadAsync("first: 1", null)).GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var answer = await app.QueryAsync("query($cursor: String) { authors(first: 1, after: $cursor, sort: [{id: DESC}]) { nodes { id } } }", new { cursor });

        Assert.Equal("must be a cursor of a list in the same order", answer.FieldError("after"));
    }

    private async Task<JsonElement> ReadAsync(string arguments, string? cursor)
    {
        var variable = arguments.Contains("$cursor", StringComparison.Ordinal) ? "query($cursor: String) " : "";
        var answer = await app.QueryAsync($"{variable}{{ authors({arguments}, sort: [{{fullName: ASC}}]) {{ {Page} }} }}", variable.Length > 0 ? new { cursor } : null);
        Assert.Empty(answer.Errors);
        return answer.Json.GetProperty("data").GetProperty("authors");
    }

    private static IEnumerable<string> NamesOf(JsonElement page) => page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("fullName").GetString()!);

    /// <summary>The application with a dozen authors more.</summary>
    public sealed class ManyAuthors : GraphApp, IAsyncLifetime
    {
        public const int Count = 12;

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await WithDatabaseAsync(database =>
            {
                database.AddRange(Enumerable.Range(1, Count).Select(i => new Author { FullName = $"Author {i:00}" }));
                return database.SaveChangesAsync();
            });
        }
    }
}
