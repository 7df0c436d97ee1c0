using System.Globalization;
using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>
/// Migrations as processes of their own: many at the same time, and ended by kill -9 at any moment.
/// SCHEMADEPLOY_MIGRATION_KILLS sets how often on each database.
/// </summary>
public abstract class MigrationProcessTests
{
    private const int Accounts = 20;
    private const int Entries = 2000;
    // So many that loading them takes as long as the rest.
    private const int Branches = 20_000;

    private static readonly int s_kills = int.Parse(Environment.GetEnvironmentVariable("SCHEMADEPLOY_MIGRATION_KILLS") ?? "2", CultureInfo.InvariantCulture);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    protected static async Task RaceAsync(IDatabaseServer server)
    {
        var (url, _) = await FilledAsync(server);
        var next = await NextAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RunAsync(next, url)));

        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.Output));
        Assert.Single(results, result => result.Output.Contains("Done.", StringComparison.Ordinal));
        Assert.Equal(9, results.Count(result => result.Output.Contains("The database is up to date.", StringComparison.Ordinal)));
        Assert.Equal("2", (await server.RunSqlAsync(url, "SELECT count(*) FROM schemadeploy_schema;")).Trim());
        Assert.Equal($"{Branches}", await BranchesAsync(server, url));
    }

    // The first runs to its end, and tells what the others have to come to and how long there is to kill them.
    protected static async Task KillAsync(IDatabaseServer server)
    {
        var next = await NextAsync();
        var (whole, content) = await FilledAsync(server);
        var start = DateTime.UtcNow;
        await ExpectDoneAsync(next, whole);
        var duration = DateTime.UtcNow - start;
        var (expected, kept) = (await server.DumpSchemaAsync(whole), await ContentAsync(server, whole, "postings", "remark"));
        Assert.Equal(content, kept);

        var random = new Random(1);
        var brokenOff = 0;
        for (var kill = 0; kill < s_kills; kill++)
        {
            var (url, _) = await FilledAsync(server);
            using (var process = Start(next, url))
            {
                // The runtime takes the first half to start.
                await Task.Delay(duration * (0.5 + (random.NextDouble() / 2)), TestContext.Current.CancellationToken);
                brokenOff += process.HasExited ? 0 : 1;
            }

            await ExpectDoneAsync(next, url);
            Assert.Equal(expected, await server.DumpSchemaAsync(url));
            Assert.Equal(content, await ContentAsync(server, url, "postings", "remark"));
            Assert.Equal($"{Branches}", await BranchesAsync(server, url));
            var check = await RunAsync(next, url, "--check");
            Assert.True(check.ExitCode == 0, check.Output);
        }

        TestContext.Current.SendDiagnosticMessage($"{brokenOff} of {s_kills} migrations were broken off, the others had ended.");
    }

    private static Task<BuiltApp> NextAsync() => BuiltApp.GetAsync("ledger-next", string.Concat(Enumerable.Range(1, Branches).Chunk(1000)
        .Select(ids => $"INSERT INTO branches (id, name) VALUES {string.Join(", ", ids.Select(id => $"({id}, 'branch {id}')"))};\n")));

    private static async Task<string> BranchesAsync(IDatabaseServer server, string url) =>
        (await server.RunSqlAsync(url, "SELECT count(*) FROM branches;")).Trim();

    // A database of the first schema with rows, and what they are.
    private static async Task<(string Url, string Content)> FilledAsync(IDatabaseServer server)
    {
        var url = await server.CreateDatabaseAsync();
        await ExpectDoneAsync(await BuiltApp.GetAsync("ledger"), url);
        var accounts = Enumerable.Range(1, Accounts).Select(id => $"({id}, 'account {id}', {(id % 3 == 0 ? "NULL" : $"'note {id}'")}, {id * 1000})");
        var entries = Enumerable.Range(1, Entries).Select(id => $"({id}, {(id % Accounts) + 1}, {id - 1000}, 'memo {id}')");
        await server.RunSqlAsync(
            url,
            $"INSERT INTO accounts (id, name, note, balance) VALUES {string.Join(", ", accounts)}; INSERT INTO entries (id, account_id, amount, memo) VALUES {string.Join(", ", entries)};");
        return (url, await ContentAsync(server, url, "entries", "note"));
    }

    private static Task<string> ContentAsync(IDatabaseServer server, string url, string entries, string note) => server.RunSqlAsync(
        url, $"SELECT id, name, {note}, balance FROM accounts ORDER BY id; SELECT id, account_id, amount, memo FROM {entries} ORDER BY id;");

    private static async Task ExpectDoneAsync(BuiltApp app, string url)
    {
        var result = await RunAsync(app, url);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private static Task<CommandResult> RunAsync(BuiltApp app, string url, params string[] mode) =>
        RunningCommand.RunAsync("dotnet", Arguments(app, url, mode), app.Folder, s_limit);

    private static RunningCommand Start(BuiltApp app, string url) => new("dotnet", Arguments(app, url, []), app.Folder);

    private static IEnumerable<string> Arguments(BuiltApp app, string url, string[] mode) =>
        ["exec", app.Assembly, "migrate", .. mode, $"--DATABASE_URL={url}", "--environment=Production"];
}

/// <summary>A class for each database, so that two are migrated at a time.</summary>
[Trait("Category", "Integration")]
public sealed class MigrationProcessTestsOnSqlite : MigrationProcessTests
{
    [Fact]
    public Task Nothing_is_lost_when_it_is_killed() => KillAsync(SharedServers.Sqlite());
}

/// <summary>A class for each database, so that two are migrated at a time.</summary>
[Trait("Category", "Integration")]
public sealed class MigrationProcessTestsOnPostgreSql : MigrationProcessTests
{
    [Fact]
    public async Task Of_ten_processes_one_migrates() => await RaceAsync(await SharedServers.PostgreSqlAsync());

    [Fact]
    public async Task Nothing_is_lost_when_it_is_killed() => await KillAsync(await SharedServers.PostgreSqlAsync());
}

/// <summary>A class for each database, so that two are migrated at a time.</summary>
[Trait("Category", "Integration")]
public sealed class MigrationProcessTestsOnMariaDb : MigrationProcessTests
{
    [Fact]
    public async Task Of_ten_processes_one_migrates() => await RaceAsync(await SharedServers.MariaDbAsync());

    [Fact]
    public async Task Nothing_is_lost_when_it_is_killed() => await KillAsync(await SharedServers.MariaDbAsync());
}
