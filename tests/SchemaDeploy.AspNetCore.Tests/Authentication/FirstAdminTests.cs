using System.Net;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public sealed class FirstAdminTests
{
    private static readonly string[] s_named = ["--ADMIN_EMAIL=Boss@example.org", "--ADMIN_PASSWORD=from the operator"];

    [Fact]
    public async Task In_development_the_first_to_register_is_admin_and_nobody_after()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        Assert.Equal("ADMIN", (await app.RegisterAsync("first@example.org")).Json.GetProperty("role").GetString());
        Assert.Equal("USER", (await app.RegisterAsync("second@example.org")).Json.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Of_many_who_register_first_at_once_one_is_admin()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.RegisterAsync($"racer{i}@example.org")));
        Assert.Single(answers, answer => answer.Json.GetProperty("role").GetString() == "ADMIN");
    }

    [Fact]
    public async Task The_operators_admin_signs_in_and_nobody_else_gets_the_email()
    {
        await using var app = new RunningApp { Arguments = s_named };
        await app.InitializeAsync();
        Assert.Equal("USER", (await app.RegisterAsync("first@example.org")).Json.GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await app.RegisterAsync("boss@example.org", "not the operator's")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync("boss@example.org", "not the operator's")).Status);

        var tokens = Tokens.Of(await app.LoginAsync("boss@example.org", "from the operator"));
        Assert.Equal("ADMIN", (await app.MeAsync(tokens.Access)).Json.GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await app.RegisterAsync("boss@example.org", "from the operator")).Status);
    }

    [Fact]
    public async Task The_operators_admin_may_register_and_change_the_password_for_good()
    {
        await using var app = new RunningApp { Arguments = s_named };
        await app.InitializeAsync();
        Assert.Equal("ADMIN", (await app.RegisterAsync("BOSS@example.org", "from the operator")).Json.GetProperty("role").GetString());
        var tokens = Tokens.Of(await app.LoginAsync("boss@example.org", "from the operator"));
        Assert.Equal(HttpStatusCode.NoContent, (await app.ChangePasswordAsync(tokens.Access, "from the operator", "the admin's own one")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync("boss@example.org", "from the operator")).Status);
    }

    [Theory]
    [InlineData("--ADMIN_EMAIL=boss@example.org", "set both, or neither")]
    [InlineData("--ADMIN_PASSWORD=from the operator", "set both, or neither")]
    public async Task One_of_the_two_settings_alone_is_a_mistake(string argument, string message)
    {
        var exception = await FailAsync(argument);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_password_for_the_admin_is_a_mistake()
    {
        var exception = await FailAsync("--ADMIN_EMAIL=boss@example.org", "--ADMIN_PASSWORD=short");
        Assert.Contains("at least 8 characters", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<StartupException> FailAsync(params string[] arguments)
    {
        await using var app = new RunningApp { Arguments = arguments };
        return await Assert.ThrowsAsync<StartupException>(async () => await app.InitializeAsync());
    }
}
