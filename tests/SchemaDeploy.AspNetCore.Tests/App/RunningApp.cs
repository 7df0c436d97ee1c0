using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;
using Npgsql;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>The application on a port of its own, with a database of its own.</summary>
public class RunningApp : IAsyncLifetime
{
    private readonly Lines _log = new();
    private WebApplication? _app;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Settings beside those that every test needs, as <c>--Name=value</c>; later ones win.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What a test puts into the application before the library does.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    public string DatabaseFile => Path.Combine(Folder, "test.db");

    /// <summary>A folder of the application's own.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public IEnumerable<string> Log => _log.All;

    /// <summary>Every statement sent to the database so far.</summary>
    public IReadOnlyCollection<string> Commands => Services.GetRequiredService<ExecutedCommands>().Texts;

    public IServiceProvider Services => _app!.Services;

    /// <summary>The database, for another replica.</summary>
    public string DatabaseUrl { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (WhyMissing is not null)
        {
            return;
        }

        DatabaseUrl = await CreateDatabaseAsync();
        var builder = SchemaApplication.CreateBuilder(
            [
                "--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL={DatabaseUrl}", $"--contentRoot={Folder}",
                // Hashing is slow on purpose, and a developer's key is none of the tests' business. Measurements are of all
                // applications of a process together.
                "--METRICS=false", "--RateLimits:Enabled=false", "--Fingerprints:Enabled=false", "--Auth:PasswordIterations=1000", "--JWT_SECRET=only the tests of this project use it", .. Arguments,
            ]);
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton<ExecutedCommands>();
        builder.Services.ConfigureDbContext<AppDbContext>(static (provider, options) =>
            provider.GetRequiredService<ExecutedCommands>().Record(options));
        Configure?.Invoke(builder);
        _app = Api.Build(builder);
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        // A server has room for the connections of a few applications, and a file in use cannot be deleted everywhere.
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        await MySqlConnection.ClearAllPoolsAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Why the tests are skipped: the database's server is not installed.</summary>
    public virtual string? WhyMissing => null;

    /// <summary>Makes an empty database and gives its DATABASE_URL: a SQLite file, where nothing else is said.</summary>
    protected virtual Task<string> CreateDatabaseAsync() => Task.FromResult($"sqlite:{DatabaseFile}");

    /// <summary>Sends a body, JSON as a string, and reads the answer.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PatchAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json", headers);

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>The application on PostgreSQL.</summary>
public class AppOnPostgreSql : RunningApp
{
    public override string? WhyMissing => PostgreSqlServer.WhyMissing;

    protected override async Task<string> CreateDatabaseAsync() => await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync();
}

/// <summary>The application on MariaDB.</summary>
public class AppOnMariaDb : RunningApp
{
    public override string? WhyMissing => MariaDbServer.WhyMissing;

    /// <summary>What the URL of the database says besides, with its question mark.</summary>
    public string Parameters { get; init; } = "";

    protected override async Task<string> CreateDatabaseAsync() => await (await SharedServers.MariaDbAsync()).CreateDatabaseAsync() + Parameters;
}

/// <summary>An answer, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>The messages of a field in a problem.</summary>
    public string ErrorOf(string field) => Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var messages)
        ? string.Join("; ", messages.EnumerateArray().Select(message => message.GetString()))
        : $"(no error for {field}): {Text}";

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}
