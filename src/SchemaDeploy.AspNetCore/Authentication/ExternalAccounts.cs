using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// The users of people whom an identity provider knows: linked by the provider's name for them, at first by their
/// e-mail; who is not there yet gets a row, where an e-mail is all that a row needs.
/// </summary>
internal sealed class ExternalAccounts(DbContext database, IAccountStore accounts, FirstAdmin firstAdmin)
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
        if (account is null && email is not null)
        {
            account = await accounts.FindByEmailAsync(email, cancellationToken) ?? await CreateAsync(email, cancellationToken);
            if (account is not null)
            {
                await LinkAsync(login, id, issuer, subject, account.Id, cancellationToken);
            }
        }

        return account is { MaySignIn: true } ? account : null;
    }

    private async Task<Account?> CreateAsync(string email, CancellationToken cancellationToken)
    {
        // The operator's admin is who has the operator's password.
        if (firstAdmin.IsNamed(email) || accounts.FromEmail(email, password: "") is not { } registration)
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

    private async Task LinkAsync(
        ExternalLogin? present, string id, string issuer, string subject, string userId, CancellationToken cancellationToken)
    {
        if (present is not null)
        {
            present.UserId = userId;
        }
        else
        {
            database.Add(new ExternalLogin { Id = id, Issuer = issuer, Subject = subject, UserId = userId });
        }

        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (present is null)
        {
            database.ChangeTracker.Clear();
        }
    }
}
