using Microsoft.AspNetCore.Http;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>
/// The writes that are being worked on, and those that created something a moment ago. A first that failed stands in
/// nobody's way.
/// </summary>
internal sealed class Fingerprints(ISharedState state, FingerprintSettings settings)
{
    /// <summary>Whether requests like this one are watched. Those with an Idempotency-Key come again on purpose.</summary>
    public bool Watches(HttpContext context) =>
        settings.Enabled && !context.Request.Headers.ContainsKey(IdempotencyMiddleware.Header);

    /// <summary>Remembers a write that begins.</summary>
    /// <exception cref="ApiException">429: the same is there already.</exception>
    public async Task<string> EnterAsync(string identity)
    {
        var mark = "seen:" + identity;
        return await state.AddAsync(mark, settings.LongestRequest)
            ? mark
            : throw new ApiException(429, "The same request was made a moment ago: this is taken for a duplicate. To repeat requests safely, send an Idempotency-Key.")
            {
                RetryAfter = settings.Window,
                Reason = RefusalReason.DuplicateRequest,
            };
    }

    /// <summary>A write has ended: it is forgotten, or kept for a moment.</summary>
    /// <param name="mark">What it was remembered by.</param>
    /// <param name="isKept">Whether it created something that nothing else would refuse a second time.</param>
    /// <param name="refusal">What it ended with, if it was refused: what is a duplicate of a row now will be one in a moment.</param>
    public ValueTask LeaveAsync(string mark, bool isKept, ApiException? refusal = null)
    {
        var kept = isKept ? settings.Window
            : refusal is { Reason: RefusalReason.DuplicateRow, RetryAfter: { } remaining } ? TimeSpan.FromTicks(Math.Min(remaining.Ticks, settings.Window.Ticks))
            : TimeSpan.Zero;
        return kept > TimeSpan.Zero ? state.ExpireAsync(mark, kept) : state.RemoveAsync(mark);
    }

    /// <summary>Carries a write out unless the same one is there already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="identity">What tells it from others.</param>
    /// <param name="isKept">Whether it creates something that nothing else would refuse a second time.</param>
    /// <param name="carryOut">Carries it out, and says whether it succeeded.</param>
    public async Task WatchAsync(HttpContext context, Func<string> identity, bool isKept, Func<Task<bool>> carryOut)
    {
        if (!Watches(context))
        {
            await carryOut();
            return;
        }

        var mark = await EnterAsync(identity());
        var hasSucceeded = false;
        try
        {
            hasSucceeded = await carryOut();
        }
        finally
        {
            await LeaveAsync(mark, hasSucceeded && isKept);
        }
    }
}
