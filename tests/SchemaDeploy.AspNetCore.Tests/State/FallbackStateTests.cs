using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SchemaDeploy.AspNetCore.State;
using StackExchange.Redis;

namespace SchemaDeploy.AspNetCore.Tests.State;

public sealed class FallbackStateTests : IDisposable
{
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly ProcessState _process;
    private readonly BreakableState _redis;
    private readonly LogLevels _log = new();
    private readonly FallbackState _state;

    public FallbackStateTests()
    {
        _process = new ProcessState(_clock);
        _redis = new BreakableState(new ProcessState(_clock));
        _state = new FallbackState(_redis, _process, _clock, _log);
    }

    public void Dispose()
    {
        _process.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task While_Redis_answers_the_process_keeps_nothing()
    {
        Assert.Equal(1, (await _state.IncrementAsync("a", s_life)).Value);
        Assert.True(await _state.AddAsync("b", s_life));
        Assert.True((await _state.TakeAsync("c", new TokenBucket(1, s_life))).IsGranted);
        await _state.ExpireAsync("b", s_life);
        await _state.RemoveAsync("b");
        Assert.Equal(1, (await _state.GetCounterAsync("a")).Value);
        Assert.Equal(0, _process.Count);
        Assert.Empty(_log.Levels);
    }

    [Fact]
    public async Task While_Redis_is_down_the_process_takes_over_and_asks_it_once_in_a_while()
    {
        await _state.IncrementAsync("a", s_life);
        _redis.Failure = new RedisException("hangs");
        for (var round = 1; round <= 10; round++)
        {
            Assert.Equal(round, (await _state.IncrementAsync("a", s_life)).Value);
        }

        Assert.Equal(2, _redis.Calls);
        Assert.True(await _state.AddAsync("mark", s_life));
        Assert.False(await _state.AddAsync("mark", s_life));
        await _state.ExpireAsync("mark", 2 * s_life);
        await _state.RemoveAsync("mark");
        Assert.True((await _state.TakeAsync("bucket", new TokenBucket(1, s_life))).IsGranted);
        Assert.Equal(2, _redis.Calls);

        _clock.Advance(FallbackState.Pause);
        await _state.IncrementAsync("a", s_life);
        await _state.IncrementAsync("a", s_life);
        Assert.Equal(3, _redis.Calls);
        Assert.Equal([LogLevel.Warning], _log.Levels);
    }

    [Fact]
    public async Task When_Redis_is_back_it_counts_again()
    {
        await _state.IncrementAsync("a", s_life);
        _redis.Failure = new TimeoutException();
        await _state.IncrementAsync("a", s_life);
        _redis.Failure = null;
        Assert.Equal(2, (await _state.IncrementAsync("a", s_life)).Value);
        _clock.Advance(FallbackState.Pause);
        Assert.Equal(2, (await _state.IncrementAsync("a", s_life)).Value);
        Assert.Equal(3, (await _state.IncrementAsync("a", s_life)).Value);
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Levels);
    }

    [Fact]
    public async Task A_defect_is_not_taken_for_an_outage()
    {
        _redis.Failure = new InvalidOperationException();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _state.IncrementAsync("a", s_life));
    }

    private sealed class BreakableState(ProcessState state) : ISharedState, IDisposable
    {
        public Exception? Failure { get; set; }

        public int Calls { get; private set; }

        private ProcessState State
        {
            get
            {
                Calls++;
                return Failure is null ? state : throw Failure;
            }
        }

        public ValueTask<Counter> IncrementAsync(string key, TimeSpan life) => State.IncrementAsync(key, life);

        public ValueTask<Counter> GetCounterAsync(string key) => State.GetCounterAsync(key);

        public ValueTask<bool> AddAsync(string key, TimeSpan life) => State.AddAsync(key, life);

        public ValueTask ExpireAsync(string key, TimeSpan life) => State.ExpireAsync(key, life);

        public ValueTask RemoveAsync(string key) => State.RemoveAsync(key);

        public ValueTask<TokenGrant> TakeAsync(string key, TokenBucket bucket) => State.TakeAsync(key, bucket);

        public void Dispose() => state.Dispose();
    }

    private sealed class LogLevels : ILogger<FallbackState>
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Levels.Add(logLevel);
    }
}
