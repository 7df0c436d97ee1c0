using SchemaDeploy.AspNetCore.Tests.Documentation;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>A Prometheus with the alerts of a bundle, as few of the requests fail or are slow, for long.</summary>
[Collection("alone")]
[Trait("Category", "Integration")]
public sealed class SlowBurnTests : IAsyncLifetime
{
    private static readonly string[] s_slowly = ["FailuresBurnBudgetSlowly", "SlownessBurnsBudgetSlowly"];
    private static readonly string[] s_fast = ["FailuresBurnBudgetFast", "SlownessBurnsBudgetFast"];

    private readonly AppOnServer _app = new();
    private PrometheusServer _prometheus = null!;
    private int _rounds;

    public async ValueTask InitializeAsync()
    {
        foreach (var missing in new[] { PrometheusServer.WhyMissing, PostgreSqlServer.WhyMissing })
        {
            Assert.SkipWhen(missing is not null, missing ?? "");
        }

        await _app.InitializeAsync();
        var rules = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests", "SchemaDeploy.Deployment.Tests", "Golden", "docker-postgresql", "monitoring", "alerts.yml"), TestContext.Current.CancellationToken);
        _prometheus = new PrometheusServer("shop", rules, _app.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_a_few_requests_do_for_long_is_told_without_hurry_until_many_others_went_well()
    {
        await RunSqlAsync("ALTER TABLE people RENAME TO persons");
        // What has never happened is not counted the first time.
        await FailAsync();
        await _prometheus.StartAsync();
        while ((await _prometheus.QueryAsync("sum(increase(http_server_request_duration_seconds_count[1h])) > 300")).Count == 0)
        {
            await SucceedAsync(20);
        }

        await _prometheus.WaitForAsync(s_slowly, fire: true, HurtAsync);
        Assert.Empty((await _prometheus.AlertsAsync()).Intersect(s_fast));

        await RunSqlAsync("ALTER TABLE persons RENAME TO people");
        await _prometheus.WaitForAsync(s_slowly, fire: false, () => SucceedAsync(100));
    }

    // One of 30 is slow, where 6 may be for a while, and one of 300 fails, where 2 may.
    private async Task HurtAsync()
    {
        if (_rounds++ % 10 == 0)
        {
            await FailAsync();
        }

        await Task.WhenAll(WaitForRowsAsync(), SucceedAsync(29));
    }

    private async Task FailAsync() => Assert.Equal(500, (int)(await _app.GetAsync("/api/people")).Status);

    // Rows that somebody else holds.
    private async Task WaitForRowsAsync()
    {
        var holding = RunSqlAsync("BEGIN; LOCK TABLE gadgets IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(0.8); COMMIT;");
        await Task.Delay(TimeSpan.FromSeconds(0.2), TestContext.Current.CancellationToken);
        await _app.GetAsync("/api/gadgets?limit=1");
        await holding;
    }

    private async Task SucceedAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            Assert.Equal(200, (int)(await _app.GetAsync("/api/bookings?limit=1")).Status);
        }
    }

    private async Task RunSqlAsync(string sql) => await (await SharedServers.PostgreSqlAsync()).RunSqlAsync(_app.DatabaseUrl, sql);

    private sealed class AppOnServer : MonitoredApp
    {
        protected override async Task<string> CreateDatabaseAsync() => await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync();
    }
}
