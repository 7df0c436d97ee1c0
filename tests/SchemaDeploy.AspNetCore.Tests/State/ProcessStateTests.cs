using Microsoft.Extensions.Time.Testing;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.Tests.State;

public sealed class ProcessStateTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TokenBucket s_bucket = new(3, TimeSpan.FromSeconds(2));

    private readonly FakeTimeProvider _clock = new();
    private readonly ProcessState _state;

    public ProcessStateTests() => _state = new ProcessState(_clock);

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task A_counters_life_begins_with_the_first()
    {
        Assert.Equal(new Counter(1, 10 * s_second), await _state.IncrementAsync("a", 10 * s_second));
        _clock.Advance(4 * s_second);
        Assert.Equal(new Counter(2, 6 * s_second), await _state.IncrementAsync("a", 10 * s_second));
        Assert.Equal(new Counter(1, 10 * s_second), await _state.IncrementAsync("b", 10 * s_second));
        _clock.Advance(5.9 * s_second);
        Assert.Equal(2, (await _state.GetCounterAsync("a")).Value);
        _clock.Advance(0.1 * s_second);
        Assert.Equal(default, await _state.GetCounterAsync("a"));
        Assert.Equal(new Counter(1, 10 * s_second), await _state.IncrementAsync("a", 10 * s_second));
    }

    [Fact]
    public async Task A_counter_that_is_removed_begins_again()
    {
        await _state.IncrementAsync("a", s_second);
        await _state.RemoveAsync("a");
        Assert.Equal(default, await _state.GetCounterAsync("a"));
        Assert.Equal(1, (await _state.IncrementAsync("a", s_second)).Value);
    }

    [Fact]
    public async Task A_mark_is_set_once_until_its_life_ends()
    {
        Assert.True(await _state.AddAsync("a", s_second));
        Assert.False(await _state.AddAsync("a", 100 * s_second));
        _clock.Advance(s_second);
        Assert.True(await _state.AddAsync("a", s_second));
        await _state.RemoveAsync("a");
        Assert.True(await _state.AddAsync("a", s_second));
    }

    [Fact]
    public async Task A_life_can_be_made_longer_and_shorter_while_it_lasts()
    {
        await _state.AddAsync("a", s_second);
        await _state.ExpireAsync("a", 10 * s_second);
        _clock.Advance(9 * s_second);
        Assert.False(await _state.AddAsync("a", s_second));
        await _state.ExpireAsync("a", 0.5 * s_second);
        _clock.Advance(0.5 * s_second);
        await _state.ExpireAsync("a", 10 * s_second);
        Assert.True(await _state.AddAsync("a", s_second));
    }

    [Fact]
    public async Task A_bucket_gives_what_it_holds_and_then_a_token_at_each_interval()
    {
        Assert.Equal(new TokenGrant(true, 2, 2 * s_second, default), await _state.TakeAsync("a", s_bucket));
        Assert.Equal(new TokenGrant(true, 1, 4 * s_second, default), await _state.TakeAsync("a", s_bucket));
        Assert.Equal(new TokenGrant(true, 0, 6 * s_second, default), await _state.TakeAsync("a", s_bucket));
        Assert.Equal(new TokenGrant(false, 0, 6 * s_second, 2 * s_second), await _state.TakeAsync("a", s_bucket));
        Assert.True((await _state.TakeAsync("b", s_bucket)).IsGranted);

        _clock.Advance(1.5 * s_second);
        Assert.Equal(new TokenGrant(false, 0, 4.5 * s_second, 0.5 * s_second), await _state.TakeAsync("a", s_bucket));
        _clock.Advance(0.5 * s_second);
        Assert.True((await _state.TakeAsync("a", s_bucket)).IsGranted);
        Assert.False((await _state.TakeAsync("a", s_bucket)).IsGranted);

        _clock.Advance(100 * s_second);
        Assert.Equal(2, (await _state.TakeAsync("a", s_bucket)).Remaining);
    }

    [Fact]
    public async Task What_has_expired_takes_no_memory()
    {
        for (var client = 0; client < 10_000; client++)
        {
            await _state.TakeAsync($"bucket {client}", s_bucket);
            await _state.AddAsync($"mark {client}", s_second);
        }

        await _state.IncrementAsync("lasting", 100 * s_second);
        Assert.Equal(20_001, _state.Count);
        _clock.Advance(ProcessState.SweepInterval);
        Assert.Equal(1, _state.Count);
        Assert.Equal(1, (await _state.GetCounterAsync("lasting")).Value);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_what_there_is()
    {
        var granted = 0;
        var added = 0;
        await Parallel.ForAsync(0, 1000, async (_, _) =>
        {
            await _state.IncrementAsync("counter", s_second);
            if ((await _state.TakeAsync("bucket", s_bucket)).IsGranted)
            {
                Interlocked.Increment(ref granted);
            }

            if (await _state.AddAsync("mark", s_second))
            {
                Interlocked.Increment(ref added);
            }
        });
        Assert.Equal(1000, (await _state.GetCounterAsync("counter")).Value);
        Assert.Equal(3, granted);
        Assert.Equal(1, added);
    }

    [Fact]
    public async Task Nothing_is_counted_twice_or_lost_while_the_expired_is_removed()
    {
        using var state = new ProcessState(TimeProvider.System);
        var granted = 0;
        var bucket = new TokenBucket(10, TimeSpan.FromHours(1));
        var sweeping = Task.Run(
            () =>
            {
                for (var round = 0; round < 200; round++)
                {
                    state.Sweep();
                }
            },
            TestContext.Current.CancellationToken);
        await Parallel.ForAsync(0, 200_000, async (number, _) =>
        {
            if ((await state.TakeAsync($"{number % 1000}", bucket)).IsGranted)
            {
                Interlocked.Increment(ref granted);
            }
        });
        await sweeping;
        Assert.Equal(10_000, granted);
    }
}
