using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API1:2023, broken object level authorization: rows of others, by every way that leads to a row.</summary>
[Trait("Category", "Integration")]
public class Api01ObjectLevelAuthorizationTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Lists_hold_the_callers_rows_alone(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        await OwnedRows.CreateAsync(api, "clinic");
        foreach (var path in new[] { "/api/visits?count=true", "/api/visit_treatments?count=true", "/api/messages?count=true", "/api/accounts?count=true" })
        {
            var newcomer = await Session.RegisterAsync(api.Client, """, "display_name":"Newcomer" """);
            var page = (await newcomer.GetAsync(path)).Expect(200).Json;

            var own = path.StartsWith("/api/accounts", StringComparison.Ordinal) ? 1 : 0;
            Assert.Equal((own, own), (page.GetProperty("items").GetArrayLength(), page.GetProperty("total").GetInt32()));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Filters_find_nothing_out_about_other_peoples_rows(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");
        foreach (var query in new[]
        {
            $"id={rows["v"]}", $"account_id={api.Owner.Id}", $"account_id[ne]={api.Stranger.Id}", "id[gte]=0", $"id[in]={rows["v"]}", "reason[null]=true",
        })
        {
            var page = (await api.Stranger.GetAsync($"/api/visits?count=true&{query}")).Expect(200).Json;
            Assert.DoesNotContain(page.GetProperty("items").EnumerateArray(), row => row.GetProperty("account_id").GetString() != api.Stranger.Id);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Expansion_shows_no_row_that_the_caller_may_not_read(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");
        var message = (await api.Owner.GetAsync($"/api/messages/{rows["m"]}?expand=recipient,visit,sender")).Expect(200).Json;

        Assert.False(message.TryGetProperty("recipient", out _));
        Assert.Equal(api.Owner.Id, message.GetProperty("sender").GetProperty("account_id").GetString());
        Assert.Equal(rows["v"], message.GetProperty("visit").GetProperty("id").ToString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_row_of_another_is_refused_in_the_words_for_one_that_is_not_there(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");

        Assert.Equal(
            (await api.Stranger.GetAsync("/api/visits/9999999")).Expect(404).Text,
            (await api.Stranger.GetAsync($"/api/visits/{rows["v"]}")).Expect(404).Text);
        Assert.Equal(
            (await api.Stranger.PostAsync("/api/messages", $$"""{"recipient_id":"{{api.Owner.Id}}","visit_id":9999999,"body":"Hello"}""")).Expect(422).Text,
            (await api.Stranger.PostAsync("/api/messages", $$"""{"recipient_id":"{{api.Owner.Id}}","visit_id":{{rows["v"]}},"body":"Hello"}""")).Expect(422).Text);
        Assert.Equal(
            (await api.Stranger.DeleteAsync("/api/visits/9999999")).Expect(404).Text,
            (await api.Stranger.DeleteAsync($"/api/visits/{rows["v"]}")).Expect(404).Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_row_of_another_is_not_found_out_by_a_key_that_is_no_relationship(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var (ticket, missing) = (Random.Shared.Next(1, 1_000_000_000), Random.Shared.Next(1_000_000_000, int.MaxValue));
        (await api.Owner.PostAsync("/api/visits", $$"""{"starts_at":"2026-01-01T10:00:00","ticket":{{ticket}}}""")).Expect(201);
        string Message(int number) => $$"""{"recipient_id":"{{api.Owner.Id}}","ticket":{{number}},"body":"Hello"}""";

        (await api.Owner.PostAsync("/api/messages", Message(ticket))).Expect(201);
        var refusal = (await api.Stranger.PostAsync("/api/messages", Message(missing))).Expect(422);
        refusal.ExpectRefusalOf("ticket");
        Assert.Equal(refusal.Text, (await api.Stranger.PostAsync("/api/messages", Message(ticket))).Expect(422).Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_row_cannot_be_moved_to_a_parent_of_another(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");
        var own = (await api.Stranger.PostAsync("/api/messages", $$"""{"recipient_id":"{{api.Owner.Id}}","body":"Hello"}""")).Expect(201)["id"];

        (await api.Stranger.PatchAsync($"/api/messages/{own}", $$"""{"visit_id":{{rows["v"]}}}""")).Expect(422).ExpectRefusalOf("visit_id");
        (await api.Stranger.PatchAsync($"/api/messages/{own}", $$"""{"sender_id":"{{api.Owner.Id}}"}""")).Expect(403).ExpectRefusalOf("sender_id");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_batch_with_one_row_at_anothers_parent_creates_none(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");
        var before = await TotalAsync(api.Stranger);
        var good = $$"""{"recipient_id":"{{api.Owner.Id}}","body":"Good"}""";

        var answer = await api.Stranger.PostAsync(
            "/api/messages/batch", $$"""[{{good}},{"recipient_id":"{{api.Owner.Id}}","visit_id":{{rows["v"]}},"body":"Bad"},{{good}}]""");

        answer.Expect(422).ExpectRefusalOf("[1].visit_id");
        Assert.Equal(before, await TotalAsync(api.Stranger));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Admin_sees_and_changes_the_rows_of_all(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");

        (await api.Admin.GetAsync($"/api/visits/{rows["v"]}")).Expect(200);
        (await api.Admin.PatchAsync($"/api/visits/{rows["v"]}", """{"reason":"Moved by the office"}""")).Expect(200);
        Assert.Contains($"\"{api.Stranger.Id}\"", (await api.Admin.GetAsync("/api/accounts?limit=500")).Expect(200).Text, StringComparison.Ordinal);
    }

    private static async Task<int> TotalAsync(Session session) =>
        (await session.GetAsync("/api/messages?count=true")).Expect(200).Json.GetProperty("total").GetInt32();
}
