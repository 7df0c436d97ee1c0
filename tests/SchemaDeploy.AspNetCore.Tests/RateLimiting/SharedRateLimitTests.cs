using System.Diagnostics;
using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.RateLimiting;

/// <summary>Two replicas with one Redis of their own, which is killed and started again.</summary>
[Trait("Category", "Integration")]
public sealed class SharedRateLimitTests : IAsyncLifetime
{
    private const int Limit = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly RedisServer _redis = new();
    private readonly List<RunningApp> _apps = [];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.WhyMissing is not null, RedisServer.WhyMissing ?? "");
        await _redis.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_behave_as_one_while_Redis_is_there_and_go_on_alone_while_it_is_not()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        Assert.Equal("OK", await HealthAsync(one));
        Assert.Equal(Limit, await CountGrantedAsync(one, other));
        Assert.DoesNotContain(one.Log.Concat(other.Log), line => line.Contains("Redis", StringComparison.Ordinal));

        _redis.Kill();
        await UntilAsync(async () => await HealthAsync(one) == "DEGRADED" && await HealthAsync(other) == "DEGRADED");
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/health")).Status);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/ready")).Status);
        // Each counts for itself, from the beginning.
        Assert.Equal(2 * Limit, await CountGrantedAsync(one, other));

        await _redis.StartAsync();
        await UntilAsync(async () => await HealthAsync(one) == "OK" && await HealthAsync(other) == "OK");
        await UntilAsync(async () => await IsGrantedAsync(one));
        await UntilAsync(async () => await IsGrantedAsync(other));
        Assert.Equal(Limit - 2, await CountGrantedAsync(one, other));
    }

    [Fact]
    public async Task An_application_starts_without_Redis_and_takes_it_up_when_it_comes()
    {
        _redis.Kill();
        var started = Stopwatch.StartNew();
        var app = await StartAsync();
        Assert.InRange(started.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("DEGRADED", await HealthAsync(app));
        Assert.True(await IsGrantedAsync(app));
        Assert.Single(app.Log, line => line.StartsWith("Warning: Redis does not answer", StringComparison.Ordinal));

        await _redis.StartAsync();
        await UntilAsync(async () => await HealthAsync(app) == "OK");
    }

    private async Task<RunningApp> StartAsync()
    {
        var app = new RunningApp
        {
            Arguments =
            [
                $"--REDIS_URL={_redis.Url}", "--RateLimits:Enabled=true", $"--RateLimits:Anonymous:Requests={Limit}", "--RateLimits:Anonymous:Period=01:00:00",
            ],
        };
        _apps.Add(app);
        await app.InitializeAsync();
        return app;
    }

    /// <summary>How many of very many requests, half to each replica and all at once, are answered.</summary>
    private static async Task<int> CountGrantedAsync(RunningApp one, RunningApp other)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6 * Limit).Select(number => IsGrantedAsync(number % 2 == 0 ? one : other)));
        return answers.Count(isGranted => isGranted);
    }

    private static async Task<bool> IsGrantedAsync(RunningApp app)
    {
        var answer = await app.GetAsync("/api/gadgets");
        Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        return answer.Status == HttpStatusCode.OK;
    }

    private static async Task<string?> HealthAsync(RunningApp app) =>
        (await app.GetAsync("/health")).Json.GetProperty("checks").GetProperty("redis").GetString();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var waiting = Stopwatch.StartNew(); !await condition(); await Task.Delay(200, TestContext.Current.CancellationToken))
        {
            Assert.True(waiting.Elapsed < s_patience, "It did not happen in time.");
        }
    }
}
