using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Tests.Authentication;
using SchemaDeploy.AspNetCore.Tests.Documentation;
using SchemaDeploy.AspNetCore.Tests.Migrations;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>
/// A Prometheus with the alerts and the dashboard of a bundle, as the application is hurt and recovers.
/// </summary>
[Collection("alone")]
[Trait("Category", "Integration")]
public sealed class PrometheusTests : IAsyncLifetime
{
    private static readonly string s_bundle = Path.Combine(Repository.Root, "tests", "SchemaDeploy.Deployment.Tests", "Golden", "docker-postgresql", "monitoring");
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly PostgreSqlServer _database = new();
    private readonly RedisServer _redis = new();
    private readonly int _otherPort = TestServer.FreePort();
    private readonly string _backupMarker = Path.GetTempFileName();
    private AppOn _app = null!;
    private PrometheusServer _prometheus = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var missing in new[] { PrometheusServer.WhyMissing, PostgreSqlServer.WhyMissing, RedisServer.WhyMissing })
        {
            Assert.SkipWhen(missing is not null, missing ?? "");
        }

        await _database.StartAsync();
        await _redis.StartAsync();
        _app = new AppOn(_database, $"--REDIS_URL={_redis.Url}", $"--BACKUP_MARKER={_backupMarker}") { Configure = LookOften };
        await _app.InitializeAsync();
        var rules = await File.ReadAllTextAsync(Path.Combine(s_bundle, "alerts.yml"), TestContext.Current.CancellationToken);
        _prometheus = new PrometheusServer("shop", rules, _app.Port, _otherPort) { Patience = s_patience };
        await _prometheus.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _prometheus, _app, _redis, _database })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        File.Delete(_backupMarker);
    }

    [Fact]
    public async Task Alerts_fire_while_something_is_wrong_and_every_query_of_the_dashboard_has_an_answer()
    {
        // Rows that somebody else holds: whoever asks for them waits. It comes first: quick answers weigh for an hour.
        await ExpectAsync("SlownessBurnsBudgetFast", async () =>
        {
            var holding = RunSqlAsync("BEGIN; LOCK TABLE bookings IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(1); COMMIT;");
            await Task.Delay(TimeSpan.FromSeconds(0.2), TestContext.Current.CancellationToken);
            await _app.GetAsync("/api/bookings");
            await holding;
        });

        await UseAsync();
        await ExpectDashboardAsync();

        // The database goes, and with it nearly every answer.
        _database.Kill();
        await ExpectAsync("DatabaseDown", UseAsync);
        await ExpectAsync("FailuresBurnBudgetFast", UseAsync);
        await _database.StartAsync();
        await ExpectSilenceAsync("DatabaseDown", UseAsync);

        _redis.Kill();
        await ExpectAsync("RedisDown", UseAsync);
        await _redis.StartAsync();
        await ExpectSilenceAsync("RedisDown", UseAsync);

        await ExpectWhatTakesLongAsync();
        await ExpectFailedMigrationAsync();

        // Until now nobody was at the port of the other replica.
        await ExpectAsync("ReplicaDown", UseAsync);
        await using (var other = new AppOn(_database, $"--MANAGEMENT_PORT={_otherPort}"))
        {
            await other.InitializeAsync();
            await ExpectSilenceAsync("ReplicaDown", UseAsync);
        }

        var port = _app.Port;
        await _app.DisposeAsync();
        await ExpectAsync("NoReplicaUp", () => Task.CompletedTask);
        _app = new AppOn(_database, $"--MANAGEMENT_PORT={port}") { Configure = LookOften };
        await _app.InitializeAsync();
        await ExpectSilenceAsync("NoReplicaUp", UseAsync);
        await ExpectSilenceAsync("FailuresBurnBudgetFast", UseAsync);
        await ExpectSilenceAsync("SlownessBurnsBudgetFast", UseAsync);
    }

    // None of these has to do with another, and each takes its time to fire and to go: they do so together.
    private async Task ExpectWhatTakesLongAsync()
    {
        string[] alerts = ["FailedLoginsUnusual", "DuplicatesUnusual", "MigrationPending", "BackupTooOld"];
        Assert.Empty((await _prometheus.AlertsAsync()).Intersect(alerts));

        await RunSqlAsync("UPDATE schemadeploy_schema SET version = version || '-'");
        await File.WriteAllTextAsync(_backupMarker, "0", TestContext.Current.CancellationToken);
        await _prometheus.WaitForAsync(alerts, fire: true, async () =>
        {
            await _app.LoginAsync($"{Guid.NewGuid()}@example.org", "a guess");
            await _app.PostAsync("/api/bookings", """{"room":"the same"}""");
        });
        Assert.DoesNotContain("DatabaseDown", await _prometheus.AlertsAsync());

        await RunSqlAsync("UPDATE schemadeploy_schema SET version = rtrim(version, '-')");
        await File.WriteAllTextAsync(_backupMarker, $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", TestContext.Current.CancellationToken);
        foreach (var alert in alerts)
        {
            await ExpectSilenceAsync(alert, UseAsync);
        }
    }

    // Of a version that is not to be: its schema has lost all tables, and the rows with them.
    private async Task ExpectFailedMigrationAsync()
    {
        Assert.DoesNotContain("MigrationFailed", await _prometheus.AlertsAsync());
        await Assert.ThrowsAsync<StartupException>(() => EvolvingContext.MigrateAsync(_app.DatabaseUrl, static (model, _) => model.Entity("notes", note => note.Property<int>("id"))));
        await ExpectAsync("MigrationFailed", UseAsync);

        // Who gives it up rolls the version before out again.
        Assert.Equal(0, (await CommandLine.RunAsync("migrate", $"--DATABASE_URL={_app.DatabaseUrl}", "--environment=Production")).ExitCode);
        await ExpectSilenceAsync("MigrationFailed", UseAsync);
    }

    private async Task ExpectDashboardAsync()
    {
        var dashboard = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(s_bundle, "grafana", "dashboards", "application.json"), TestContext.Current.CancellationToken));
        var queries = dashboard.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.GetProperty("type").GetString() != "logs")
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [])
            .Select(query => query.GetProperty("expr").GetString()!
                .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
                .Replace("$namespace", ".*", StringComparison.Ordinal)
                .Replace("$resource", "bookings", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(queries);
        foreach (var query in queries)
        {
            for (var end = DateTime.UtcNow + s_patience; (await _prometheus.QueryAsync(query)).Count == 0; await Task.Delay(TimeSpan.FromSeconds(0.2), TestContext.Current.CancellationToken))
            {
                Assert.True(DateTime.UtcNow < end, $"No answer to {query}");
                await UseAsync();
            }
        }
    }

    private Task ExpectAsync(string alert, Func<Task> hurt) => _prometheus.WaitForAsync([alert], fire: true, hurt);

    private Task ExpectSilenceAsync(string alert, Func<Task> use) => _prometheus.WaitForAsync([alert], fire: false, use);

    // Some of everything that the dashboard shows.
    private async Task UseAsync()
    {
        await _app.PostAsync("/api/bookings", $$"""{"room":"{{Guid.NewGuid()}}"}""");
        await _app.PostAsync("/api/bookings", """{"room":"too many","seats":7}""");
        for (var i = 0; i < 20; i++)
        {
            await _app.GetAsync("/api/bookings?limit=1");
        }
    }

    private Task<string> RunSqlAsync(string sql) => _database.RunSqlAsync(_app.DatabaseUrl, sql);

    private static void LookOften(WebApplicationBuilder builder) => builder.Services.PostConfigure<HealthCheckPublisherOptions>(options =>
        (options.Delay, options.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(1)));

    private sealed class AppOn(IDatabaseServer server, params string[] arguments) : MonitoredApp([.. arguments, "--Auth:LockOut:AddressFailures=1000000"])
    {
        protected override Task<string> CreateDatabaseAsync() => server.CreateDatabaseAsync();
    }
}
