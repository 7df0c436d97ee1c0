using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Security.Tests.Owasp;

namespace SchemaDeploy.Security.Tests;

/// <summary>Users who are deleted.</summary>
[Trait("Category", "Integration")]
public class DeletedUserTests
{
    [Fact]
    public async Task A_user_who_is_marked_as_deleted_is_signed_out_and_cannot_sign_in()
    {
        await using var process = await AppProcess.StartAsync(await BuiltApp.GetAsync("staff"), databaseUrl: null, Limits.None);
        var admin = await Session.RegisterAsync(process.Client);
        var role = (await admin.PostAsync("/api/roles", """{"name":"reader"}""")).Expect(201)["id"];
        var created = (await admin.PostAsync("/api/users", $$"""{"email":"leaver@example.com","password":"{{Session.Password}}","role_id":{{role}}}""")).Expect(201);
        // What refers to the row would keep it, were it not marked.
        (await admin.PostAsync("/api/user_roles", $$"""{"user_id":{{created["id"]}},"role_id":{{role}}}""")).Expect(201);
        var leaver = await Session.LoginAsync(process.Client, "leaver@example.com");
        (await leaver.GetAsync("/api/auth/me")).Expect(200);

        (await admin.DeleteAsync($"/api/users/{created["id"]}")).Expect(204);

        (await leaver.GetAsync("/api/auth/me")).Expect(401);
        (await new Session(process.Client).PostAsync("/api/auth/login", $$"""{"email":"leaver@example.com","password":"{{Session.Password}}"}""")).Expect(401);
        (await admin.GetAsync($"/api/users/{created["id"]}")).Expect(404);
        (await admin.GetAsync($"/api/user_roles/{created["id"]}/{role}")).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_user_whom_rows_or_the_audit_log_name_stays_and_the_answer_says_which(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var writer = await Session.RegisterAsync(api.Client);
        var item = (await writer.PostAsync("/api/items", """{"item_type":"kept","quantity":1}""")).Expect(201)["id"];

        var byItems = await api.Admin.DeleteAsync($"/api/users/{writer.Id}");
        (await api.Admin.DeleteAsync($"/api/items/{item}")).Expect(204);
        var byRecords = await api.Admin.DeleteAsync($"/api/users/{writer.Id}");

        Assert.Contains("Rows of items, audit_logs refer to this one", byItems.Expect(409).Text, StringComparison.Ordinal);
        Assert.Contains("Rows of audit_logs refer to this one", byRecords.Expect(409).Text, StringComparison.Ordinal);
    }
}
