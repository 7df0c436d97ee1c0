using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Security.Tests.Owasp;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>An application whose schema has no users: its own are administered as any others.</summary>
[Trait("Category", "Integration")]
public sealed class OwnUsersTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Admin_gives_roles_and_suspends_and_nobody_else_does(Database database)
    {
        var url = database == Database.PostgreSql ? await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync() : null;
        await using var process = await AppProcess.StartAsync(await BuiltApp.GetAsync("quota"), url, Limits.None);
        var admin = await Session.RegisterAsync(process.Client);
        var (user, other) = (await Session.RegisterAsync(process.Client), await Session.RegisterAsync(process.Client));
        var path = $"/api/users/{user.Id}";

        Assert.Equal(3, (await admin.GetAsync("/api/users?count=true")).Expect(200).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await user.GetAsync("/api/users")).Expect(200).Json.GetProperty("items").GetArrayLength());
        (await other.GetAsync(path)).Expect(404);
        (await user.PatchAsync(path, """{"role":"ADMIN"}""")).ExpectRefusalOf("role");
        (await user.PatchAsync(path, """{"status":"SUSPENDED"}""")).ExpectRefusalOf("status");
        (await user.PostAsync("/api/users", $$"""{"email":"x@example.com","password":"{{Session.Password}}"}""")).Expect(403);

        (await admin.PatchAsync(path, """{"role":"ADMIN"}""")).Expect(200);
        (await user.GetAsync($"/api/users/{other.Id}")).Expect(200);

        (await admin.PatchAsync($"/api/users/{other.Id}", """{"status":"SUSPENDED"}""")).Expect(200);
        (await other.GetAsync("/api/auth/me")).Expect(401);
        (await new Session(process.Client).PostAsync("/api/auth/login", $$"""{"email":"{{other.Email}}","password":"{{Session.Password}}"}""")).Expect(403);

        var records = (await admin.GetAsync($"/api/audit-logs?entity_id={other.Id}")).Expect(200);
        Assert.Contains("SUSPENDED", records.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("password", records.Text, StringComparison.Ordinal);
    }
}
