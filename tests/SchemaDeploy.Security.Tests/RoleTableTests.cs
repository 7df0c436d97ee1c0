using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests;

/// <summary>An application whose schema keeps in rows what users may do.</summary>
[Trait("Category", "Integration")]
public class RoleTableTests
{
    [Fact]
    public async Task Nobody_but_admin_gives_roles()
    {
        await using var process = await AppProcess.StartAsync(await BuiltApp.GetAsync("staff"), databaseUrl: null, Limits.None);
        var anonymous = new Session(process.Client);
        (await anonymous.PostAsync("/api/auth/register", $$"""{"email":"first@example.com","password":"{{Session.Password}}","role_id":1}""")).Expect(400);
        var admin = await Session.RegisterAsync(process.Client);
        var (reader, editor) = (await RoleAsync(admin, "reader"), await RoleAsync(admin, "editor"));

        // The first was the administrator; others get an account from them.
        (await anonymous.PostAsync("/api/auth/register", $$"""{"email":"user@example.com","password":"{{Session.Password}}","role_id":{{editor}}}""")).Expect(403);
        (await anonymous.PostAsync("/api/auth/register", $$"""{"email":"user@example.com","password":"{{Session.Password}}"}""")).Expect(403);
        var created = (await admin.PostAsync("/api/users", $$"""{"email":"user@example.com","password":"{{Session.Password}}","role_id":{{reader}}}""")).Expect(201);

        var user = await Session.LoginAsync(process.Client, "user@example.com");
        var path = $"/api/users/{created["id"]}";
        (await user.PatchAsync(path, $$"""{"role_id":{{editor}}}""")).ExpectRefusalOf("role_id");
        (await user.PutAsync(path, $$"""{"email":"user@example.com","nickname":"U","role_id":{{editor}}}""")).ExpectRefusalOf("role_id");
        Assert.Equal(reader, (await user.PutAsync(path, """{"email":"user@example.com","nickname":"U"}""")).Expect(200)["role_id"]);

        var row = $$"""{"user_id":{{created["id"]}},"role_id":{{editor}}}""";
        (await user.PostAsync("/api/user_roles", row)).Expect(403);
        (await admin.PostAsync("/api/user_roles", row)).Expect(201);
        (await user.GetAsync($"/api/user_roles/{created["id"]}/{editor}")).Expect(200);
        (await user.DeleteAsync($"/api/user_roles/{created["id"]}/{editor}")).Expect(403);
    }

    private static async Task<string> RoleAsync(Session admin, string name) =>
        (await admin.PostAsync("/api/roles", $$"""{"name":"{{name}}"}""")).Expect(201)["id"];
}
