namespace SchemaDeploy.AspNetCore.State;

/// <summary>A bucket of tokens, of which a new one drops in at every interval until it is full.</summary>
/// <param name="Capacity">How many tokens it holds.</param>
/// <param name="Interval">The time in which one token comes back.</param>
/// <remarks>
/// A bucket is one number, the time at which it will be full again (the generic cell rate algorithm): taking a token
/// moves it by one interval, and a bucket whose time has come is as good as forgotten.
/// </remarks>
internal sealed record TokenBucket(int Capacity, TimeSpan Interval)
{
    /// <summary>What taking a token answers.</summary>
    /// <param name="isGranted">Whether there was a token.</param>
    /// <param name="untilFull">The time until the bucket is full, the token taken out.</param>
    public TokenGrant Grant(bool isGranted, TimeSpan untilFull) => isGranted
        ? new TokenGrant(true, (int)((Interval * Capacity - untilFull) / Interval), untilFull, TimeSpan.Zero)
        : new TokenGrant(false, 0, untilFull, untilFull + Interval - (Interval * Capacity));
}

/// <summary>Whether a token was to be had.</summary>
/// <param name="IsGranted">Whether it was taken.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="UntilFull">When all are back.</param>
/// <param name="RetryAfter">When the next one can be taken, where there was none.</param>
internal readonly record struct TokenGrant(bool IsGranted, int Remaining, TimeSpan UntilFull, TimeSpan RetryAfter);
