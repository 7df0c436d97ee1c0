using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.GraphQL;

/// <summary>What the table of routes says that REST answers to whom, GraphQL answers too.</summary>
[Trait("Category", "Integration")]
public class GraphRouteTests
{
    public static TheoryData<string, Database> Apps => RouteTests.Apps;

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Without_a_token_there_is_what_rest_gives_without_one(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        await AssertAllAsync(api, schema, api.Anonymous, route => route.Anonymous);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Another_users_token_gets_nothing_of_an_owners(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        await AssertAllAsync(api, schema, api.Stranger, route => route.Stranger);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task The_owner_gets_what_is_the_owners(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        await AssertAllAsync(api, schema, api.Owner, route => route.Owner);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_token_that_is_wrong_in_any_way_is_none(string schema, Database database)
    {
        var api = await GetAsync(schema, database);
        foreach (var (_, token) in Tokens.Wrong(api.Owner.Token!))
        {
            await AssertAllAsync(api, schema, api.Owner.With(token), route => route.Anonymous);
        }
    }

    private static Task<SecuredApi> GetAsync(string schema, Database database) =>
        schema == "sample" ? SecuredApi.SampleAsync(database) : SecuredApi.ClinicAsync(database);

    private static async Task AssertAllAsync(SecuredApi api, string schema, Session session, Func<Route, int> status)
    {
        var operations = await GraphOperations.ReadAsync(api);
        var rows = await OwnedRows.CreateAsync(api, schema);
        var wrong = new List<string>();
        foreach (var route in RouteTable.Read(schema))
        {
            if (operations.Of(route, rows) is { } request)
            {
                var answer = await session.QueryAsync(request.Query, request.Variables);
                var (outcome, expected) = (GraphOperations.OutcomeOf(answer, request.Field), GraphOperations.OutcomeOf(route, status(route)));
                if (outcome != expected)
                {
                    wrong.Add($"{route.Method} {route.Path}: {outcome}, not {expected}: {request.Query} {request.Variables} {answer.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
