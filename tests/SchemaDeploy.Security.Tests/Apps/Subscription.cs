using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>A subscription of GraphQL that is open.</summary>
public sealed class Subscription : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly StreamReader _lines;

    private Subscription(StreamReader lines) => _lines = lines;

    /// <summary>Subscribes; when it is done, the application listens.</summary>
    public static async Task<Subscription> OpenAsync(HttpClient client, Session session, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = session.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        return new Subscription(new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next result; null where the stream has ended.</summary>
    public async Task<string?> ReadAsync()
    {
        while (await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }

    public void Dispose() => _lines.Dispose();
}
