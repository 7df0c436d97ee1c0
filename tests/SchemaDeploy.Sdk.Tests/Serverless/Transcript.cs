using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>What a series of requests to the generated API is answered, without what changes from time to time.</summary>
internal static partial class Transcript
{
    private const string Account = """{"email":"admin@example.org","password":"the engine has no pretensions"}""";

    private static readonly (string Method, string Path, string? Body)[] s_requests =
    [
        ("GET", "/health", null),
        ("GET", "/api/note", null),
        ("POST", "/api/auth/register", """{"email":"not one"}"""),
        ("GET", "/api/note?count=true", null),
        ("POST", "/api/note", """{"id":1,"body":"Grüße, 世界"}"""),
        ("POST", "/api/note", """{"id":1,"body":"again"}"""),
        ("POST", "/api/note", """{"id":"one"}"""),
        ("POST", "/api/note", "{"),
        ("GET", "/api/note/1", null),
        ("HEAD", "/api/note/1", null),
        ("OPTIONS", "/api/note/1", null),
        ("PATCH", "/api/note/1", """{"body":"changed"}"""),
        ("PUT", "/api/note/1", """{"body":"%41 & more"}"""),
        ("GET", "/api/note?body[contains]=%25&fields=id&sort=-id&limit=5", null),
        ("GET", "/api/note?nothing=1", null),
        ("GET", "/api/note/%2e%2e", null),
        ("GET", "/api/note/7", null),
        ("POST", "/api/note/batch", """[{"id":2,"body":"a"},{"id":3,"body":"b"}]"""),
        ("DELETE", "/api/note/2", null),
        ("GET", "/api/note", null),
        ("PATCH", "/api/note", "{}"),
        ("TRACE", "/api/note", null),
        ("GET", "/nowhere", null),
    ];

    /// <summary>The answers, each behind its request.</summary>
    /// <param name="client">To whom requests go.</param>
    /// <param name="isByFetch">Whether they go through the Fetch API, which has no TRACE.</param>
    /// <param name="disturb">What is done now and then, between two requests.</param>
    public static async Task<IReadOnlyList<string>> TakeAsync(HttpClient client, bool isByFetch = false, Func<Task>? disturb = null)
    {
        var transcript = new List<string>();
        foreach (var (index, (method, path, body)) in s_requests.Where(request => !isByFetch || request.Method != "TRACE").Index())
        {
            if (disturb is not null && index % 5 == 4)
            {
                await disturb();
            }

            if (path == "/api/note?count=true")
            {
                client.DefaultRequestHeaders.Authorization = await SignInAsync(client);
            }

            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }

            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var answer = new StringBuilder();
            answer.Append(CultureInfo.InvariantCulture, $"{method} {path}\n{(int)response.StatusCode} {response.ReasonPhrase}\n");
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            {
                // Those of the connection, of the time, and of Netlify's CLI.
                if (name is not ("Date" or "Connection" or "Keep-Alive" or "Transfer-Encoding" or "Strict-Transport-Security" or "X-Powered-By")
                    && !name.StartsWith("x-nf-", StringComparison.Ordinal))
                {
                    answer.AppendJoin('\n', values.Select(value => $"{name.ToUpperInvariant()}: {value}")).Append('\n');
                }
            }

            transcript.Add(answer.Append(Changing().Replace(text, "…")).ToString());
        }

        return transcript;
    }

    private static async Task<AuthenticationHeaderValue> SignInAsync(HttpClient client)
    {
        foreach (var path in new[] { "/api/auth/register", "/api/auth/login" })
        {
            using var answer = await client.PostAsync(path, new StringContent(Account, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, text);
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.TryGetProperty("access_token", out var token))
            {
                return new AuthenticationHeaderValue("Bearer", token.GetString());
            }
        }

        throw new InvalidOperationException("No token.");
    }

    [GeneratedRegex("(?<=\"(?:traceId|duration|timestamp|[a-z_]*elapsed[a-z_]*|uptime[a-z_]*)\": ?)(?:\"[^\"]*\"|[0-9.]+)")]
    private static partial Regex Changing();
}
