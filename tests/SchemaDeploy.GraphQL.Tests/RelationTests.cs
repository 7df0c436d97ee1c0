using Golden;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Rows within rows, on every database.</summary>
public abstract class RelationTests
{
    private readonly GraphApp _app;

    protected RelationTests(GraphApp app)
    {
        Assert.SkipWhen(app.WhyMissing is not null, app.WhyMissing ?? "");
        _app = app;
    }

    [Fact]
    public async Task References_are_followed_to_any_depth() => Assert.Equal(
        """{"paragraph":{"text":"In a square window.","chapter":{"heading":"Chapter 2","book":{"title":"The Dispossessed","author":{"fullName":"Ursula","mentor":{"fullName":"Jorge","mentor":null}}}}}}""",
        (await _app.QueryAsync("{ paragraph(id: 3) { text chapter { heading book { title author { fullName mentor { fullName mentor { id } } } } } } }")).Data);

    [Fact]
    public async Task Collections_are_followed_to_any_depth() => Assert.Equal(
        """{"authors":{"nodes":[{"fullName":"Jorge","books":{"nodes":[{"title":"Ficciones, a, b","chapters":{"nodes":[]}}]}},{"fullName":"Nobody","books":{"nodes":[]}},{"fullName":"Ursula","books":{"nodes":[{"title":"The Dispossessed","chapters":{"nodes":[{"number":1,"paragraphs":{"nodes":[{"text":"There was a wall."},{"text":"It did not look important."}]}},{"number":2,"paragraphs":{"nodes":[{"text":"In a square window."}]}},{"number":3,"paragraphs":{"nodes":[]}}]}},{"title":"The Lathe of Heaven","chapters":{"nodes":[]}}]}}]}}""",
        (await _app.QueryAsync("{ authors(first: 3, filter: {id: {lte: 3}}, sort: [{fullName: ASC}]) { nodes { fullName books { nodes { title chapters { nodes { number paragraphs { nodes { text } } } } } } } } }")).Data);

    [Fact]
    public async Task A_row_that_belongs_to_one_other_is_no_list() => Assert.Equal(
        """{"authors":{"nodes":[{"biography":null},{"biography":{"text":"Born in Berkeley."}}]}}""",
        (await _app.QueryAsync("{ authors(first: 2, sort: [{id: ASC}]) { nodes { biography { text } } } }")).Data);

    [Fact]
    public async Task Pages_within_rows_are_filtered_sorted_and_counted_for_each_row() => Assert.Equal(
        """{"authors":{"nodes":[{"books":{"nodes":[],"totalCount":0,"pageInfo":{"hasNextPage":false}}},{"books":{"nodes":[{"title":"The Dispossessed"}],"totalCount":2,"pageInfo":{"hasNextPage":true}}}]}}""",
        (await _app.QueryAsync("""{ authors(first: 2, sort: [{id: ASC}]) { nodes { books(first: 1, filter: {title: {starts: "The"}}, sort: [{pages: DESC}]) { nodes { title } totalCount pageInfo { hasNextPage } } } } }""")).Data);

    [Fact]
    public async Task Pages_within_rows_go_on_behind_a_cursor_and_before_it()
    {
        const string query = "query($c: String) { author(id: 2) { books(ARGUMENTS, sort: [{title: ASC}]) { nodes { title } pageInfo { endCursor hasPreviousPage } } } }";
        var first = await _app.QueryAsync(query.Replace("ARGUMENTS", "first: 1, after: $c", StringComparison.Ordinal));
        var cursor = first.Json.GetProperty("data").GetProperty("author").GetProperty("books").GetProperty("pageInfo").GetProperty("endCursor").GetString();

        var next = await _app.QueryAsync(query.Replace("ARGUMENTS", "first: 1, after: $c", StringComparison.Ordinal), new { c = cursor });
        Assert.Contains("""[{"title":"The Lathe of Heaven"}]""", next.Data, StringComparison.Ordinal);

        var last = await _app.QueryAsync(query.Replace("ARGUMENTS", "last: 1, before: $c", StringComparison.Ordinal));
        Assert.Contains("""[{"title":"The Lathe of Heaven"}]""", last.Data, StringComparison.Ordinal);
        Assert.Contains("\"hasPreviousPage\":true", last.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_rows_are_read_under_different_conditions() => Assert.Equal(
        """{"author":{"thick":{"nodes":[{"pages":387}]},"thin":{"nodes":[{"pages":184}]}}}""",
        (await _app.QueryAsync("{ author(id: 2) { thick: books(filter: {pages: {gt: 200}}) { nodes { pages } } thin: books(filter: {pages: {lt: 200}}) { nodes { pages } } } }")).Data);

    [Fact]
    public async Task A_level_takes_one_statement_whatever_its_rows()
    {
        await _app.WithDatabaseAsync(database =>
        {
            // 10 authors, 100 books, 1,000 chapters.
            database.AddRange(Enumerable.Range(1, 10).Select(a => new Author
            {
                FullName = $"Writer {a}",
                Books = [.. Enumerable.Range(1, 10).Select(b => new Book
                {
                    Title = $"Work {b}",
                    Chapters = [.. Enumerable.Range(1, 10).Select(c => new Chapter { Number = c, Heading = $"{a}.{b}.{c}" })],
                })],
            }));
            return database.SaveChangesAsync();
        });
        _app.Statements.Clear();

        var answer = await _app.QueryAsync("""{ authors(filter: {fullName: {starts: "Writer"}}) { nodes { books { nodes { author { id } chapters { nodes { heading book { id } } } } } } } }""");

        Assert.Empty(answer.Errors);
        Assert.Equal(1000, answer.Text.Split("\"heading\"").Length - 1);
        // Authors; books; authors and chapters of the books; books of the chapters.
        // Beside them the application looks from time to time whether the database is still of its schema.
        var statements = _app.Statements.Texts.Where(text => !text.Contains("schemadeploy_schema", StringComparison.Ordinal)).ToList();
        Assert.True(statements.Count == 5, string.Join("\n\n", statements));
    }
}

/// <summary>On SQLite.</summary>
public sealed class RelationTestsOnSqlite(GraphApp app) : RelationTests(app), IClassFixture<GraphApp>;

/// <summary>On PostgreSQL.</summary>
[Trait("Category", "Integration")]
public sealed class RelationTestsOnPostgreSql(GraphAppOnPostgreSql app) : RelationTests(app), IClassFixture<GraphAppOnPostgreSql>;

/// <summary>On MariaDB.</summary>
[Trait("Category", "Integration")]
public sealed class RelationTestsOnMariaDb(GraphAppOnMariaDb app) : RelationTests(app), IClassFixture<GraphAppOnMariaDb>;
