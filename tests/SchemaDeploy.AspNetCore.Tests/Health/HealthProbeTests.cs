using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SchemaDeploy.AspNetCore.Health;

namespace SchemaDeploy.AspNetCore.Tests.Health;

public sealed class HealthProbeTests : IHealthCheck, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly HealthProbe _probe;
    private TaskCompletionSource<HealthCheckResult> _answer = new();
    private int _checks;

    public HealthProbeTests()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHealthChecks().AddCheck("slow", this);
        _services = services.BuildServiceProvider();
        _probe = new HealthProbe(_services.GetRequiredService<HealthCheckService>(), static _ => true);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _checks);
        return _answer.Task;
    }

    [Fact]
    public async Task Who_ask_at_the_same_time_share_one_check_and_who_comes_later_gets_another()
    {
        var asked = Enumerable.Range(0, 100).Select(_ => _probe.CheckAsync(TestContext.Current.CancellationToken)).ToArray();
        _answer.SetResult(HealthCheckResult.Unhealthy());
        Assert.All(await Task.WhenAll(asked), report => Assert.Equal(HealthStatus.Unhealthy, report.Status));
        Assert.Equal(1, _checks);

        _answer = new();
        _answer.SetResult(HealthCheckResult.Healthy());
        Assert.Equal(HealthStatus.Healthy, (await _probe.CheckAsync(TestContext.Current.CancellationToken)).Status);
        Assert.Equal(2, _checks);
    }

    [Fact]
    public async Task Who_hangs_up_takes_nobody_along()
    {
        using var hangsUp = new CancellationTokenSource();
        var first = _probe.CheckAsync(hangsUp.Token);
        var second = _probe.CheckAsync(TestContext.Current.CancellationToken);
        await hangsUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _answer.SetResult(HealthCheckResult.Healthy());
        Assert.Equal(HealthStatus.Healthy, (await second).Status);
        Assert.Equal(1, _checks);
    }
}
