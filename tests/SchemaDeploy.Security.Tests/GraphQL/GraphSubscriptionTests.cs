using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.GraphQL;

/// <summary>Subscriptions tell whoever may read a row, and while that is so.</summary>
[Trait("Category", "Integration")]
public class GraphSubscriptionTests
{
    public static TheoryData<Database> All => [Database.Sqlite, Database.PostgreSql];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_role_that_is_lost_ends_what_it_gave(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var nurse = await api.StaffAsync("NURSE");
        using var stock = await Subscription.OpenAsync(api.Client, nurse, "subscription { stockChanged { kind node { item } } }");
        await AddStockAsync("Bandages");
        Assert.Contains("\"item\":\"Bandages", await stock.ReadAsync(), StringComparison.Ordinal);

        (await api.Admin.PatchAsync($"/api/accounts/{nurse.Id}", """{"role":"PATIENT"}""")).Expect(200);
        await AddStockAsync("Secrets");
        // Other tests put things into the same stock, and what they did before the role was lost may still be told.
        var last = await stock.ReadAsync();
        while (last is not null && !last.Contains("FORBIDDEN", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("Secrets", last, StringComparison.Ordinal);
            last = await stock.ReadAsync();
        }

        Assert.Contains("\"code\":\"FORBIDDEN\"", last, StringComparison.Ordinal);
        Assert.DoesNotContain("Secrets", last, StringComparison.Ordinal);
        Assert.Null(await stock.ReadAsync());

        async Task AddStockAsync(string item) => (await api.Admin.PostAsync("/api/stock", $$"""{"item":"{{item}} {{Guid.NewGuid()}}"}""")).Expect(201);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_suspended_user_is_told_nothing_more(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var user = await Session.RegisterAsync(api.Client, """, "display_name":"Suspended soon" """);
        using var changes = await Subscription.OpenAsync(api.Client, user, "subscription { treatmentChanged { node { name } } }");

        (await api.Admin.PatchAsync($"/api/accounts/{user.Id}", """{"is_active":false}""")).Expect(200);
        (await api.Admin.PostAsync("/api/treatments", $$"""{"code":"{{$"S{Guid.NewGuid():N}"[..10]}}","name":"After","price":1}""")).Expect(201);
        Assert.Contains("\"code\":\"UNAUTHORIZED\"", await changes.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Rows_and_their_parts_are_told_to_their_owner_alone(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        const string visits = "subscription { visitChanged { kind node { accountId } } }";
        const string parts = "subscription { visitTreatmentChanged { kind node { visit { accountId } } } }";
        using var own = await Subscription.OpenAsync(api.Client, api.Owner, visits);
        using var ownParts = await Subscription.OpenAsync(api.Client, api.Owner, parts);
        using var strange = await Subscription.OpenAsync(api.Client, api.Stranger, visits);
        using var strangeParts = await Subscription.OpenAsync(api.Client, api.Stranger, parts);

        var rows = await OwnedRows.CreateAsync(api, "clinic");
        (await api.Owner.DeleteAsync($"/api/visit_treatments/{rows["v"]}/{rows["t"]}")).Expect(204);
        (await api.Owner.DeleteAsync($"/api/visits/{rows["v"]}")).Expect(204);
        var visit = (await api.Stranger.PostAsync("/api/visits", """{"starts_at":"2026-01-03T10:00:00"}""")).Expect(201)["id"];
        (await api.Admin.PostAsync("/api/treatments", $$"""{"code":"{{$"P{visit}"}}","name":"Part","price":1}""")).Expect(201);
        (await api.Stranger.PostAsync("/api/visit_treatments", $$"""{"visit_id":{{visit}},"treatment_code":"P{{visit}}"}""")).Expect(201);

        Assert.Contains(api.Stranger.Id, await strange.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains(api.Stranger.Id, await strangeParts.ReadAsync(), StringComparison.Ordinal);
        // What was gone before it was told is told as gone: the row is read anew for each.
        Assert.Contains("\"kind\":", await own.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_only_what_is_public_can_be_subscribed_to()
    {
        var api = await SecuredApi.ClinicAsync(Database.Sqlite);
        foreach (var (name, isOpen) in new[] { ("treatment", true), ("visit", false), ("visitTreatment", false), ("message", false), ("account", false), ("stock", false) })
        {
            using var changes = await Subscription.OpenAsync(api.Client, api.Anonymous, $"subscription {{ {name}Changed {{ kind }} }}");
            if (!isOpen)
            {
                Assert.Contains("\"code\":\"UNAUTHORIZED\"", await changes.ReadAsync(), StringComparison.Ordinal);
            }
        }
    }
}
