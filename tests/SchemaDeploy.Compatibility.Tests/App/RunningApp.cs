using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Compatibility.Tests.App;

/// <summary>An answer of the app.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string? ETag, string? Location)
{
    public JsonNode? Json => JsonNode.Parse(Body);

    public override string ToString() => $"{(int)Status} {(Body.Length > 1500 ? Body[..1500] + "…" : Body)}";
}

/// <summary>The app as a process of its own, reached over HTTP.</summary>
internal sealed partial class RunningApp : IDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(3);

    private readonly RunningCommand _command;
    private readonly List<string> _transcript = [];
    private HttpClient? _client;

    public RunningApp(string folder, string assembly, AppDatabase database)
    {
        Database = database;
        _command = new RunningCommand(
            "dotnet",
            ["exec", assembly, "--environment", "Development", "--urls", "http://127.0.0.1:0"],
            folder,
            new Dictionary<string, string> { ["DATABASE_URL"] = database.Url, ["RateLimits__Enabled"] = "false" });
    }

    /// <summary>What the app runs on.</summary>
    public AppDatabase Database { get; }

    /// <summary>Every request and its answer, but for what each run makes anew.</summary>
    public IReadOnlyList<string> Transcript => _transcript;

    /// <summary>What the app has logged.</summary>
    public string Log => _command.Output;

    /// <summary>Waits until the app says that it is ready; false where it ended instead, or never became ready.</summary>
    public async Task<bool> WaitUntilReadyAsync()
    {
        for (var end = DateTime.UtcNow + s_startLimit; DateTime.UtcNow < end && !_command.HasExited; await Task.Delay(100))
        {
            if (_client is null && ListeningAddress.Find(Log) is { } address)
            {
                _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
            }

            if (_client is not null && (await GetAsync("/ready")).Status == HttpStatusCode.OK)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members of answers that the transcript leaves out.</summary>
    public HashSet<string> NotTranscribed { get; } = [];

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, JsonObject body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PatchAsync(string path, JsonObject body) => SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json");

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public void Dispose()
    {
        _client?.Dispose();
        _command.Dispose();
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, contentType);
        }

        using var response = await _client!.SendAsync(request);
        var answer = new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ETag?.Tag,
            response.Headers.Location?.OriginalString);
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            var line = MadeAnewPattern().Replace($"{method} {path} {body?.ToJsonString()} -> {(int)answer.Status} {Sorted(answer)}", "…");
            _transcript.Add(MemberMadeAnewPattern().Replace(line, ""));
        }

        return answer;
    }

    // Members of documents come in the database's own order.
    private string Sorted(Answer answer) => answer.Body.StartsWith('{') ? Sorted(answer.Json)!.ToJsonString() : answer.Body;

    private JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => !NotTranscribed.Contains(member.Key)).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    // Times of this year or later, where the samples' are of an earlier one; UUIDs but for the samples'; row versions;
    // and the identity of the request.
    [GeneratedRegex("20(2[5-9]|[3-9]\\d)-\\d\\d-\\d\\d(T[\\d:.%A]*Z?)?|(?!00000000)[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[0-9a-fA-F-]{17}|\"([A-Za-z0-9/]|\\\\u002B){11}=\"|\"traceId\":\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex MadeAnewPattern();

    // A change in the same second as the last leaves a time as it was, and the audit log, which tells what changed, without it.
    [GeneratedRegex("\"[^\"]*\":\"…\",|,?\"[^\"]*\":\"…\"", RegexOptions.CultureInvariant)]
    private static partial Regex MemberMadeAnewPattern();
}
