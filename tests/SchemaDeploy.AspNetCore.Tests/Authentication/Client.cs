using System.Net;
using System.Text.Json;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

/// <summary>What a client of the routes under /api/auth sends.</summary>
internal static class Client
{
    public const string Password = "correct horse battery";

    public static Task<Answer> RegisterAsync(this RunningApp app, string email, string password = Password) =>
        app.PostAsync("/api/auth/register", JsonSerializer.Serialize(new { email, password }));

    public static Task<Answer> LoginAsync(this RunningApp app, string email, string password = Password) =>
        app.PostAsync("/api/auth/login", JsonSerializer.Serialize(new { email, password }));

    public static Task<Answer> RefreshAsync(this RunningApp app, string token) =>
        app.PostAsync("/api/auth/refresh", JsonSerializer.Serialize(new { refresh_token = token }));

    public static Task<Answer> LogoutAsync(this RunningApp app, string token) =>
        app.PostAsync("/api/auth/logout", JsonSerializer.Serialize(new { refresh_token = token }));

    public static Task<Answer> MeAsync(this RunningApp app, string accessToken) =>
        app.SendAsync(HttpMethod.Get, "/api/auth/me", headers: Bearer(accessToken));

    public static Task<Answer> ChangePasswordAsync(this RunningApp app, string accessToken, string present, string next) => app.SendAsync(
        HttpMethod.Post, "/api/auth/password", JsonSerializer.Serialize(new { current_password = present, new_password = next }), headers: Bearer(accessToken));

    /// <summary>Registers a user and signs in.</summary>
    public static async Task<Tokens> JoinAsync(this RunningApp app, string email)
    {
        Assert.Equal(HttpStatusCode.Created, (await app.RegisterAsync(email)).Status);
        return Tokens.Of(await app.LoginAsync(email));
    }

    public static (string Name, string Value) Bearer(string accessToken) => ("Authorization", $"Bearer {accessToken}");
}

/// <summary>What signing in answers.</summary>
internal sealed record Tokens(string Access, string Refresh)
{
    public static Tokens Of(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return new Tokens(answer.Json.GetProperty("access_token").GetString()!, answer.Json.GetProperty("refresh_token").GetString()!);
    }
}
