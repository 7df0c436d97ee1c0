using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Whoever asks gets what REST would give.</summary>
public sealed class AccessTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task Without_a_token_only_what_is_public_is_read()
    {
        Assert.Empty((await app.QueryAsync("{ books { nodes { id } } }")).Errors);
        Assert.Equal(["UNAUTHORIZED at notes"], (await app.QueryAsync("{ notes { nodes { id } } }")).Errors);
        Assert.Equal(["UNAUTHORIZED at note"], (await app.QueryAsync("{ note(id: 1) { id } }")).Errors);
        Assert.Equal(["UNAUTHORIZED at users"], (await app.QueryAsync("{ users { nodes { id } } }")).Errors);
        Assert.Equal(["UNAUTHORIZED at book.notes"], (await app.QueryAsync("{ book(id: 1) { notes { nodes { id } } } }")).Errors);
    }

    [Fact]
    public async Task What_is_refused_leaves_the_rest_of_the_answer() => Assert.EndsWith(
        """{"books":{"nodes":[{"id":1}]},"notes":null}}""", (await app.QueryAsync("{ books(first: 1) { nodes { id } } notes { nodes { id } } }")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Rows_with_an_owner_are_the_owners()
    {
        var note = await app.QueryAsync("""mutation { createNote(input: {text: "Mine", bookId: 1}) { id ownerId } }""", token: app.User);
        var id = note.Json.GetProperty("data").GetProperty("createNote").GetProperty("id").GetInt64();
        var query = $"{{ note(id: {id}) {{ text }} notes(filter: {{id: {{eq: {id}}}}}) {{ totalCount }} book(id: 1) {{ notes {{ nodes {{ id }} totalCount }} }} }}";

        Assert.Equal("""{"note":{"text":"Mine"},"notes":{"totalCount":1},"book":{"notes":{"nodes":[{"id":ID}],"totalCount":1}}}""".Replace("ID", $"{id}", StringComparison.Ordinal), (await app.QueryAsync(query, token: app.User)).Data);
        Assert.Equal("""{"note":{"text":"Mine"},"notes":{"totalCount":1},"book":{"notes":{"nodes":[{"id":ID}],"totalCount":1}}}""".Replace("ID", $"{id}", StringComparison.Ordinal), (await app.QueryAsync(query, token: app.Admin)).Data);
        Assert.Equal("""{"note":null,"notes":{"totalCount":0},"book":{"notes":{"nodes":[],"totalCount":0}}}""", (await app.QueryAsync(query, token: app.Stranger)).Data);

        Assert.Equal(["NOT_FOUND at updateNote"], (await app.QueryAsync($"mutation {{ updateNote(id: {id}, input: {{text: \"Theirs\"}}) {{ id }} }}", token: app.Stranger)).Errors);
        Assert.Equal(["NOT_FOUND at deleteNote"], (await app.QueryAsync($"mutation {{ deleteNote(id: {id}) }}", token: app.Stranger)).Errors);
    }

    [Fact]
    public async Task A_reference_to_a_row_of_somebody_else_shows_nothing()
    {
        await app.QueryAsync("""mutation { createNote(input: {text: "Owned"}) { id } }""", token: app.User);

        Assert.Contains("\"owner\":{\"email\":\"user@example.com\"}", (await app.QueryAsync("{ notes { nodes { owner { email } } } }", token: app.User)).Data, StringComparison.Ordinal);
        Assert.Equal(["UNAUTHORIZED at notes"], (await app.QueryAsync("{ notes { nodes { owner { email } } } }")).Errors);
    }

    [Fact]
    public async Task Only_admin_writes_where_rows_have_no_owner()
    {
        const string mutation = """mutation { createAuthor(input: {fullName: "New"}) { fullName } }""";

        Assert.Equal(["UNAUTHORIZED at createAuthor"], (await app.QueryAsync(mutation)).Errors);
        Assert.Equal(["FORBIDDEN at createAuthor"], (await app.QueryAsync(mutation, token: app.User)).Errors);
        Assert.Equal("""{"createAuthor":{"fullName":"New"}}""", (await app.QueryAsync(mutation, token: app.Admin)).Data);
    }

    [Fact]
    public async Task Secrets_are_no_fields() =>
        Assert.DoesNotContain("passwordHash", (await app.QueryAsync("{ __schema { types { fields { name } inputFields { name } } } }")).Text, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Writes_are_recorded()
    {
        var author = await app.QueryAsync("""mutation { createAuthor(input: {fullName: "Recorded"}) { id } }""", token: app.Admin);
        var id = author.Json.GetProperty("data").GetProperty("createAuthor").GetProperty("id").GetInt64();

        var log = await app.GetAsync("/api/audit-logs?sort=-id&limit=1", app.Admin);
        Assert.Equal("author", log.GetProperty("items")[0].GetProperty("entity_type").GetString());
        Assert.Equal($"{id}", log.GetProperty("items")[0].GetProperty("entity_id").ToString());
    }
}
