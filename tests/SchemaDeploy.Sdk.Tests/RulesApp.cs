using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>The application of docs/rules.md, built once by the packed SDK.</summary>
public sealed class RulesApp(PackedSdk sdk) : IAsyncLifetime
{
    private readonly TestProject _project = new(sdk);

    /// <summary>The page.</summary>
    public static string Page { get; } = File.ReadAllText(Path.Combine(PackedSdk.RepositoryRoot, "docs", "rules.md")).ReplaceLineEndings("\n");

    /// <summary>The schema of the page.</summary>
    public static string Schema => Blocks("sql").Single();

    /// <summary>The blocks of a language on the page.</summary>
    public static IEnumerable<string> Blocks(string language) =>
        Regex.Matches(Page, $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Groups[1].Value);

    public async ValueTask InitializeAsync()
    {
        _project.Write("schema.sql", Schema);
        _project.Write("Rules.cs", Blocks("csharp").Single());
        await _project.BuildCleanlyAsync();
    }

    public ValueTask DisposeAsync()
    {
        _project.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts the application with a database of its own.</summary>
    internal Task<RunningRules> StartAsync() => RunningRules.StartAsync(_project, Guid.NewGuid().ToString("N"));
}

/// <summary>The running application of docs/rules.md.</summary>
internal sealed class RunningRules : IDisposable
{
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);
    private readonly RunningCommand _command;
    private Uri? _address;

    private RunningRules(RunningCommand command) => _command = command;

    /// <summary>Starts the built project.</summary>
    public static async Task<RunningRules> StartAsync(TestProject project, string database)
    {
        var app = new RunningRules(project.StartDotNet(
            "exec", Path.Combine("bin", "Debug", "net10.0", "App.dll"), "--environment=Development", "--urls=http://127.0.0.1:0",
            $"--DATABASE_URL=sqlite:{Path.Combine(project.Folder, database)}.db", "--JWT_SECRET=only the tests of this page use it",
            "--RateLimits:Enabled=false", "--Fingerprints:Enabled=false"));
        try
        {
            await app._command.WaitForAsync("Application started", PackedSdk.Limit);
            app._address = ListeningAddress.Find(app._command.Output);

            // The first user to register is ADMIN.
            await app.AsAsync("ada");
            return app;
        }
        catch
        {
            app.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _command.Dispose();
    }

    /// <summary>A client with the token of a user, who is registered where there is none of the name.</summary>
    public async Task<HttpClient> AsAsync(string name)
    {
        if (_clients.TryGetValue(name, out var known))
        {
            return known;
        }

        var client = new HttpClient { BaseAddress = _address };
        _clients.Add(name, client);
        var credentials = new { email = $"{name}@example.com", password = "correct horse battery staple" };
        using var registered = await client.PostAsJsonAsync("/api/auth/register", credentials);
        Assert.True(registered.IsSuccessStatusCode, await registered.Content.ReadAsStringAsync());
        using var answer = await client.PostAsJsonAsync("/api/auth/login", credentials);
        var token = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
