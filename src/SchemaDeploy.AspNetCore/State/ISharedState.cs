namespace SchemaDeploy.AspNetCore.State;

/// <summary>
/// Short-lived state that all replicas of the application see alike: in Redis where REDIS_URL names one, else in the
/// process. Whatever must never be lost belongs into the database. Every operation is atomic.
/// </summary>
internal interface ISharedState
{
    /// <summary>
    /// Adds one to a counter. Its life begins with the first. Counting an attempt before it is made, and removing the
    /// counter when it succeeded, leaves parallel attempts no gap to slip through.
    /// </summary>
    ValueTask<Counter> IncrementAsync(string key, TimeSpan life);

    /// <summary>A counter as it stands; zero where there is none.</summary>
    ValueTask<Counter> GetCounterAsync(string key);

    /// <summary>Sets a mark that lasts for <paramref name="life"/>; false where it is set already, which changes nothing.</summary>
    ValueTask<bool> AddAsync(string key, TimeSpan life);

    /// <summary>Lets a counter or mark live for so long from now; nothing happens where there is none.</summary>
    ValueTask ExpireAsync(string key, TimeSpan life);

    /// <summary>Removes a counter or mark.</summary>
    ValueTask RemoveAsync(string key);

    /// <summary>Takes one token out of a bucket, which is full where it was never used.</summary>
    ValueTask<TokenGrant> TakeAsync(string key, TokenBucket bucket);
}

/// <summary>How often something happened.</summary>
/// <param name="Value">The count.</param>
/// <param name="Remaining">When the counter is forgotten.</param>
internal readonly record struct Counter(long Value, TimeSpan Remaining);
