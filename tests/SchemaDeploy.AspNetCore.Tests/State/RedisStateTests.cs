using SchemaDeploy.AspNetCore.State;
using SchemaDeploy.Tests.Servers;
using StackExchange.Redis;

namespace SchemaDeploy.AspNetCore.Tests.State;

/// <summary>Two replicas on a real Redis. Its clock cannot be set, so lives are short or very long.</summary>
[Trait("Category", "Integration")]
public sealed class RedisStateTests : IAsyncLifetime
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(200);

    private readonly string _prefix = $"{Guid.NewGuid()}:";
    private RedisState _one = null!;
    private RedisState _other = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await SharedServers.RedisAsync();
        _one = await ConnectAsync(server, _prefix);
        _other = await ConnectAsync(server, _prefix);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_share_counters()
    {
        Assert.Equal(default, await _one.GetCounterAsync("a"));
        var first = await _one.IncrementAsync("a", s_long);
        Assert.Equal(1, first.Value);
        Assert.InRange(first.Remaining, s_long - TimeSpan.FromMinutes(1), s_long);
        var second = await _other.IncrementAsync("a", 2 * s_long);
        Assert.Equal(2, second.Value);
        Assert.InRange(second.Remaining, s_long - TimeSpan.FromMinutes(1), s_long);
        var read = await _one.GetCounterAsync("a");
        Assert.Equal(2, read.Value);
        Assert.InRange(read.Remaining, s_long - TimeSpan.FromMinutes(1), s_long);
        await _other.RemoveAsync("a");
        Assert.Equal(1, (await _one.IncrementAsync("a", s_short)).Value);
        await Task.Delay(2 * s_short, TestContext.Current.CancellationToken);
        Assert.Equal(1, (await _other.IncrementAsync("a", s_short)).Value);
    }

    [Fact]
    public async Task Replicas_share_marks()
    {
        Assert.True(await _one.AddAsync("a", s_long));
        Assert.False(await _other.AddAsync("a", s_long));
        await _other.ExpireAsync("a", s_short);
        await Task.Delay(2 * s_short, TestContext.Current.CancellationToken);
        await _other.ExpireAsync("a", s_long);
        Assert.True(await _other.AddAsync("a", s_long));
        await _one.RemoveAsync("a");
        Assert.True(await _one.AddAsync("a", s_long));
    }

    [Fact]
    public async Task Replicas_share_buckets()
    {
        var bucket = new TokenBucket(3, s_long);
        Assert.Equal(new TokenGrant(true, 2, s_long, default), await _one.TakeAsync("a", bucket));
        Assert.True((await _other.TakeAsync("a", bucket)).IsGranted);
        Assert.Equal(0, (await _one.TakeAsync("a", bucket)).Remaining);
        var refused = await _other.TakeAsync("a", bucket);
        Assert.False(refused.IsGranted);
        Assert.InRange(refused.RetryAfter, s_long - TimeSpan.FromMinutes(1), s_long);
        Assert.InRange(refused.UntilFull, (3 * s_long) - TimeSpan.FromMinutes(1), 3 * s_long);
    }

    [Fact]
    public async Task A_token_comes_back_with_each_interval()
    {
        var bucket = new TokenBucket(1, s_short);
        Assert.True((await _one.TakeAsync("a", bucket)).IsGranted);
        TokenGrant grant;
        while (!(grant = await _other.TakeAsync("a", bucket)).IsGranted)
        {
            Assert.InRange(grant.RetryAfter, TimeSpan.FromTicks(1), s_short);
            await Task.Delay(grant.RetryAfter, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Replicas_at_the_same_time_share_what_there_is()
    {
        var (granted, added) = (0, 0);
        await Parallel.ForAsync(0, 500, async (number, _) =>
        {
            var state = number % 2 == 0 ? _one : _other;
            await state.IncrementAsync("counter", s_long);
            Interlocked.Add(ref granted, (await state.TakeAsync("bucket", new TokenBucket(7, s_long))).IsGranted ? 1 : 0);
            Interlocked.Add(ref added, await state.AddAsync("mark", s_long) ? 1 : 0);
        });
        Assert.Equal(500, (await _one.GetCounterAsync("counter")).Value);
        Assert.Equal(7, granted);
        Assert.Equal(1, added);
    }

    [Fact]
    public async Task Another_application_on_the_same_Redis_has_its_own()
    {
        await using var stranger = await ConnectAsync(await SharedServers.RedisAsync(), $"{Guid.NewGuid()}:");
        await _one.IncrementAsync("a", s_long);
        Assert.Equal(default, await stranger.GetCounterAsync("a"));
    }

    [Fact]
    public async Task Everything_is_forgotten_in_time()
    {
        var server = await SharedServers.RedisAsync();
        await _one.IncrementAsync("a", s_long);
        await _one.AddAsync("b", s_long);
        await _one.TakeAsync("c", new TokenBucket(1, s_long));
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        foreach (var key in (string[])["a", "b", "c"])
        {
            Assert.InRange((await connection.GetDatabase().KeyTimeToLiveAsync(_prefix + key))!.Value, TimeSpan.FromTicks(1), s_long);
        }
    }

    [Fact]
    public async Task What_is_asked_before_the_application_has_connected_fails_as_an_outage_does()
    {
        await using var state = new RedisState(RedisUrl.Parse("redis://127.0.0.1:1"), "");
        await Assert.ThrowsAsync<RedisException>(async () => await state.AddAsync("a", s_long));
    }

    private static async Task<RedisState> ConnectAsync(RedisServer server, string prefix)
    {
        var state = new RedisState(RedisUrl.Parse(server.Url), prefix);
        await state.StartAsync(TestContext.Current.CancellationToken);
        return state;
    }
}
