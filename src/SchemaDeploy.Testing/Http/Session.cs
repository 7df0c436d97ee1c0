using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.Testing.Http;

/// <summary>Somebody who sends requests, with a token or with none. Every answer is held against the OpenAPI document.</summary>
public sealed class Session
{
    private readonly HttpClient _client;
    private readonly OpenApiContract _contract;
    private readonly string? _token;

    internal Session(HttpClient client, OpenApiContract contract, string? token = null, string id = "")
    {
        _client = client;
        _contract = contract;
        _token = token;
        Id = id;
    }

    /// <summary>The key of the user's row as text; empty where nobody has signed in.</summary>
    public string Id { get; }

    /// <summary>The key of the user's row.</summary>
    public T Key<T>()
        where T : IParsable<T> => T.Parse(Id, CultureInfo.InvariantCulture);

    /// <summary>Reads.</summary>
    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Creates.</summary>
    /// <param name="path">Where.</param>
    /// <param name="request">A request of the application, or JSON.</param>
    public Task<Answer> PostAsync<T>(string path, T request) => SendAsync(HttpMethod.Post, path, request as JsonNode ?? Body.Of(request));

    /// <summary>Replaces.</summary>
    public Task<Answer> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>Changes the fields that the body names.</summary>
    public Task<Answer> PatchAsync(string path, JsonNode body) => SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json");

    /// <summary>Deletes.</summary>
    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Sends a query or mutation of GraphQL.</summary>
    /// <param name="query">The query.</param>
    /// <param name="variables">Its variables.</param>
    public async Task<GraphAnswer> QueryAsync(string query, JsonObject variables) =>
        new(await SendAsync(HttpMethod.Post, "/graphql", new JsonObject { ["query"] = query, ["variables"] = variables }));

    /// <summary>Makes the services of a scope work on behalf of this person, whose token is judged as with a request.</summary>
    internal async Task EnterAsync(IServiceProvider scope)
    {
        var request = new DefaultHttpContext { RequestServices = scope };
        if (_token is not null)
        {
            request.Request.Headers.Authorization = $"Bearer {_token}";
        }

        request.User = (await request.AuthenticateAsync()).Principal ?? request.User;
        CallerMiddleware.Introduce(request);
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType);
        }

        if (_token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }

        using var response = await _client.SendAsync(request);
        var answer = new Answer(
            $"{method} {path} {body?.ToJsonString()}", (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
        _contract.Check(method, path, answer, response.Content.Headers.ContentType?.MediaType);
        return answer;
    }
}
