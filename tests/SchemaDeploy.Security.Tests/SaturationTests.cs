using SchemaDeploy.Sdk.Tests;
using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>Other tests measure time too.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneTests;

/// <summary>Three replicas, one of which uses up its CPU, one its memory and one its threads, and a Prometheus with the alerts of a bundle.</summary>
[Collection("alone")]
[Trait("Category", "Integration")]
public sealed class SaturationTests : IAsyncLifetime
{
    private readonly List<Replica> _replicas = [];
    private PrometheusServer _prometheus = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PrometheusServer.WhyMissing is not null, PrometheusServer.WhyMissing ?? "");
        var app = await BuiltApp.GetAsync("saturated");
        // As many processors as can be kept busy beside whatever else this machine does.
        foreach (var processors in (string[])["1", "2", "2"])
        {
            var port = TestServer.FreePort();
            _replicas.Add(new(port, await AppProcess.StartAsync(app, null, [.. Limits.None, ("MANAGEMENT_PORT", $"{port}"), ("DOTNET_PROCESSOR_COUNT", processors)])));
        }

        var bundle = Path.Combine(PackedSdk.RepositoryRoot, "tests", "SchemaDeploy.Deployment.Tests", "Golden", "docker-postgresql");
        var rules = await File.ReadAllTextAsync(Path.Combine(bundle, "monitoring", "alerts.yml"), TestContext.Current.CancellationToken);
        _prometheus = new PrometheusServer("shop", rules, [.. _replicas.Select(replica => replica.Port)]);
        await _prometheus.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }

        foreach (var replica in _replicas)
        {
            await replica.App.DisposeAsync();
        }
    }

    [Fact]
    public Task Each_is_told_of_until_it_has_enough_again()
    {
        var (busy, full, blocked) = (_replicas[0], _replicas[1], _replicas[2]);
        return Task.WhenAll(
            UnderLoadAsync(busy, "/computes", clients: 2, "CpuSaturated"),
            FullAsync(full, "MemorySaturated"),
            UnderLoadAsync(blocked, "/blocks", clients: 400, "ThreadsSaturated"));
    }

    private async Task UnderLoadAsync(Replica replica, string path, int clients, string alert)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => AskAsync()));
        await WaitAsync(replica, alert, fires: true);
        await enough.CancelAsync();
        await load;
        await WaitAsync(replica, alert, fires: false);

        async Task AskAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                using var answer = await replica.App.Client.GetAsync(path, TestContext.Current.CancellationToken);
                answer.EnsureSuccessStatusCode();
            }
        }
    }

    private async Task FullAsync(Replica replica, string alert)
    {
        for (var i = 0; i < 8; i++)
        {
            (await new Session(replica.App.Client).GetAsync("/leaks")).Expect(200);
        }

        await WaitAsync(replica, alert, fires: true);
        replica.App.Kill();
        await replica.App.StartAsync();
        await WaitAsync(replica, alert, fires: false);
    }

    private async Task WaitAsync(Replica replica, string alert, bool fires)
    {
        await _prometheus.WaitForAsync([alert], fires, target: replica.Port);
        // The others have enough of it.
        foreach (var other in _replicas.Where(other => other != replica))
        {
            Assert.DoesNotContain(alert, await _prometheus.AlertsAsync(other.Port));
        }
    }

    private sealed record Replica(int Port, AppProcess App);
}
