using System.Net.Http.Headers;
using System.Text;
using SchemaDeploy.GraphQL.Tests.App;
using SchemaDeploy.Tests;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>GraphQL over HTTP.</summary>
public sealed class HttpTests(GraphApp app) : IClassFixture<GraphApp>
{
    private const string GraphQLType = "application/graphql-response+json";

    [Fact]
    public async Task Queries_come_by_get_too()
    {
        var answer = await GetAsync("?query=query($id:Long!){book(id:$id){title}}&variables={\"id\":2}");

        Assert.Equal("""{"book":{"title":"The Lathe of Heaven"}}""", answer.Data);
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task Mutations_do_not_come_by_get()
    {
        var answer = await GetAsync("?query=mutation{deleteBook(id:1)}");

        Assert.Equal(405, answer.Status);
        Assert.Equal(["METHOD_NOT_ALLOWED"], answer.Errors);
    }

    [Theory]
    [InlineData("{ book(id: 1) { title } }", 200)]
    [InlineData("{ notes { nodes { id } } }", 200)]
    [InlineData("{ unknown }", 400)]
    [InlineData("{", 400)]
    public async Task The_newer_media_type_has_statuses_that_tell_of_failures(string query, int status)
    {
        var answer = await PostAsync($$"""{"query":"{{query}}"}""", GraphQLType);

        Assert.Equal(status, answer.Status);
        Assert.Equal(GraphQLType, answer.ContentType);
    }

    [Theory]
    [InlineData("{ unknown }")]
    [InlineData("{")]
    public async Task The_older_media_type_has_not(string query) => Assert.Equal(200, (await PostAsync($$"""{"query":"{{query}}"}""", "application/json")).Status);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"query":7}""")]
    [InlineData("""{"query":""}""")]
    [InlineData("""{"query":"{ __typename }","query":"{ __typename }"}""")]
    [InlineData("""{"query":"{ __typename }","variables":[]}""")]
    [InlineData("""{"query":"{ __typename }","operationName":{}}""")]
    [InlineData("""{"query":"{ __typename }","extensions":"x"}""")]
    public async Task A_body_that_is_no_request_is_refused(string body)
    {
        var answer = await PostAsync(body, "application/json");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["BAD_REQUEST"], answer.Errors);
    }

    [Fact]
    public async Task The_operation_is_chosen_by_its_name()
    {
        const string query = "query a { book(id: 1) { id } } query b { book(id: 2) { id } }";

        Assert.Equal("""{"book":{"id":2}}""", (await PostAsync($$"""{"query":"{{query}}","operationName":"b"}""", "application/json")).Data);
        Assert.NotEmpty((await PostAsync($$"""{"query":"{{query}}","operationName":"c"}""", GraphQLType)).Errors);
        Assert.NotEmpty((await PostAsync($$"""{"query":"{{query}}"}""", GraphQLType)).Errors);
    }

    [Fact]
    public async Task What_a_client_cannot_read_is_not_answered() => Assert.Equal(406, (await PostAsync("""{"query":"{ __typename }"}""", "text/html")).Status);

    [Fact]
    public async Task A_body_that_is_no_json_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("query={__typename}", Encoding.UTF8, "application/x-www-form-urlencoded") };
        Assert.Equal(415, (await app.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Outside_of_development_the_schema_is_not_told()
    {
        await using var production = new GraphApp { Arguments = ["--API_DOCS=false"] };
        await production.InitializeAsync();

        Assert.Equal(["INTROSPECTION_OFF"], (await production.QueryAsync("{ __schema { types { name } } }")).Errors);
        Assert.Equal(["INTROSPECTION_OFF"], (await production.QueryAsync("""{ __type(name: "Book") { name } }""")).Errors);
        Assert.DoesNotContain("title", (await production.QueryAsync("{ book(id: 1) { titel } }")).Message, StringComparison.Ordinal);
        Assert.Equal("""{"__typename":"Query"}""", (await production.QueryAsync("{ __typename }")).Data);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_audit_of_graphql_http_finds_nothing()
    {
        var modules = await NpmPackage.InstallAsync("graphql-http@1.23.1", "graphql@16.11.0");
        var audit = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Audit", "audit.mjs"), modules, app.Address.ToString()]);

        Assert.True(audit.ExitCode == 0, audit.Output + audit.Error);
    }

    private async Task<GraphAnswer> GetAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql" + query);
        return await app.SendAsync(request);
    }

    private async Task<GraphAnswer> PostAsync(string body, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return await app.SendAsync(request);
    }
}
