using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API5:2023, broken function level authorization: operations of another role, and methods that nobody listed.</summary>
[Trait("Category", "Integration")]
public class Api05FunctionLevelAuthorizationTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_role_may_do_what_the_schema_grants_it_and_no_more(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var nurse = await api.StaffAsync("NURSE");
        var item = (await nurse.PostAsync("/api/stock", $$"""{"item":"{{Guid.NewGuid()}}"}""")).Expect(201)["id"];

        (await nurse.GetAsync("/api/stock")).Expect(200);
        (await nurse.PatchAsync($"/api/stock/{item}", """{"amount":5}""")).Expect(200);
        (await nurse.DeleteAsync($"/api/stock/{item}")).Expect(403);
        (await api.Admin.DeleteAsync($"/api/stock/{item}")).Expect(403);
        (await nurse.GetAsync("/api/audit-logs")).Expect(403);
        (await api.Admin.GetAsync("/api/audit-logs")).Expect(200);
        (await nurse.PostAsync("/api/accounts", $$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"{{Session.Password}}","display_name":"x"}""")).Expect(403);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_audit_log_is_written_by_no_request(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "sample");
        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" })
        {
            (await api.Admin.SendAsync(method, method == "POST" ? "/api/audit-logs" : $"/api/audit-logs/{rows["l"]}", "{}")).Expect(405);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_header_does_not_change_the_method(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var rows = await OwnedRows.CreateAsync(api, "sample");

        (await api.Owner.GetAsync($"/api/items/{rows["i"]}", ("X-HTTP-Method-Override", "DELETE"), ("X-Method-Override", "DELETE"))).Expect(200);
        (await api.Owner.GetAsync($"/api/items/{rows["i"]}")).Expect(200);
        (await api.Anonymous.GetAsync("/api/items", ("X-Forwarded-For", "127.0.0.1"), ("X-Original-URL", "/health"), ("X-Rewrite-URL", "/health"))).Expect(401);
    }
}
