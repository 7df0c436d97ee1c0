using System.Text.Json;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Whoever has read a row can see to it that nobody's change in between is lost.</summary>
public abstract class ConcurrencyTests
{
    private const string Update = "mutation($id: Long!, $tag: String, $title: String!) { updateBook(id: $id, ifMatch: $tag, input: {title: $title}) { title etag } }";
    private const string Delete = "mutation($id: Long!, $tag: String) { deleteBook(id: $id, ifMatch: $tag) }";

    private readonly GraphApp _app;

    protected ConcurrencyTests(GraphApp app)
    {
        Assert.SkipWhen(app.WhyMissing is not null, app.WhyMissing ?? "");
        _app = app;
    }

    [Fact]
    public async Task The_tag_is_that_of_rest()
    {
        // Its first book has a value of every type.
        var answer = await _app.QueryAsync("{ book(id: 1) { etag author { books { nodes { id etag } } } } }");
        var book = JsonElement.Parse(answer.Data).GetProperty("book");
        using var response = await _app.Client.GetAsync("/api/books/1", TestContext.Current.CancellationToken);

        Assert.Equal(response.Headers.ETag!.Tag, book.GetProperty("etag").GetString());
        Assert.Equal(response.Headers.ETag.Tag, book.GetProperty("author").GetProperty("books").GetProperty("nodes")[0].GetProperty("etag").GetString());
    }

    [Fact]
    public async Task A_change_of_what_was_read_is_made_and_gives_the_next_tag()
    {
        var (id, tag) = await CreateAsync();

        var next = TagOf(await MutateAsync(Update, new { id, tag, title = "Second" }), "updateBook");
        Assert.NotEqual(tag, next);
        Assert.Equal(next, TagOf(await _app.QueryAsync($"{{ book(id: {id}) {{ etag }} }}"), "book"));
        Assert.Equal("""{"deleteBook":true}""", (await MutateAsync(Delete, new { id, tag = next })).Data);
    }

    [Fact]
    public async Task What_has_changed_since_is_neither_changed_nor_deleted()
    {
        var (id, tag) = await CreateAsync();
        await MutateAsync(Update, new { id, title = "Theirs" });

        Assert.Equal(["PRECONDITION_FAILED at updateBook"], (await MutateAsync(Update, new { id, tag, title = "Mine" })).Errors);
        Assert.Equal(["PRECONDITION_FAILED at deleteBook"], (await MutateAsync(Delete, new { id, tag })).Errors);
        Assert.Equal("""{"book":{"title":"Theirs"}}""", (await _app.QueryAsync($"{{ book(id: {id}) {{ title }} }}")).Data);
    }

    [Fact]
    public async Task Without_a_tag_or_with_null_the_last_change_stays()
    {
        var (id, _) = await CreateAsync();

        Assert.Empty((await MutateAsync(Update, new { id, tag = (string?)null, title = "Null" })).Errors);
        Assert.Empty((await MutateAsync(Update, new { id, title = "None" })).Errors);
        Assert.Empty((await MutateAsync(Update, new { id, tag = "*", title = "Any" })).Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_changes_at_the_same_time_one_is_made(bool keyed)
    {
        var (id, tag) = await CreateAsync();

        // With a key the request's transaction is begun by who knows nothing of the tag.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _app.QueryAsync(
            Update, new { id, tag, title = $"Change {i}" }, _app.Admin, keyed ? [("Idempotency-Key", Guid.NewGuid().ToString())] : [])));
        Assert.Single(answers, answer => !answer.Errors.Any());
        Assert.All(answers.SelectMany(answer => answer.Errors), error => Assert.Equal("PRECONDITION_FAILED at updateBook", error));
    }

    [Fact]
    public async Task The_tag_of_somebody_elses_row_cannot_be_tried_out()
    {
        var note = await _app.QueryAsync("""mutation { createNote(input: {text: "Mine"}) { id etag } }""", token: _app.User);
        var row = JsonElement.Parse(note.Data).GetProperty("createNote");
        const string change = "mutation($id: Long!, $tag: String!) { updateNote(id: $id, ifMatch: $tag, input: {text: \"Theirs\"}) { id } }";

        Assert.Equal(["NOT_FOUND at updateNote"], (await _app.QueryAsync(change, new { id = row.GetProperty("id"), tag = row.GetProperty("etag") }, _app.Stranger)).Errors);
        Assert.Equal(["NOT_FOUND at updateNote"], (await _app.QueryAsync(change, new { id = row.GetProperty("id"), tag = "\"wrong\"" }, _app.Stranger)).Errors);
    }

    private async Task<(long Id, string Tag)> CreateAsync()
    {
        var answer = await MutateAsync("""mutation { createBook(input: {authorId: 1, title: "First"}) { id etag } }""");
        return (JsonElement.Parse(answer.Data).GetProperty("createBook").GetProperty("id").GetInt64(), TagOf(answer, "createBook"));
    }

    private static string TagOf(GraphAnswer answer, string field) => JsonElement.Parse(answer.Data).GetProperty(field).GetProperty("etag").GetString()!;

    private Task<GraphAnswer> MutateAsync(string mutation, object? variables = null) => _app.QueryAsync(mutation, variables, _app.Admin);
}

/// <summary>On SQLite.</summary>
public sealed class ConcurrencyTestsOnSqlite(GraphApp app) : ConcurrencyTests(app), IClassFixture<GraphApp>;

/// <summary>On PostgreSQL.</summary>
[Trait("Category", "Integration")]
public sealed class ConcurrencyTestsOnPostgreSql(GraphAppOnPostgreSql app) : ConcurrencyTests(app), IClassFixture<GraphAppOnPostgreSql>;

/// <summary>On MariaDB.</summary>
[Trait("Category", "Integration")]
public sealed class ConcurrencyTestsOnMariaDb(GraphAppOnMariaDb app) : ConcurrencyTests(app), IClassFixture<GraphAppOnMariaDb>;
