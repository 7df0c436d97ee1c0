using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>Somebody who sends requests: with a token, or with none.</summary>
public sealed class Session(HttpClient client, string? token = null)
{
    public const string Password = "correct horse battery staple";

    public string? Token => token;

    public string RefreshToken { get; private init; } = "";

    public string Email { get; private init; } = "";

    /// <summary>The user's key.</summary>
    public string Id { get; private init; } = "";

    /// <summary>The same person with another token.</summary>
    public Session With(string? otherToken) => new(client, otherToken);

    /// <summary>The same person at another process of the application.</summary>
    public Session At(HttpClient otherClient) => new(otherClient, token) { RefreshToken = RefreshToken, Email = Email, Id = Id };

    /// <summary>Registers a user and signs in.</summary>
    public static async Task<Session> RegisterAsync(HttpClient client, string fields = "", string? email = null)
    {
        email ??= $"{Guid.NewGuid():N}@example.com";
        var anonymous = new Session(client);
        (await anonymous.PostAsync("/api/auth/register", $$"""{"email":"{{email}}","password":"{{Password}}"{{fields}}}""")).Expect(201);
        return await LoginAsync(client, email);
    }

    public static async Task<Session> LoginAsync(HttpClient client, string email, string password = Password)
    {
        var answer = (await new Session(client).PostAsync("/api/auth/login", JsonSerializer.Serialize(new { email, password }))).Expect(200);
        var token = answer["access_token"];
        var id = (await new Session(client, token).GetAsync("/api/auth/me")).Expect(200)["id"];
        return new Session(client, token) { RefreshToken = answer["refresh_token"], Email = email, Id = id };
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync("POST", path, body, headers);

    /// <summary>A request of GraphQL.</summary>
    public Task<Answer> QueryAsync(string query, JsonObject? variables = null) =>
        PostAsync("/graphql", new JsonObject { ["query"] = query, ["variables"] = variables }.ToJsonString());

    public Task<Answer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<Answer> PatchAsync(string path, string body) => SendAsync("PATCH", path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path);

    public async Task<Answer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", method == "PATCH" ? "application/merge-patch+json" : "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }
}
