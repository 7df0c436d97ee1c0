using System.Text.Json;
using System.Text.Json.Nodes;
using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.GraphQL;

/// <summary>The attacks that REST withstands, and those that GraphQL alone is open to.</summary>
[Trait("Category", "Integration")]
public class GraphAttackTests
{
    public static TheoryData<Database> All => [Database.Sqlite, Database.PostgreSql];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Text_that_means_something_to_others_is_text(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        await OwnedRows.CreateAsync(api, "sample");
        foreach (var payload in InjectionTests.Payloads)
        {
            var variables = new JsonObject { ["p"] = payload == "\ud800" ? "\ufffd" : payload };
            await AssertSafeAsync(api, "query($p: String) { items(filter: {itemType: {eq: $p}}) { nodes { id ownerId owner { email } } } }", variables);
            await AssertSafeAsync(api, "query($p: String) { items(filter: {itemType: {contains: $p, starts: $p, ne: $p}}) { nodes { id ownerId owner { email } } } }", variables);
            await AssertSafeAsync(api, "query($p: String!) { items(filter: {itemType: {in: [$p]}}) { nodes { id ownerId } } }", variables);
            await AssertSafeAsync(api, "query($p: String) { items(after: $p) { nodes { id ownerId } } }", variables);
            await AssertSafeAsync(api, "query($p: String) { items(last: 2, before: $p, sort: [{id: DESC}]) { nodes { id ownerId } } }", variables);
            await AssertSafeAsync(api, "mutation($p: String) { updateItem(id: 1, ifMatch: $p, input: {itemType: $p}) { id ownerId } }", variables);
            await AssertSafeAsync(api, "query($p: Long!) { item(id: $p) { id ownerId } }", variables);
            await AssertSafeAsync(api, $"{{ items(after: {JsonSerializer.Serialize(payload)}) {{ nodes {{ id ownerId }} }} }}", null);
            await AssertSafeAsync(api, $"{{ items {{ nodes {{ id {payload} }} }} }}", null);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Text_comes_back_as_it_went_in_or_is_refused(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var visit = (await api.Stranger.PostAsync("/api/visits", """{"starts_at":"2026-01-01T10:00:00"}""")).Expect(201)["id"];
        foreach (var payload in InjectionTests.Payloads.Where(payload => payload != "\ud800"))
        {
            var answer = await api.Stranger.QueryAsync(
                $"mutation($p: String) {{ updateVisit(id: {visit}, input: {{reason: $p}}) {{ reason }} }}", new JsonObject { ["p"] = payload });
            var outcome = GraphOperations.OutcomeOf(answer, "updateVisit");
            Assert.True(outcome is "OK" or "BAD_REQUEST", $"{payload}: {answer.Text}");
            Assert.True(outcome != "OK" || answer.Json.GetProperty("data").GetProperty("updateVisit").GetProperty("reason").GetString() == payload, $"{payload}: {answer.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fields_that_are_not_the_callers_to_set_are_refused(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "sample");
        foreach (var field in new[] { "id: 1", "createdAt: \"2020-01-01T00:00:00Z\"", "owner: {}", "createdAtMinute: \"2020-01-01T00:00:00Z\"", "passwordHash: \"x\"", "etag: \"x\"" })
        {
            await AssertAsync("GRAPHQL_VALIDATION_FAILED", api.Owner, "createItem", $"mutation {{ createItem(input: {{itemType: \"x\", {field}}}) {{ id }} }}");
            await AssertAsync("GRAPHQL_VALIDATION_FAILED", api.Owner, "updateItem", $"mutation {{ updateItem(id: {rows["i"]}, input: {{{field}}}) {{ id }} }}");
            await AssertAsync("GRAPHQL_VALIDATION_FAILED", api.Owner, "updateUser", $"mutation {{ updateUser(id: {rows["a"]}, input: {{{field}}}) {{ id }} }}");
        }

        await AssertAsync("FORBIDDEN", api.Owner, "updateUser", $"mutation {{ updateUser(id: {rows["a"]}, input: {{role: ADMIN}}) {{ id }} }}");
        await AssertAsync("FORBIDDEN", api.Owner, "updateUser", $"mutation {{ updateUser(id: {rows["a"]}, input: {{status: DELETED}}) {{ id }} }}");
        await AssertAsync("FORBIDDEN", api.Stranger, "createItem", $"mutation {{ createItem(input: {{itemType: \"x\", ownerId: {api.Owner.Id}}}) {{ id }} }}");
        await AssertAsync("FORBIDDEN", api.Stranger, "createItems", $"mutation {{ createItems(input: [{{itemType: \"y\"}}, {{itemType: \"x\", ownerId: {api.Owner.Id}}}]) {{ id }} }}");

        // Variables are no way round.
        var input = new JsonObject { ["input"] = new JsonObject { ["itemType"] = "x", ["createdAt"] = "2020-01-01T00:00:00Z" } };
        await AssertAsync("GRAPHQL_VALIDATION_FAILED", api.Owner, "createItem", "mutation($input: ItemCreate!) { createItem(input: $input) { id } }", input);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_way_through_other_rows_leads_to_an_owners(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");
        var answer = await api.Stranger.QueryAsync("""
            {
              treatment(code: "TREATMENT") { visitTreatments { nodes { visitId visit { id } } totalCount } }
              treatments(first: 50) { nodes { visitTreatments { nodes { visitId visit { account { accountId email } } } } } }
              visits(filter: {accountId: {eq: "OWNER"}}) { nodes { id } totalCount }
              accounts { nodes { accountId visits { nodes { id accountId } } recipientMessages { nodes { id senderId } } senderMessages { nodes { senderId } } } totalCount }
            }
            """.Replace("TREATMENT", rows["t"], StringComparison.Ordinal).Replace("OWNER", api.Owner.Id, StringComparison.Ordinal));

        var data = answer.Json.GetProperty("data");
        Assert.Equal("""{"visitTreatments":{"nodes":[],"totalCount":0}}""", data.GetProperty("treatment").GetRawText());
        Assert.Equal("""{"nodes":[],"totalCount":0}""", data.GetProperty("visits").GetRawText());
        Assert.Equal(1, data.GetProperty("accounts").GetProperty("totalCount").GetInt32());
        Assert.DoesNotContain(api.Owner.Id, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Owner.Email, answer.Text, StringComparison.Ordinal);

        // A reference to a row that is not for the caller is not followed, as expand does not.
        var message = await api.Owner.QueryAsync($"{{ message(id: {rows["m"]}) {{ recipient {{ email }} sender {{ accountId }} }} }}");
        Assert.Equal("{\"recipient\":null,\"sender\":{\"accountId\":\"" + api.Owner.Id + "\"}}", message.Json.GetProperty("data").GetProperty("message").GetRawText());
        var own = (await api.Stranger.PostAsync("/api/messages", $$"""{"recipient_id":"{{api.Owner.Id}}","body":"Hello"}""")).Expect(201)["id"];
        await AssertAsync("UNPROCESSABLE_ENTITY", api.Stranger, "updateMessage", $"mutation {{ updateMessage(id: {own}, input: {{visitId: {rows["v"]}}}) {{ id }} }}");
        await AssertAsync("FORBIDDEN", api.Stranger, "updateMessage", $"mutation {{ updateMessage(id: {own}, input: {{senderId: \"{api.Owner.Id}\"}}) {{ id }} }}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Secrets_are_in_no_type_and_errors_tell_nothing_of_the_inside(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var schema = await api.Admin.QueryAsync("{ __schema { types { name fields { name } inputFields { name } enumValues { name } } } }");
        Assert.DoesNotContain("passwordHash", schema.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("internalNote", schema.Text, StringComparison.OrdinalIgnoreCase);

        foreach (var query in new[]
        {
            "{", "{ visit(id: \"x\") { id } }", "{ visits(first: 99999999999) { nodes { id } } }", "{ visits(after: \"x\") { nodes { id } } }", "{ stockList { nodes { id } } }",
            "mutation { createVisit(input: {startsAt: \"never\"}) { id } }", "mutation { createMessage(input: {recipientId: \"x\", body: \"y\"}) { id } }",
        })
        {
            var answer = await api.Stranger.QueryAsync(query);
            Assert.True(answer.Json.TryGetProperty("errors", out _), query);
            foreach (var sign in new[] { "Exception", " at SchemaDeploy", "Npgsql", "Microsoft", "SELECT", "System.", "GraphQL.NET", "INTERNAL_SERVER_ERROR" })
            {
                Assert.DoesNotContain(sign, answer.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task In_production_the_schema_is_nobodys_to_read_and_floods_are_refused()
    {
        var app = await BuiltApp.GetAsync("clinic");
        await using var process = await AppProcess.StartAsync(
            app, await (await SchemaDeploy.Tests.Servers.SharedServers.PostgreSqlAsync()).CreateDatabaseAsync(),
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("RateLimits__Enabled", "false"));
        var anybody = new Session(process.Client);

        await AssertAsync("INTROSPECTION_OFF", anybody, "__schema", "{ __schema { types { name } } }");
        await AssertAsync("INTROSPECTION_OFF", anybody, "__type", "{ __type(name: \"Visit\") { name } }");
        await AssertAsync("INTROSPECTION_OFF", anybody, "__schema", "query { ...f } fragment f on Query { __schema { types { name } } }");
        Assert.DoesNotContain("Did you mean", (await anybody.QueryAsync("{ visitz { nodes { id } } }")).Text, StringComparison.Ordinal);
        (await anybody.GetAsync("/graphql")).Expect(400);

        var deep = "{ accounts " + string.Concat(Enumerable.Repeat("{ nodes { visits ", 200)) + "{ nodes { id } }" + string.Concat(Enumerable.Repeat("} }", 200)) + " }";
        await AssertAsync("QUERY_TOO_COMPLEX", anybody, "accounts", deep);
        await AssertAsync("QUERY_TOO_COMPLEX", anybody, "a0", "{" + string.Concat(Enumerable.Range(0, 500).Select(i => $" a{i}: visits {{ totalCount }}")) + "}");
        await AssertAsync("QUERY_TOO_COMPLEX", anybody, "visits", "{ visits(first: 500) { nodes { messages(first: 500) { nodes { visit { messages(first: 500) { nodes { id } } } } } } } }");
        (await anybody.PostAsync("/graphql", "[" + string.Join(',', Enumerable.Repeat("""{"query":"{ __typename }"}""", 1000)) + "]")).Expect(400);
    }

    [Fact]
    public async Task Queries_count_against_the_limits_on_requests_and_passwords_cannot_be_tried_by_aliases()
    {
        var app = await BuiltApp.GetAsync("clinic");
        await using var process = await AppProcess.StartAsync(app, null, ("RateLimits__Anonymous__Requests", "20"), ("RateLimits__Anonymous__Burst", "20"));
        var anybody = new Session(process.Client);

        var codes = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            codes.Add((await anybody.QueryAsync("{ treatments { totalCount } }")).Code);
        }

        Assert.Contains(429, codes);
        Assert.Equal(200, codes[0]);
    }

    [Fact]
    public async Task Other_sites_forms_cannot_send_mutations()
    {
        var api = await SecuredApi.SampleAsync(Database.Sqlite);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"mutation { deleteItem(id: 1) }"}""") };
        Assert.Equal(415, (int)(await api.Client.SendAsync(form, TestContext.Current.CancellationToken)).StatusCode);
        (await api.Owner.GetAsync("/graphql?query=mutation{deleteItem(id:1)}")).Expect(405);
    }

    private static async Task AssertSafeAsync(SecuredApi api, string query, JsonObject? variables)
    {
        var answer = await api.Stranger.QueryAsync(query, variables?.DeepClone().AsObject());
        Assert.True(answer.Code < 500, $"{query} {variables}: {answer.Code} {answer.Text}");
        Assert.Null(answer.Header("X-Injected"));
        Assert.DoesNotContain("INTERNAL_SERVER_ERROR", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{api.Owner.Email}\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"ownerId\":{api.Owner.Id},", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"ownerId\":{api.Owner.Id}}}", answer.Text, StringComparison.Ordinal);
    }

    private static async Task AssertAsync(string code, Session session, string field, string query, JsonObject? variables = null)
    {
        var answer = await session.QueryAsync(query, variables);
        Assert.True(GraphOperations.OutcomeOf(answer, field) == code, $"{query} gave {answer.Text}, not {code}");
    }
}
