using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API3:2023, broken object property level authorization: fields that are set or seen by who should not.</summary>
[Trait("Category", "Integration")]
public class Api03PropertyLevelAuthorizationTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fields_that_the_server_keeps_are_refused_by_name(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "sample");
        foreach (var (field, value) in new[] { ("id", "1"), ("created_at", "\"2020-01-01T00:00:00Z\""), ("owner", "{}"), ("created_at_minute", "\"2020-01-01T00:00:00Z\"") })
        {
            (await api.Owner.PostAsync("/api/items", $$"""{"item_type":"{{Guid.NewGuid()}}","{{field}}":{{value}}}""")).ExpectRefusalOf(field);
            (await api.Owner.PatchAsync($"/api/items/{rows["i"]}", $$"""{"{{field}}":{{value}}}""")).ExpectRefusalOf(field);
        }

        foreach (var (field, value) in new[] { ("id", "1"), ("password_hash", "\"x\""), ("created_at", "\"2020-01-01T00:00:00Z\""), ("role", "\"ADMIN\""), ("status", "\"DELETED\"") })
        {
            (await api.Owner.PatchAsync($"/api/users/{rows["a"]}", $$"""{"{{field}}":{{value}}}""")).ExpectRefusalOf(field);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_owner_is_the_caller_and_named_by_admin_alone(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);

        (await api.Stranger.PostAsync("/api/items", $$"""{"item_type":"{{Guid.NewGuid()}}","owner_id":{{api.Owner.Id}}}""")).Expect(403).ExpectRefusalOf("owner_id");
        (await api.Stranger.PostAsync("/api/items/batch", $$"""[{"item_type":"{{Guid.NewGuid()}}"},{"item_type":"x","owner_id":{{api.Owner.Id}}}]""")).Expect(403).ExpectRefusalOf("[1].owner_id");
        Assert.Equal(api.Stranger.Id, (await api.Stranger.PostAsync("/api/items", $$"""{"item_type":"{{Guid.NewGuid()}}"}""")).Expect(201)["owner_id"]);
        Assert.Equal(api.Owner.Id, (await api.Admin.PostAsync("/api/items", $$"""{"item_type":"{{Guid.NewGuid()}}","owner_id":{{api.Owner.Id}}}""")).Expect(201)["owner_id"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Hidden_and_secret_fields_are_in_no_answer_filter_or_order(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "clinic");
        (await api.Admin.PatchAsync($"/api/accounts/{rows["a"]}", """{"display_name":"Known"}""")).Expect(200);
        var answers = new[]
        {
            await api.Admin.GetAsync("/api/accounts?limit=500"), await api.Admin.GetAsync($"/api/accounts/{rows["a"]}"),
            await api.Admin.GetAsync("/api/visits?limit=500&expand=account"), await api.Admin.GetAsync("/api/audit-logs?limit=500"),
            await api.Owner.GetAsync("/api/auth/me"),
        };

        Assert.All(answers, answer =>
        {
            answer.Expect(200);
            Assert.DoesNotContain("\"password_hash\":", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"internal_note\":", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Session.Password, answer.Text, StringComparison.Ordinal);
        });
        foreach (var query in new[] { "password_hash[gte]=A", "sort=password_hash", "fields=password_hash", "password_hash[starts]=A" })
        {
            (await api.Admin.GetAsync($"/api/accounts?{query}")).Expect(400);
        }

        (await api.Admin.GetAsync("/api/visits?internal_note=x")).Expect(400);
        (await api.Owner.PostAsync("/api/visits", """{"starts_at":"2026-01-01T10:00:00","internal_note":"mine"}""")).ExpectRefusalOf("internal_note");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Admin_alone_changes_roles(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var nurse = await api.StaffAsync("NURSE");

        (await nurse.PatchAsync($"/api/accounts/{nurse.Id}", """{"role":"ADMIN"}""")).Expect(403).ExpectRefusalOf("role");
        (await nurse.PatchAsync($"/api/accounts/{api.Owner.Id}", """{"role":"NURSE"}""")).Expect(404);
    }
}
