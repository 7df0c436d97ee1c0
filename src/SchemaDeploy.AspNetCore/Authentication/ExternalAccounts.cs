using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// The users of people whom an identity provider knows: linked by the provider's name for them, at first by their
/// e-mail; who is not there yet gets a row, where an e-mail is all that a row needs.
/// </summary>
internal sealed class ExternalAccounts(DbContext database, IAccountStore accounts, FirstAdmin firstAdmin, SessionCache cache)
{
    /// <summary>The account; null where there is none that may sign in.</summary>
    /// <param name="issuer">The identity provider.</param>
    /// <param name="subject">Its name for the person.</param>
    /// <param name="email">The person's e-mail; null where it is unknown or might be somebody else's.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<Account?> FindAsync(string issuer, string subject, string? email, CancellationToken cancellationToken)
    {
        var id = ExternalLogin.IdOf(issuer, subject);
        var login = await database.Set<ExternalLogin>().FirstOrDefaultAsync(login => login.Id == id, cancellationToken);
        var account = login is null ? null : await accounts.FindAsync(login.UserId, cancellationToken);
        // The operator's admin is who has the operator's password.
        if (account is null && email is not null && !firstAdmin.IsNamed(email))
        {
            account = await accounts.FindByEmailAsync(email, cancellationToken) ?? await CreateAsync(email, cancellationToken);
            if (account is not null)
            {
                // The row that a login was of may be gone.
                login ??= database.Add(new ExternalLogin { Id = id, Issuer = issuer, Subject = subject, UserId = account.Id }).Entity;
                login.UserId = account.Id;
                account = await LinkAsync(login, account, cancellationToken);
            }
        }

        return account is { MaySignIn: true } ? account : null;
    }

    private async Task<Account?> CreateAsync(string email, CancellationToken cancellationToken)
    {
        if (accounts.FromEmail(email, password: "") is not { } registration)
        {
            return null;
        }

        try
        {
            return await accounts.CreateAsync(registration, Passwords.NoPassword, asAdmin: false, cancellationToken);
        }
        catch (ApiException exception) when (exception.Status == 409)
        {
            // Of several requests that come first at once, another one was faster.
            database.ChangeTracker.Clear();
            return await accounts.FindByEmailAsync(email, cancellationToken);
        }
    }

    // E-mails are not verified here. Whoever wrote this one into the row may not be whom the provider has verified it for,
    // so their password and sessions end; and a row that somebody else uses through the provider is not shared.
    private async Task<Account?> LinkAsync(ExternalLogin login, Account account, CancellationToken cancellationToken)
    {
        var others = database.Set<ExternalLogin>()
            .Where(other => other.UserId == login.UserId && other.Issuer == login.Issuer && other.Id != login.Id);
        if (await others.AnyAsync(cancellationToken))
        {
            return null;
        }

        try
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, serializable: false, cancellationToken);
            if (!string.IsNullOrEmpty(account.PasswordHash))
            {
                await accounts.SetPasswordHashAsync(account.Id, Passwords.NoPassword, cancellationToken);
                await Sessions.EndAllAsync(database, account.Id, except: null, cancellationToken);
            }

            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            cache.Clear();
        }
        catch (DbUpdateException exception) when (exception.InnerException is DbException)
        {
            // Another request of the same person has linked it meanwhile.
            database.ChangeTracker.Clear();
        }

        return account;
    }
}
