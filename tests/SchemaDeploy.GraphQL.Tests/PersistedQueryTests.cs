using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Queries that are named by their hash.</summary>
public sealed class PersistedQueryTests(GraphApp app) : IClassFixture<GraphApp>
{
    private const string Title = "query($id: Long!) { book(id: $id) { title } }";
    private const string Titled = """{"book":{"title":"The Lathe of Heaven"}}""";

    [Fact]
    public async Task A_query_is_known_by_its_hash_once_it_came_with_it()
    {
        var query = Unique(Title);
        Assert.Equal(["PERSISTED_QUERY_NOT_FOUND"], (await PostAsync(app, new { variables = new { id = 2 }, extensions = ByHash(query) })).Errors);

        Assert.Equal(Titled, (await PostAsync(app, new { query, variables = new { id = 2 }, extensions = ByHash(query) })).Data);

        Assert.Equal(Titled, (await PostAsync(app, new { variables = new { id = 2 }, extensions = ByHash(query) })).Data);
        var extensions = Uri.EscapeDataString(JsonSerializer.Serialize(ByHash(query)));
        using var get = new HttpRequestMessage(HttpMethod.Get, $"/graphql?variables={{\"id\":2}}&extensions={extensions}");
        Assert.Equal(Titled, (await app.SendAsync(get)).Data);
    }

    [Fact]
    public async Task A_hash_does_not_name_another_query()
    {
        var query = Unique(Title);

        var answer = await PostAsync(app, new { query = Unique("{ notes { nodes { id } } }"), extensions = ByHash(query) });

        Assert.Equal(["BAD_REQUEST"], answer.Errors);
        Assert.Equal(["PERSISTED_QUERY_NOT_FOUND"], (await PostAsync(app, new { extensions = ByHash(query) })).Errors);
    }

    [Fact]
    public async Task A_query_that_is_refused_is_not_kept()
    {
        var query = Unique(string.Concat(Enumerable.Repeat("{ author", 30)) + new string('}', 30));
        Assert.Equal(["QUERY_TOO_COMPLEX"], (await PostAsync(app, new { query, extensions = ByHash(query) })).Errors);

        Assert.Equal(["PERSISTED_QUERY_NOT_FOUND"], (await PostAsync(app, new { extensions = ByHash(query) })).Errors);
    }

    [Fact]
    public async Task Rights_are_judged_each_time()
    {
        var query = Unique("{ notes { nodes { text } } }");
        await PostAsync(app, new { query, extensions = ByHash(query) }, app.User);

        Assert.NotEmpty((await PostAsync(app, new { extensions = ByHash(query) })).Errors);
        Assert.Empty((await PostAsync(app, new { extensions = ByHash(query) }, app.User)).Errors);
    }

    [Fact]
    public async Task A_mutation_known_by_its_hash_does_not_come_by_get()
    {
        var query = Unique("mutation($id: Long!) { deleteBook(id: $id) }");
        await PostAsync(app, new { query, variables = new { id = 1_000_000 }, extensions = ByHash(query) });

        using var get = new HttpRequestMessage(HttpMethod.Get, $"/graphql?variables={{\"id\":1}}&extensions={Uri.EscapeDataString(JsonSerializer.Serialize(ByHash(query)))}");

        Assert.Equal(["METHOD_NOT_ALLOWED"], (await app.SendAsync(get)).Errors);
    }

    [Theory]
    [InlineData("""{"extensions":{}}""")]
    [InlineData("""{"extensions":{"persistedQuery":7}}""")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"x"}}}""")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1.5,"sha256Hash":"x"}}}""")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1}}}""")]
    [InlineData("""{"documentId":7}""")]
    [InlineData("""{"documentId":"x","query":"{ __typename }"}""")]
    public async Task What_names_no_query_is_refused(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

        Assert.Equal(["BAD_REQUEST"], (await app.SendAsync(request)).Errors);
    }

    [Fact]
    public async Task An_application_may_know_its_queries_and_carry_out_no_others()
    {
        using var file = new QueryFile(new Dictionary<string, string> { ["titles"] = Title, [HashOf("{ __typename }")] = "{ __typename }" });
        var closed = new GraphApp { Arguments = [$"--GraphQL:PersistedQueries={file.Path}", "--GraphQL:OnlyPersistedQueries=true"] };
        await closed.InitializeAsync();
        await using (closed)
        {
            Assert.Equal(Titled, (await PostAsync(closed, new { documentId = "titles", variables = new { id = 2 } })).Data);
            Assert.Equal("""{"__typename":"Query"}""", (await PostAsync(closed, new { documentId = "sha256:" + HashOf("{ __typename }") })).Data);
            Assert.Equal("""{"__typename":"Query"}""", (await PostAsync(closed, new { extensions = ByHash("{ __typename }") })).Data);
            Assert.Equal(Titled, (await PostAsync(closed, new { query = Title, variables = new { id = 2 } })).Data);

            Assert.Equal(["PERSISTED_QUERIES_ONLY"], (await PostAsync(closed, new { query = "{ book(id: 1) { title } }" })).Errors);
            Assert.Equal(["PERSISTED_QUERIES_ONLY"], (await PostAsync(closed, new { query = "{ a: __typename }", extensions = ByHash("{ a: __typename }") })).Errors);
            Assert.Equal(["PERSISTED_QUERIES_ONLY"], (await PostAsync(closed, new { documentId = "others" })).Errors);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"a":"{"}""")]
    public async Task A_file_that_holds_no_queries_stops_the_start(string content)
    {
        using var file = new QueryFile(content);
        var broken = new GraphApp { Arguments = [$"--GraphQL:PersistedQueries={file.Path}"] };

        var exception = await Assert.ThrowsAsync<StartupException>(async () => await broken.InitializeAsync());

        Assert.StartsWith("GraphQL:PersistedQueries", exception.Message, StringComparison.Ordinal);
        await broken.DisposeAsync();
    }

    private static Task<GraphAnswer> PostAsync(GraphApp app, object body, string? token = null) =>
        app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(body) }, token);

    // The application of these tests keeps what others of them have sent.
    private static string Unique(string query) => $"# {Guid.NewGuid()}\n{query}";

    private static string HashOf(string query) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)));

    private static object ByHash(string query) => new { persistedQuery = new { version = 1, sha256Hash = HashOf(query) } };

    private sealed class QueryFile : IDisposable
    {
        public QueryFile(Dictionary<string, string> queries)
            : this(JsonSerializer.Serialize(queries))
        {
        }

        public QueryFile(string content) => File.WriteAllText(Path, content);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
