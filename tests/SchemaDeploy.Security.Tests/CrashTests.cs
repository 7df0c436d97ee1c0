using System.Collections.Concurrent;
using System.Globalization;
using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>
/// Application and database are ended by kill -9 in the midst of writes. SCHEMADEPLOY_CRASHES and
/// SCHEMADEPLOY_CRASH_SECONDS set how often and after how many seconds of writing.
/// </summary>
[Trait("Category", "Integration")]
public sealed class CrashTests
{
    private static readonly int s_crashes = Setting("SCHEMADEPLOY_CRASHES", 2);
    private static readonly int s_seconds = Setting("SCHEMADEPLOY_CRASH_SECONDS", 3);

    [Fact]
    public async Task What_was_acknowledged_is_there_with_its_audit_and_nothing_else_is()
    {
        Assert.SkipWhen(PostgreSqlServer.WhyMissing is not null, PostgreSqlServer.WhyMissing ?? "");
        await using var postgres = new PostgreSqlServer();
        await postgres.StartAsync();
        var url = await postgres.CreateDatabaseAsync();
        await using var process = await AppProcess.StartAsync(await BuiltApp.GetAsync("sample"), url, Limits.None);
        var user = await Session.RegisterAsync(process.Client);
        var kept = new Writes();
        for (var crash = 0; crash < s_crashes; crash++)
        {
            using var end = new CancellationTokenSource();
            var session = user.At(process.Client);
            var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(session, kept, end.Token))).ToArray();
            await Task.Delay(TimeSpan.FromSeconds(s_seconds), TestContext.Current.CancellationToken);
            if (crash % 2 == 0)
            {
                process.Kill();
                await end.CancelAsync();
                await Task.WhenAll(writers);
                await process.StartAsync();
            }
            else
            {
                postgres.Kill();
                await end.CancelAsync();
                await Task.WhenAll(writers);
                await postgres.StartAsync();
                await WaitUntilReadyAsync(process);
            }
        }

        Assert.True(kept.Rows.Count > s_crashes, "Hardly anything was written, so nothing is shown.");
        await AssertKeptAsync(postgres, url, kept);
    }

    // Creates, changes, deletes and tries duplicates, and notes what was acknowledged; what was not may be or not be.
    private static async Task WriteAsync(Session session, Writes kept, CancellationToken end)
    {
        var random = new Random();
        while (!end.IsCancellationRequested)
        {
            try
            {
                var kind = Guid.NewGuid().ToString();
                var created = await session.PostAsync("/api/items", $$"""{"item_type":"{{kind}}","quantity":1}""");
                if (created.Code != 201)
                {
                    continue;
                }

                var id = created["id"];
                kept.Rows[id] = 1;
                var repeated = await session.PostAsync("/api/items", $$"""{"item_type":"{{kind}}","quantity":1}""");
                Assert.True(repeated.Code is 201 or 429 or >= 500, repeated.Text);
                if (repeated.Code == 201)
                {
                    kept.Rows[repeated["id"]] = 1;
                }

                if (random.Next(2) == 0)
                {
                    kept.Unknown[id] = true;
                    var quantity = random.Next(2, 1000);
                    if ((await session.PatchAsync($"/api/items/{id}", $$"""{"quantity":{{quantity}}}""")).Code == 200)
                    {
                        kept.Rows[id] = quantity;
                        kept.Unknown.TryRemove(id, out _);
                    }
                }
                else if (random.Next(3) == 0)
                {
                    kept.Unknown[id] = true;
                    if ((await session.DeleteAsync($"/api/items/{id}")).Code == 204)
                    {
                        kept.Rows.TryRemove(id, out _);
                        kept.Deleted[id] = true;
                    }
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The application has gone.
            }
        }
    }

    private static async Task AssertKeptAsync(PostgreSqlServer postgres, string url, Writes kept)
    {
        var rows = (await LinesAsync("SELECT id, quantity FROM items")).ToDictionary(cells => cells[0], cells => cells[1]);
        var audit = await LinesAsync("SELECT entity_id, action, new_values->>'quantity' FROM audit_logs WHERE entity_type = 'item' ORDER BY id");
        var history = audit.ToLookup(cells => cells[0], cells => (Action: cells[1].Split('_')[0], Quantity: cells[2]));

        foreach (var (id, quantity) in kept.Rows)
        {
            Assert.True(rows.ContainsKey(id) || kept.Unknown.ContainsKey(id), $"Item {id} was acknowledged and is not there.");
            Assert.True(history[id].Any(line => line.Action == "CREATE"), $"Item {id} has no audit row.");
            if (!kept.Unknown.ContainsKey(id))
            {
                Assert.Equal(quantity.ToString(CultureInfo.InvariantCulture), rows[id]);
            }
        }

        foreach (var id in kept.Deleted.Keys)
        {
            Assert.False(rows.ContainsKey(id), $"Item {id} was deleted and is there.");
            Assert.True(history[id].Any(line => line.Action == "DELETE"), $"Item {id} was deleted without an audit row.");
        }

        // No row without its audit, and no audit row without what it tells of.
        Assert.All(rows, row => Assert.Single(history[row.Key], line => line.Action == "CREATE"));
        Assert.All(history, lines =>
        {
            Assert.Equal(rows.ContainsKey(lines.Key), lines.All(line => line.Action != "DELETE"));
            if (rows.TryGetValue(lines.Key, out var quantity))
            {
                Assert.Equal(quantity, lines.Last(line => line.Quantity.Length > 0).Quantity);
            }
        });
        Assert.Equal("0", (await postgres.RunSqlAsync(url, """
            SELECT count(*) FROM (
                SELECT 1 FROM items GROUP BY owner_id, item_type, date_trunc('minute', created_at) HAVING count(*) > 1) AS repeated
            """)).Trim());

        async Task<List<string[]>> LinesAsync(string sql) =>
            [.. (await postgres.RunSqlAsync(url, sql)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))];
    }

    private static async Task WaitUntilReadyAsync(AppProcess process)
    {
        for (var tries = 0; (await new Session(process.Client).GetAsync("/ready")).Code != 200; tries++)
        {
            Assert.True(tries < 300, "The application did not find its database again.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>What the application has acknowledged.</summary>
    private sealed class Writes
    {
        /// <summary>The quantity of each item.</summary>
        public ConcurrentDictionary<string, int> Rows { get; } = new();

        /// <summary>Items of which a write was not acknowledged.</summary>
        public ConcurrentDictionary<string, bool> Unknown { get; } = new();

        public ConcurrentDictionary<string, bool> Deleted { get; } = new();
    }
}
