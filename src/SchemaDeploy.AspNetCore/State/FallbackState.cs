using Microsoft.Extensions.Logging;

namespace SchemaDeploy.AspNetCore.State;

/// <summary>
/// Redis while it answers, else the process: requests go on, and each replica counts for itself. After a failure Redis
/// is left alone for a moment, so that no request waits for one that hangs.
/// </summary>
internal sealed partial class FallbackState(ISharedState redis, ISharedState process, TimeProvider clock, ILogger<FallbackState> logger) : ISharedState
{
    /// <summary>How long Redis is left alone after it failed.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const long Works = 0;

    // When Redis is asked again; Works as long as it answers.
    private long _resume = Works;

    public ValueTask<Counter> IncrementAsync(string key, TimeSpan life) =>
        CallAsync(static (state, call) => state.IncrementAsync(call.key, call.life), (key, life));

    public ValueTask<Counter> GetCounterAsync(string key) => CallAsync(static (state, key) => state.GetCounterAsync(key), key);

    public ValueTask<bool> AddAsync(string key, TimeSpan life) =>
        CallAsync(static (state, call) => state.AddAsync(call.key, call.life), (key, life));

    public async ValueTask ExpireAsync(string key, TimeSpan life) => await CallAsync(
        static async (state, call) =>
        {
            await state.ExpireAsync(call.key, call.life);
            return true;
        },
        (key, life));

    public async ValueTask RemoveAsync(string key) => await CallAsync(
        static async (state, key) =>
        {
            await state.RemoveAsync(key);
            return true;
        },
        key);

    public ValueTask<TokenGrant> TakeAsync(string key, TokenBucket bucket) =>
        CallAsync(static (state, call) => state.TakeAsync(call.key, call.bucket), (key, bucket));

    private async ValueTask<TResult> CallAsync<TCall, TResult>(Func<ISharedState, TCall, ValueTask<TResult>> call, TCall arguments)
    {
        if (MayAsk())
        {
            try
            {
                var result = await call(redis, arguments);
                if (Interlocked.Exchange(ref _resume, Works) != Works)
                {
                    LogBack(logger);
                }

                return result;
            }
            catch (Exception exception) when (RedisState.IsFailure(exception))
            {
                if (Interlocked.Exchange(ref _resume, clock.GetTimestamp() + Span(Pause)) == Works)
                {
                    LogDown(logger, exception);
                }
            }
        }

        return await call(process, arguments);
    }

    // While Redis is down, one caller in each pause tries it again.
    private bool MayAsk()
    {
        var resume = Volatile.Read(ref _resume);
        if (resume == Works)
        {
            return true;
        }

        var now = clock.GetTimestamp();
        return now >= resume && Interlocked.CompareExchange(ref _resume, now + Span(Pause), resume) == resume;
    }

    private long Span(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer: until it does, this process counts for itself")]
    private static partial void LogDown(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again")]
    private static partial void LogBack(ILogger logger);
}
