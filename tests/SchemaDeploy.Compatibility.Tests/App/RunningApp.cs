using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SchemaDeploy.Compatibility.Tests.Rows;
using SchemaDeploy.Generation.Design;

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
    private readonly string _database;
    private HttpClient? _client;

    public RunningApp(string folder, string assembly)
    {
        _database = Path.Combine(folder, "test.db");
        _command = new RunningCommand(
            "dotnet",
            ["exec", assembly, "--environment", "Development", "--urls", "http://127.0.0.1:0"],
            folder,
            new Dictionary<string, string> { ["DATABASE_URL"] = "sqlite:" + _database, ["RateLimits__Enabled"] = "false" });
    }

    /// <summary>What the app has logged.</summary>
    public string Log => _command.Output;

    /// <summary>Waits until the app says that it is ready; false where it ended instead, or never became ready.</summary>
    public async Task<bool> WaitUntilReadyAsync()
    {
        for (var end = DateTime.UtcNow + s_startLimit; DateTime.UtcNow < end && !_command.HasExited; await Task.Delay(100))
        {
            if (_client is null && AddressPattern().Match(Log) is { Success: true } address)
            {
                _client = new HttpClient { BaseAddress = new Uri(address.Groups[1].Value), Timeout = TimeSpan.FromMinutes(2) };
            }

            if (_client is not null && (await GetAsync("/ready")).Status == HttpStatusCode.OK)
            {
                return true;
            }
        }

        return false;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, JsonObject body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PatchAsync(string path, JsonObject body) => SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json");

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Puts a row into the database past the app and past foreign keys; what the server keeps gets a value too.</summary>
    public void InsertUnchecked(SampleRow row)
    {
        var values = row.Values.ToDictionary(pair => pair.Key.ColumnName, pair => pair.Value.Sql);
        foreach (var property in row.Resource.Properties.Where(property => !property.Nullable))
        {
            object? kept = property.ServerValue switch
            {
                ServerValue.Identity or ServerValue.Version => 1,
                // Where clients give a password, the server keeps a hash.
                ServerValue.None when !property.InCreate && property.Form == ValueForm.Text => "",
                ServerValue.NowOnCreate or ServerValue.NowOnUpdate => new DateTime(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc),
                _ => null,
            };
            if (kept is not null)
            {
                values[property.ColumnName] = kept;
            }
        }

        var columns = string.Join(", ", values.Keys.Select(column => $"\"{column}\""));
        ExecuteUnchecked(
            $"INSERT INTO \"{row.Resource.Table}\" ({columns}) VALUES ({string.Join(", ", values.Keys.Select((_, i) => $"@p{i}"))})",
            [.. values.Values]);
    }

    /// <summary>Deletes the rows of a table past the app and past foreign keys.</summary>
    public void DeleteUnchecked(Resource resource) => ExecuteUnchecked($"DELETE FROM \"{resource.Table}\"", []);

    private void ExecuteUnchecked(string sql, object?[] parameters)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = _database, ForeignKeys = false, Pooling = false };
        using var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters.AddWithValue($"@p{i}", parameters[i] ?? DBNull.Value);
        }

#pragma warning disable CA2100 // The names are the schema's, the values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

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
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ETag?.Tag,
            response.Headers.Location?.OriginalString);
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();
}
