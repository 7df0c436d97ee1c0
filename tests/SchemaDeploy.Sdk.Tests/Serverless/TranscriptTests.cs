using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>The generated API on PostgreSQL answers through a function as it does by itself.</summary>
[Trait("Category", "Integration")]
[Collection(PublishedFunction.Collection)]
public sealed partial class TranscriptTests(PublishedFunction function)
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

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task The_transcript_is_the_same(string platform)
    {
        using var instance = await function.StartAsync(platform);
        using var alone = new RunningCommand(function.Program, ["--urls", "http://127.0.0.1:0"], Path.GetDirectoryName(function.Program)!, await function.EnvironmentAsync());
        await alone.WaitForAsync("Now listening on: ", TimeSpan.FromSeconds(20));
        using var client = new HttpClient { BaseAddress = ListeningAddress.Find(alone.Output) };

        // The Fetch API, by which Netlify calls functions, has no TRACE.
        var requests = s_requests.Where(request => platform == "vercel.cjs" || request.Method != "TRACE").ToList();
        var expected = await TranscriptAsync(client, requests);

        Assert.Equal(expected, await TranscriptAsync(instance.Client, requests));
        // Both told apart what they were asked.
        Assert.All(["200 ", "201 ", "204 ", "401 ", "404 ", "405 ", "409 ", "400 "], status => Assert.Contains($"\n{status}", expected, StringComparison.Ordinal));
    }

    private static async Task<string> TranscriptAsync(HttpClient client, List<(string Method, string Path, string? Body)> requests)
    {
        var transcript = new StringBuilder();
        foreach (var (method, path, body) in requests)
        {
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
            transcript.Append(System.Globalization.CultureInfo.InvariantCulture, $"{method} {path}\n{(int)response.StatusCode} {response.ReasonPhrase}\n");
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            {
                // Those of the connection, and of the time.
                if (name is not ("Date" or "Connection" or "Keep-Alive" or "Transfer-Encoding" or "Strict-Transport-Security"))
                {
                    transcript.AppendJoin('\n', values.Select(value => $"{name.ToUpperInvariant()}: {value}")).Append('\n');
                }
            }

            transcript.Append(Changing().Replace(text, "…")).Append("\n\n");
        }

        return transcript.ToString();
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
