using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public abstract class SignInTests(RunningApp app) : AppTests(app)
{
    [Fact]
    public async Task A_user_registers_signs_in_and_is_known()
    {
        var registered = await App.RegisterAsync("ada@example.org");
        Assert.Equal(HttpStatusCode.Created, registered.Status);
        Assert.Equal("/api/auth/me", registered["Location"]);
        Assert.Equal("ada@example.org", registered.Json.GetProperty("email").GetString());
        Assert.DoesNotContain("password", registered.Text, StringComparison.Ordinal);

        var login = await App.LoginAsync("ada@example.org");
        Assert.Equal("Bearer", login.Json.GetProperty("token_type").GetString());
        Assert.Equal(900, login.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", login["Cache-Control"]);

        var me = await App.MeAsync(Tokens.Of(login).Access);
        Assert.Equal(registered.Json.GetProperty("id").GetGuid(), me.Json.GetProperty("id").GetGuid());
        Assert.Equal("ada@example.org", me.Json.GetProperty("email").GetString());
        Assert.Equal("ACTIVE", me.Json.GetProperty("status").GetString());
    }
}

public sealed class SignInTestsOnSqlite(RunningApp app) : SignInTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class SignInTestsOnPostgreSql(AppOnPostgreSql app) : SignInTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class SignInTestsOnMariaDb(AppOnMariaDb app) : SignInTests(app), IClassFixture<AppOnMariaDb>;
