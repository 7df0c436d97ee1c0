using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>The bundle's script backs up a database that is in use, and the application serves the same out of the one that it is brought back into.</summary>
[Trait("Category", "Integration")]
public sealed class BackupTests(PackedSdk sdk) : IDisposable
{
    private const string Schema = """
        CREATE TABLE users (id BIGINT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(200) NOT NULL UNIQUE, password_hash VARCHAR(255) NOT NULL, role ENUM('USER','ADMIN') DEFAULT 'USER');
        CREATE TABLE notes (
            id BIGINT AUTO_INCREMENT PRIMARY KEY,
            owner_id BIGINT NOT NULL,
            body TEXT NOT NULL,
            price DECIMAL(12,4),
            kind ENUM('a','b') NOT NULL DEFAULT 'b',
            picture VARBINARY(300),
            due DATE,
            created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
            FOREIGN KEY (owner_id) REFERENCES users (id));
        -- @audit off
        CREATE TABLE ticks (id BIGINT AUTO_INCREMENT PRIMARY KEY, body VARCHAR(50) NOT NULL);

        """;

    private static readonly string[] s_reads = ["/api/notes?count=true&sort=id", "/api/notes/2?expand=owner", "/api/users?sort=id", "/api/audit-logs?sort=id", "/api/auth/me"];

    private static readonly object s_account = new { email = "admin@example.org", password = "the engine has no pretensions" };

    private readonly TestProject _project = new(sdk, "<SchemaDatabase>PostgreSql;MySql</SchemaDatabase>");

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_database_that_was_brought_back_serves_the_same()
    {
        var (postgreSql, mariaDb) = (await SharedServers.PostgreSqlAsync(), await SharedServers.MariaDbAsync());
        _project.Write("schema.sql", Schema);
        await _project.BuildCleanlyAsync();

        foreach (var (server, database) in new (IDatabaseServer, string)[] { (postgreSql, "PostgreSql"), (mariaDb, "MySql") })
        {
            var bundle = await _project.DotNetAsync(
                "msbuild", "-nologo", "-t:SchemaDeploy", "-p:NoBuild=true", "-p:DeployTarget=docker", $"-p:SchemaDatabase={database}", $"-p:DeployDir=deploy/{database}");
            Assert.True(bundle.ExitCode == 0, bundle.Output);
            await BackUpAndBringBackAsync(server, Path.Combine(_project.Folder, "deploy", database, "docker"));
        }
    }

    private async Task BackUpAndBringBackAsync(IDatabaseServer server, string bundle)
    {
        var (url, empty) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());
        await MigrateAsync(url);
        var expected = await ServeAsync(url, async client =>
        {
            for (var i = 0; i < 20; i++)
            {
                await PostAsync(client, "/api/notes", new
                {
                    body = $"{i}: it's a \"\\back\\\" slash\n; DROP TABLE notes; -- Zoë 世界 😀",
                    price = i / 8m,
                    kind = "a",
                    picture = Convert.ToBase64String([0, 1, (byte)i, 255, 10, 13]),
                    due = "2024-02-29",
                });
            }

            // Pairs are written meanwhile: of each the backup has both or neither.
            using var enough = new CancellationTokenSource();
            var writing = WritePairsAsync(client, enough.Token);
            await BackUpAsync(0, url, "backup");
            await enough.CancelAsync();
            await writing;
        });

        Assert.Contains("A backup is brought back into one that has none.", await BackUpAsync(1, url, "restore", "newest"), StringComparison.Ordinal);
        Assert.Contains($"is in {new Uri(empty).AbsolutePath[1..]}", await BackUpAsync(0, empty, "restore", "newest"), StringComparison.Ordinal);

        Assert.Contains("up to date", await MigrateAsync(empty), StringComparison.Ordinal);
        var actual = await ServeAsync(empty, async client =>
        {
            using var ticks = JsonDocument.Parse(await client.GetStringAsync("/api/ticks?count=true", TestContext.Current.CancellationToken));
            Assert.Equal(0, ticks.RootElement.GetProperty("total").GetInt32() % 2);
        });
        Assert.Equal(expected, actual);
        // Numbering goes on.
        await ServeAsync(empty, client => PostAsync(client, "/api/notes", new { body = "new" }));

        async Task<string> BackUpAsync(int exitCode, string database, params string[] arguments)
        {
            await File.WriteAllTextAsync(Path.Combine(bundle, "url"), database, TestContext.Current.CancellationToken);
            var result = await RunningCommand.RunAsync(
                Path.Combine(bundle, "backup.sh"),
                arguments,
                bundle,
                PackedSdk.Limit,
                new Dictionary<string, string> { ["DATABASE_URL_FILE"] = Path.Combine(bundle, "url"), ["BACKUP_DIR"] = Path.Combine(bundle, "backups") });
            Assert.True(result.ExitCode == exitCode, result.Output);
            return result.Output;
        }
    }

    private async Task<string> MigrateAsync(string url)
    {
        var result = await _project.DotNetAsync("exec", "bin/Debug/net10.0/App.dll", "migrate", $"--DATABASE_URL={url}");
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>What the application answers on a database, after it was used.</summary>
    private async Task<string> ServeAsync(string url, Func<HttpClient, Task> use)
    {
        using var app = _project.StartDotNet(
            "exec", "bin/Debug/net10.0/App.dll", "--urls=http://127.0.0.1:0", "--environment=Production", "--RateLimits:Enabled=false", $"--DATABASE_URL={url}",
            "--JWT_SECRET=only the tests of this project use it", "--ADMIN_EMAIL=admin@example.org", "--ADMIN_PASSWORD=the engine has no pretensions");
        await app.WaitForAsync("Now listening on: ", TimeSpan.FromSeconds(60));
        using var client = new HttpClient { BaseAddress = ListeningAddress.Find(app.Output) };
        using (await client.PostAsJsonAsync("/api/auth/register", s_account, TestContext.Current.CancellationToken))
        {
            // Who is there already stays who he is.
        }

        using var answer = await client.PostAsJsonAsync("/api/auth/login", s_account, TestContext.Current.CancellationToken);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        await use(client);

        var transcript = new StringBuilder();
        foreach (var path in s_reads)
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, text);
            transcript.AppendLine(path).AppendLine(text);
        }

        return transcript.ToString();
    }

    private static async Task WritePairsAsync(HttpClient client, CancellationToken enough)
    {
        var written = 0;
        while (!enough.IsCancellationRequested)
        {
            written += 2;
            await PostAsync(client, "/api/ticks/batch", new[] { new { body = $"{written}" }, new { body = $"{written + 1}" } });
        }

        Assert.NotEqual(0, written);
    }

    private static async Task PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
