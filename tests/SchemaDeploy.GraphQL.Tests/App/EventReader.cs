using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SchemaDeploy.GraphQL.Tests.App;

/// <summary>A subscription as a client has it: the events of a stream, one by one.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public int Status => (int)_response.StatusCode;

    public HttpResponseMessage Response => _response;

    /// <summary>Comments since the last event.</summary>
    public int Beats { get; private set; }

    /// <summary>Subscribes; when it is done, the application listens.</summary>
    public static async Task<EventReader> OpenAsync(
        HttpClient client, string query, string? token = null, object? variables = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event as its name and its data; null where the stream has ended.</summary>
    public async Task<(string Event, string Data)?> ReadAsync()
    {
        var (name, data) = ("", "");
        Beats = 0;
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data = line["data:".Length..].TrimStart();
            }
            else if (line.StartsWith(':'))
            {
                Beats++;
            }
            else if (line.Length == 0 && name.Length > 0)
            {
                return (name, data);
            }
        }

        return null;
    }

    /// <summary>The data of the next result.</summary>
    public async Task<string> NextAsync()
    {
        var (name, data) = await ReadAsync() ?? throw new InvalidOperationException("The stream has ended.");
        Assert.Equal("next", name);
        Assert.False(JsonElement.Parse(data).TryGetProperty("errors", out _), data);
        return JsonElement.Parse(data).GetProperty("data").GetRawText();
    }

    /// <summary>The errors of the next event, behind which the subscription is complete.</summary>
    public async Task<IEnumerable<string>> EndAsync()
    {
        var (name, data) = await ReadAsync() ?? throw new InvalidOperationException("The stream has ended.");
        Assert.Equal("next", name);
        Assert.Equal(("complete", ""), await ReadAsync());
        Assert.Null(await ReadAsync());
        return new GraphAnswer(Status, data, null).Errors;
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The next line as it comes.</summary>
    public Task<string?> ReadLineAsync() => _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken);
}
