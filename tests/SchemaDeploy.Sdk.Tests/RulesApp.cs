using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>The application of docs/rules.md, built by the packed SDK and running.</summary>
public sealed partial class RulesApp(PackedSdk sdk) : IAsyncLifetime
{
    private readonly TestProject _project = new(sdk);
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);
    private Process? _process;
    private string? _address;

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
        _process = Command.Start(
            "dotnet",
            [
                "exec", Path.Combine("bin", "Debug", "net10.0", "App.dll"), "--environment=Development", "--urls=http://127.0.0.1:0",
                "--JWT_SECRET=only the tests of this page use it", "--RateLimits:Enabled=false", "--Fingerprints:Enabled=false",
            ],
            _project.Folder,
            out var output);
        _address = await FindAddressAsync(output);

        // The first user to register is ADMIN.
        await AsAsync("ada");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _project.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A client with the token of a user, who is registered where there is none of the name.</summary>
    public async Task<HttpClient> AsAsync(string name)
    {
        if (_clients.TryGetValue(name, out var known))
        {
            return known;
        }

        var client = new HttpClient { BaseAddress = new Uri(_address!) };
        _clients.Add(name, client);
        var credentials = new { email = $"{name}@example.com", password = "correct horse battery staple" };
        using var registered = await client.PostAsJsonAsync("/api/auth/register", credentials);
        Assert.True(registered.IsSuccessStatusCode, await registered.Content.ReadAsStringAsync());
        using var answer = await client.PostAsJsonAsync("/api/auth/login", credentials);
        var token = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<string> FindAddressAsync(StringBuilder output)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            lock (output)
            {
                if (AddressPattern().Match(output.ToString()) is { Success: true } match)
                {
                    return match.Groups[1].Value;
                }
            }

            Assert.False(_process!.HasExited, $"The app ended:\n{output}");
            await Task.Delay(100);
        }

        throw new TimeoutException($"The app does not listen:\n{output}");
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex AddressPattern();
}
