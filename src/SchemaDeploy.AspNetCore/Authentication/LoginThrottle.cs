using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// Locks an e-mail or an address out after repeated failures, on all replicas alike. An e-mail without an account is
/// locked like any other, so that locks tell nothing.
/// </summary>
internal sealed class LoginThrottle(ISharedState state, AuthenticationSettings settings)
{
    private readonly LockOutSettings _limits = settings.LockOut;

    /// <summary>Counts an attempt before it is made: of many at the same time, no more get through than of those in a row.</summary>
    /// <exception cref="ApiException">429: there were too many.</exception>
    public async Task EnterAsync(string email, string address)
    {
        if (await state.GetCounterAsync(AddressKey(address)) is var failures && failures.Value >= _limits.AddressFailures)
        {
            throw Locked(failures.Remaining);
        }

        var attempts = await state.IncrementAsync(AccountKey(email), _limits.Duration);
        if (attempts.Value > _limits.AccountFailures)
        {
            throw Locked(attempts.Remaining);
        }
    }

    /// <summary>The attempt has failed.</summary>
    public async Task FailAsync(string email, string address)
    {
        // The lock holds for its whole time from the last failure on.
        await state.ExpireAsync(AccountKey(email), _limits.Duration);
        await state.IncrementAsync(AddressKey(address), _limits.Duration);
    }

    /// <summary>The attempt has succeeded: earlier failures are forgotten.</summary>
    public async Task SucceedAsync(string email) => await state.RemoveAsync(AccountKey(email));

    // What is typed as an e-mail is hashed: it may be a password, and keys are shown in monitors.
    private static string AccountKey(string email) => "login:account:" + RefreshToken.HashOf(EmailConverter.Normalise(email));

    private static string AddressKey(string address) => "login:address:" + address;

    private static ApiException Locked(TimeSpan remaining) =>
        new(429, "Too many failed attempts to sign in. Try again later.") { RetryAfter = remaining, Reason = RefusalReason.LockOut };
}
