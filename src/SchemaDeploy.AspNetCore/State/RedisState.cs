using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using StackExchange.Redis.KeyspaceIsolation;

namespace SchemaDeploy.AspNetCore.State;

/// <summary>State in Redis, whose clock counts for all replicas.</summary>
/// <param name="options">Where Redis is.</param>
/// <param name="prefix">What this application's keys begin with, so that several can share one Redis.</param>
internal sealed class RedisState(ConfigurationOptions options, string prefix) : ISharedState, IHostedService, IAsyncDisposable
{
    private const string IncrementScript = """
        local value = redis.call('INCR', KEYS[1])
        if value == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
        return {value, redis.call('PTTL', KEYS[1])}
        """;

    // Times are microseconds, which a double holds exactly for two centuries to come.
    private const string TakeScript = """
        local interval, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
        if full + interval - now > interval * capacity then return {0, full - now} end
        full = full + interval
        redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
        return {1, full - now}
        """;

    private ConnectionMultiplexer? _connection;
    private IDatabase? _database;

    private ConnectionMultiplexer Connection => _connection ?? throw new RedisException("The application has not connected to Redis yet.");

    private IDatabase Database => _database ?? throw new RedisException("The application has not connected to Redis yet.");

    /// <summary>Connects, or goes on trying in the background.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(options);
        _database = _connection.GetDatabase().WithKeyPrefix(prefix);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    /// <summary>Whether an exception says that Redis does not answer.</summary>
    public static bool IsFailure(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    /// <summary>Hands <paramref name="receive"/> what any process publishes, also when Redis is there only later.</summary>
    public async Task SubscribeAsync(string channel, Action<string> receive) => await Connection.GetSubscriber()
        .SubscribeAsync(RedisChannel.Literal(prefix + channel), (_, message) => receive(message.ToString()), CommandFlags.FireAndForget);

    /// <summary>Sends a message to all processes that have subscribed.</summary>
    public async Task PublishAsync(string channel, string message) =>
        await Connection.GetSubscriber().PublishAsync(RedisChannel.Literal(prefix + channel), message);

    /// <summary>Throws where Redis does not answer.</summary>
    public async Task PingAsync() => await Database.PingAsync();

    public async ValueTask<Counter> IncrementAsync(string key, TimeSpan life)
    {
        var result = await Database.ScriptEvaluateAsync(IncrementScript, [key], [Milliseconds(life)]);
        return new Counter((long)result[0], TimeSpan.FromMilliseconds((long)result[1]));
    }

    public async ValueTask<Counter> GetCounterAsync(string key)
    {
        var result = await Database.StringGetWithExpiryAsync(key);
        return new Counter((long)result.Value, result.Expiry ?? TimeSpan.Zero);
    }

    public async ValueTask<bool> AddAsync(string key, TimeSpan life) => await Database.StringSetAsync(key, 0, life, When.NotExists);

    public async ValueTask ExpireAsync(string key, TimeSpan life) => await Database.KeyExpireAsync(key, life);

    public async ValueTask RemoveAsync(string key) => await Database.KeyDeleteAsync(key);

    public async ValueTask<TokenGrant> TakeAsync(string key, TokenBucket bucket)
    {
        var result = await Database.ScriptEvaluateAsync(
            TakeScript, [key], [(long)bucket.Interval.TotalMicroseconds, bucket.Capacity]);
        return bucket.Grant((long)result[0] == 1, TimeSpan.FromMicroseconds((long)result[1]));
    }

    private static long Milliseconds(TimeSpan life) => (long)Math.Ceiling(life.TotalMilliseconds);
}
