using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public sealed class SignInTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_user_registers_signs_in_and_is_known()
    {
        var registered = await app.RegisterAsync("ada@example.org");
        Assert.Equal(HttpStatusCode.Created, registered.Status);
        Assert.Equal("/api/auth/me", registered["Location"]);
        Assert.Equal("ada@example.org", registered.Json.GetProperty("email").GetString());
        Assert.DoesNotContain("password", registered.Text, StringComparison.Ordinal);

        var login = await app.LoginAsync("ada@example.org");
        Assert.Equal("Bearer", login.Json.GetProperty("token_type").GetString());
        Assert.Equal(900, login.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", login["Cache-Control"]);

        var me = await app.MeAsync(Tokens.Of(login).Access);
        Assert.Equal(registered.Json.GetProperty("id").GetGuid(), me.Json.GetProperty("id").GetGuid());
        Assert.Equal("ada@example.org", me.Json.GetProperty("email").GetString());
        Assert.Equal("ACTIVE", me.Json.GetProperty("status").GetString());
    }
}
