using System.Text.Json;
using Golden;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Changes of rows are told to whoever may read them, when they are committed.</summary>
public sealed class SubscriptionTests(GraphApp app) : IClassFixture<GraphApp>
{
    private const string Authors = "subscription { authorChanged { kind id node { fullName books { nodes { title } } } } }";
    private const string Notes = "subscription { noteChanged { kind node { text owner { email } } } }";

    [Fact]
    public async Task A_row_is_told_when_it_is_created_changed_and_deleted()
    {
        await using var events = await SubscribeAsync(Authors, app.Admin);
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);

        var id = await CreateAsync("createAuthor", "fullName: \"In turn\"", app.Admin);
        Assert.Equal(With(id, """{"authorChanged":{"kind":"CREATED","id":ID,"node":{"fullName":"In turn","books":{"nodes":[]}}}}"""), await events.NextAsync());
        await app.QueryAsync($"mutation {{ updateAuthor(id: {id}, input: {{fullName: \"Another\"}}) {{ id }} }}", token: app.Admin);
        Assert.Equal(With(id, """{"authorChanged":{"kind":"UPDATED","id":ID,"node":{"fullName":"Another","books":{"nodes":[]}}}}"""), await events.NextAsync());
        await app.QueryAsync($"mutation {{ deleteAuthor(id: {id}) }}", token: app.Admin);
        Assert.Equal(With(id, """{"authorChanged":{"kind":"DELETED","id":ID,"node":null}}"""), await events.NextAsync());
    }

    [Fact]
    public async Task Whoever_saves_is_told_of_rest_and_the_application_itself_included()
    {
        await using var events = await SubscribeAsync("subscription { authorChanged { node { fullName } } }", app.User);

        await app.WithDatabaseAsync(async database =>
        {
            database.Add(new Author { FullName = "Saved by code" });
            await database.SaveChangesAsync();
        });
        Assert.Equal("""{"authorChanged":{"node":{"fullName":"Saved by code"}}}""", await events.NextAsync());
    }

    [Fact]
    public async Task What_is_not_committed_is_not_told()
    {
        await using var events = await SubscribeAsync("subscription { authorChanged { node { fullName } } }", app.User);

        await app.WithDatabaseAsync(async database =>
        {
            await using (var transaction = await database.Database.BeginTransactionAsync())
            {
                database.Add(new Author { FullName = "Undone" });
                await database.SaveChangesAsync();
                database.ChangeTracker.Clear();
            }

            await using (var transaction = await database.Database.BeginTransactionAsync())
            {
                database.Add(new Author { FullName = "Kept" });
                await database.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        });
        await app.QueryAsync("""mutation { createAuthors(input: [{fullName: "One of two"}, {fullName: "Kept"}]) { id } }""", token: app.Admin);
        await app.QueryAsync("""mutation { createAuthor(input: {fullName: "Last"}) { id } }""", token: app.Admin);

        Assert.Equal("""{"authorChanged":{"node":{"fullName":"Kept"}}}""", await events.NextAsync());
        Assert.Equal("""{"authorChanged":{"node":{"fullName":"Last"}}}""", await events.NextAsync());
    }

    [Fact]
    public async Task A_batch_and_a_keyed_request_are_told_row_by_row()
    {
        await using var events = await SubscribeAsync("subscription { authorChanged { node { fullName } } }", app.User);

        await app.QueryAsync(
            """mutation { createAuthors(input: [{fullName: "Row 1"}, {fullName: "Row 2"}]) { id } createAuthor(input: {fullName: "Row 3"}) { id } }""",
            null, app.Admin, ("Idempotency-Key", "told"));

        Assert.Equal("""{"authorChanged":{"node":{"fullName":"Row 1"}}}""", await events.NextAsync());
        Assert.Equal("""{"authorChanged":{"node":{"fullName":"Row 2"}}}""", await events.NextAsync());
        Assert.Equal("""{"authorChanged":{"node":{"fullName":"Row 3"}}}""", await events.NextAsync());
    }

    [Fact]
    public async Task Rows_with_an_owner_are_told_to_the_owner_and_admin()
    {
        await using var own = await SubscribeAsync(Notes, app.User);
        await using var strange = await SubscribeAsync(Notes, app.Stranger);
        await using var all = await SubscribeAsync(Notes, app.Admin);

        await CreateAsync("createNote", "text: \"Of the user\"", app.User);
        Assert.Contains("Of the user", await own.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("Of the user", await all.NextAsync(), StringComparison.Ordinal);
        await CreateAsync("createNote", "text: \"Of the stranger\"", app.Stranger);
        Assert.Contains("Of the stranger", await all.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"noteChanged":{"kind":"CREATED","node":{"text":"Of the stranger","owner":{"email":"stranger@example.com"}}}}""", await strange.NextAsync());
    }

    [Fact]
    public async Task The_deletion_of_a_row_is_told_to_its_owner_and_not_to_others()
    {
        var id = await CreateAsync("createNote", "text: \"Goes\"", app.User);
        await using var own = await SubscribeAsync(Notes, app.User);
        await using var strange = await SubscribeAsync(Notes, app.Stranger);

        await app.QueryAsync($"mutation {{ deleteNote(id: {id}) }}", token: app.User);
        await CreateAsync("createNote", "text: \"Comes\"", app.Stranger);

        Assert.Equal("""{"noteChanged":{"kind":"DELETED","node":null}}""", await own.NextAsync());
        Assert.Contains("Comes", await strange.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_or_its_part_chooses_rows()
    {
        var book = await CreateAsync("createBook", "authorId: 1, title: \"Watched\"", app.Admin);
        await using var one = await SubscribeAsync("subscription($id: Long) { bookChanged(id: $id) { node { title } } }", null, new { id = book });
        await using var part = await SubscribeAsync($"subscription {{ chapterChanged(bookId: {book}) {{ number bookId node {{ heading }} }} }}");

        await app.QueryAsync("""mutation { updateBook(id: 2, input: {pages: 9}) { id } createChapter(input: {bookId: 2, number: 7, heading: "Elsewhere"}) { number } }""", token: app.Admin);
        await app.QueryAsync($"mutation {{ updateBook(id: {book}, input: {{title: \"Seen\"}}) {{ id }} createChapter(input: {{bookId: {book}, number: 1, heading: \"Here\"}}) {{ number }} }}", token: app.Admin);

        Assert.Equal("""{"bookChanged":{"node":{"title":"Seen"}}}""", await one.NextAsync());
        Assert.Equal(With(book, """{"chapterChanged":{"number":1,"bookId":ID,"node":{"heading":"Here"}}}"""), await part.NextAsync());
    }

    [Theory]
    [InlineData("subscription { noteChanged { kind } }", "UNAUTHORIZED at noteChanged")]
    [InlineData("subscription { unknown { kind } }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("subscription { authorChanged { kind } bookChanged { kind } }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("subscription { authorChanged { node { books(first: 500) { nodes { chapters(first: 500) { nodes { heading } } } } } } }", "QUERY_TOO_COMPLEX")]
    [InlineData("subscription {", "GRAPHQL_PARSE_FAILED")]
    public async Task What_cannot_be_subscribed_to_is_answered_with_an_error_and_ends(string query, string error)
    {
        await using var events = await SubscribeAsync(query);

        Assert.Equal(200, events.Status);
        Assert.Equal([error], await events.EndAsync());
    }

    [Fact]
    public async Task Without_a_stream_there_is_no_subscription()
    {
        var answer = await app.QueryAsync("subscription { authorChanged { kind } }");

        Assert.Equal(406, answer.Status);
        Assert.Equal(["NOT_ACCEPTABLE"], answer.Errors);
    }

    [Fact]
    public async Task An_idempotency_key_holds_no_transaction_open()
    {
        await using var events = await EventReader.OpenAsync(app.Client, "subscription { authorChanged { kind } }", app.User, null, ("Idempotency-Key", "held"));

        Assert.Equal(["BAD_REQUEST"], await events.EndAsync());
    }

    [Fact]
    public async Task Queries_and_mutations_may_be_answered_by_a_stream_too()
    {
        await using var query = await SubscribeAsync("{ book(id: 2) { title } }");
        Assert.Equal("""{"book":{"title":"The Lathe of Heaven"}}""", await query.NextAsync());
        Assert.Equal(("complete", ""), await query.ReadAsync());

        await using var mutation = await SubscribeAsync("mutation { deleteBook(id: 999) }", app.Admin);
        Assert.Equal(["NOT_FOUND at deleteBook"], await mutation.EndAsync());
    }

    private Task<EventReader> SubscribeAsync(string query, string? token = null, object? variables = null) => EventReader.OpenAsync(app.Client, query, token, variables);

    private static string With(long id, string text) => text.Replace("ID", $"{id}", StringComparison.Ordinal);

    private async Task<long> CreateAsync(string mutation, string fields, string token)
    {
        var answer = await app.QueryAsync($"mutation {{ {mutation}(input: {{{fields}}}) {{ id }} }}", token: token);
        return JsonElement.Parse(answer.Data).GetProperty(mutation).GetProperty("id").GetInt64();
    }
}
