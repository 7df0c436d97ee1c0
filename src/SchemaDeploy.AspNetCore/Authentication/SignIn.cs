using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Registers users, checks passwords and changes them.</summary>
internal sealed class SignIn(
    DbContext database,
    IAccountStore accounts,
    Sessions sessions,
    Passwords passwords,
    PasswordPolicy policy,
    FirstAdmin firstAdmin,
    LoginThrottle throttle,
    SessionCache cache)
{
    /// <summary>Creates the account of a new user.</summary>
    /// <exception cref="ApiException">403, 409 and the like: it cannot be created.</exception>
    public async Task<Account> RegisterAsync(Registration registration, CancellationToken cancellationToken)
    {
        if (firstAdmin.IsNamed(registration.Email) && !firstAdmin.IsProven(registration))
        {
            // That somebody else is meant to have it is nobody's business.
            throw Taken();
        }

        if (await accounts.FindByEmailAsync(registration.Email, cancellationToken) is not null)
        {
            throw Taken();
        }

        var hash = await passwords.HashAsync(registration.Password, cancellationToken);
        // Of several at once the database may give up all but one.
        return await WriteTransaction.RetryAsync(database, () => CreateAsync(registration, hash, cancellationToken), cancellationToken);
    }

    /// <summary>Begins a session.</summary>
    /// <exception cref="ApiException">401: e-mail or password are wrong; 403: the user may not sign in; 429: too many failures.</exception>
    public async Task<TokenResponse> LoginAsync(string email, string password, string address, CancellationToken cancellationToken)
    {
        await throttle.EnterAsync(email, address);
        var account = await accounts.FindByEmailAsync(email, cancellationToken)
            ?? await CreateFirstAdminAsync(email, password, cancellationToken);
        var verification = await passwords.VerifyAsync(account?.PasswordHash, password, cancellationToken);
        if (account is null || verification == PasswordVerificationResult.Failed)
        {
            await throttle.FailAsync(email, address);
            throw new ApiException(401, "The e-mail or the password is wrong.") { Reason = RefusalReason.Login };
        }

        await throttle.SucceedAsync(email);
        if (!account.MaySignIn)
        {
            // Said only to whoever knows the password.
            throw new ApiException(403, "This account may not sign in.") { Reason = RefusalReason.Login };
        }

        if (verification == PasswordVerificationResult.SuccessRehashNeeded)
        {
            account = await RehashAsync(account, password, cancellationToken);
        }

        return await sessions.BeginAsync(account, cancellationToken);
    }

    /// <summary>Changes a user's own password, which ends the user's other sessions.</summary>
    /// <exception cref="ApiException">400: the new password will not do; 401: the present one is wrong; 429: too many failures.</exception>
    public async Task ChangePasswordAsync(
        string id, string session, string present, string next, string address, CancellationToken cancellationToken)
    {
        var account = await accounts.FindAsync(id, cancellationToken) ?? throw new ApiException(401, "The session has ended. Sign in again.");
        var validator = new Validator();
        policy.Check(validator, "new_password", next, account.Email);
        validator.ThrowIfInvalid();
        await throttle.EnterAsync(account.Email, address);
        if (await passwords.VerifyAsync(account.PasswordHash, present, cancellationToken) == PasswordVerificationResult.Failed)
        {
            await throttle.FailAsync(account.Email, address);
            throw new ApiException(
                422, "The present password is wrong.", new Dictionary<string, string[]> { ["current_password"] = ["is wrong"] })
            {
                Reason = RefusalReason.Login,
            };
        }

        await throttle.SucceedAsync(account.Email);
        var hash = await passwords.HashAsync(next, cancellationToken);
        await using var transaction = await WriteTransaction.BeginAsync(database, serializable: false, cancellationToken);
        await accounts.SetPasswordHashAsync(id, hash, cancellationToken);
        await sessions.EndOthersAsync(account with { PasswordHash = hash }, session, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
    }

    private async Task<Account> CreateAsync(Registration registration, string hash, CancellationToken cancellationToken)
    {
        if (firstAdmin.IsNamed(registration.Email) || !firstAdmin.IsWhoeverComesFirst || await accounts.HasAdminAsync(cancellationToken))
        {
            return await accounts.CreateAsync(registration, hash, firstAdmin.IsNamed(registration.Email), cancellationToken);
        }

        // Who comes first is decided where nobody can come in between.
        await using var transaction = await WriteTransaction.BeginAsync(database, serializable: true, cancellationToken);
        var account = await accounts.CreateAsync(registration, hash, !await accounts.HasAdminAsync(cancellationToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return account;
    }

    // The operator's admin comes into being with the first sign-in, wherever that is possible with an e-mail alone.
    private async Task<Account?> CreateFirstAdminAsync(string email, string password, CancellationToken cancellationToken) =>
        firstAdmin.IsNamed(email)
        && accounts.FromEmail(email, password) is { } registration
        && firstAdmin.IsProven(registration)
            ? await accounts.CreateAsync(registration, await passwords.HashAsync(password, cancellationToken), asAdmin: true, cancellationToken)
            : null;

    // The cost of hashing has been raised since the hash was made.
    private async Task<Account> RehashAsync(Account account, string password, CancellationToken cancellationToken)
    {
        var renewed = account with { PasswordHash = await passwords.HashAsync(password, cancellationToken) };
        await using var transaction = await WriteTransaction.BeginAsync(database, serializable: false, cancellationToken);
        await accounts.SetPasswordHashAsync(account.Id, renewed.PasswordHash, cancellationToken);
        await sessions.RenewAsync(account, renewed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return renewed;
    }

    private static ApiException Taken() => new(
        409, "A user with this e-mail exists already.", new Dictionary<string, string[]> { ["email"] = ["exists already"] });
}
