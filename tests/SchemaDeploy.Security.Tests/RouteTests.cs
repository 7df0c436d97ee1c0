using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests;

/// <summary>Every route of the OpenAPI document, asked by everybody who should not get an answer, and by who should.</summary>
[Trait("Category", "Integration")]
public class RouteTests
{
    public static TheoryData<string, Database> Apps => new()
    {
        { "sample", Database.Sqlite },
        { "sample", Database.PostgreSql },
        { "clinic", Database.Sqlite },
        { "clinic", Database.PostgreSql },
    };

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task The_table_of_routes_has_every_route_of_the_document(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var document = (await api.Anonymous.GetAsync("/openapi/v1.json")).Expect(200).Json;
        var routes = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => $"{operation.Name.ToUpperInvariant()} {RouteTable.Parameter().Replace(path.Name, "{}")}"));

        Assert.Equal(routes.Order(StringComparer.Ordinal), RouteTable.Read(schema).Select(route => route.Shape).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task The_document_says_of_every_route_whether_it_needs_a_token(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var document = (await api.Anonymous.GetAsync("/openapi/v1.json")).Expect(200).Json;
        var open = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Where(operation => operation.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0)
                .Select(operation => $"{operation.Name.ToUpperInvariant()} {RouteTable.Parameter().Replace(path.Name, "{}")}"));

        Assert.Equal(
            RouteTable.Read(schema).Where(route => route.IsOpen).Select(route => route.Shape).Order(StringComparer.Ordinal),
            open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Without_a_token_a_route_answers_401_unless_it_is_open(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var rows = await OwnedRows.CreateAsync(api, schema);

        await AssertAllAsync(schema, route => route.Anonymous, async route =>
        {
            var answer = await rows.SendAsync(route, api.Anonymous);
            Assert.True(answer.Code != 401 || answer.Header("WWW-Authenticate") is not null, $"{route.Shape} does not say how to sign in.");
            return answer;
        });
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Another_users_token_gets_nothing_of_an_owners(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var rows = await OwnedRows.CreateAsync(api, schema);

        await AssertAllAsync(schema, route => route.Stranger, route => rows.SendAsync(route, api.Stranger));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task The_owner_gets_what_is_the_owners(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var rows = await OwnedRows.CreateAsync(api, schema);

        await AssertAllAsync(schema, route => route.Owner, route => rows.SendAsync(route, api.Owner));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_token_that_is_wrong_in_any_way_is_none(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var rows = await OwnedRows.CreateAsync(api, schema);
        // A token of the tests' making is good, so that what is wrong with the others is what they are named for.
        (await api.Owner.With(Tokens.Sign(Tokens.Read(api.Owner.Token!))).GetAsync("/api/auth/me")).Expect(200);
        foreach (var (name, token) in Tokens.Wrong(api.Owner.Token!))
        {
            foreach (var route in RouteTable.Read(schema).Where(route => !route.IsOpen))
            {
                var answer = await rows.SendAsync(route, api.Owner.With(token));
                Assert.True(answer.Code == 401, $"A token {name} at {route.Shape} gave {answer.Code}: {answer.Text}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_suspended_users_token_is_none(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        var rows = await OwnedRows.CreateAsync(api, schema);
        var isSample = schema == "sample";
        var suspended = await Session.RegisterAsync(api.Client, isSample ? "" : """,  "display_name":"Suspended" """);
        (await api.Admin.PatchAsync(
            isSample ? $"/api/users/{suspended.Id}" : $"/api/accounts/{suspended.Id}",
            isSample ? """{"status":"SUSPENDED"}""" : """{"is_active":false}""")).Expect(200);

        foreach (var route in RouteTable.Read(schema).Where(route => !route.IsOpen))
        {
            (await rows.SendAsync(route, suspended)).Expect(401);
        }

        (await new Session(api.Client).PostAsync("/api/auth/login", $$"""{"email":"{{suspended.Email}}","password":"{{Session.Password}}"}""")).Expect(403);
        (await new Session(api.Client).PostAsync("/api/auth/refresh", $$"""{"refresh_token":"{{suspended.RefreshToken}}"}""")).Expect(401);
    }

    private static Task<SecuredApi> GetAsync(string schema, Database database) =>
        schema == "sample" ? SecuredApi.SampleAsync(database) : SecuredApi.ClinicAsync(database);

    private static async Task AssertAllAsync(string schema, Func<Route, int> expected, Func<Route, Task<Answer>> send)
    {
        var wrong = new List<string>();
        foreach (var route in RouteTable.Read(schema))
        {
            var answer = await send(route);
            if (answer.Code != expected(route))
            {
                wrong.Add($"{route.Method} {route.Path}: {answer.Code}, not {expected(route)}: {answer.Text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
