using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Begins, refreshes and ends sessions.</summary>
internal sealed class Sessions(
    DbContext database, IAccountStore accounts, TokenIssuer issuer, SessionCache cache, AuthenticationSettings settings, TimeProvider clock)
{
    private DbSet<Session> Rows => database.Set<Session>();

    private DateTime Now => StoredForm.Cut(clock.GetUtcNow().UtcDateTime, StoredForm.MicrosecondDigits);

    /// <summary>Begins a session of a user whose password was right.</summary>
    public async Task<TokenResponse> BeginAsync(Account account, CancellationToken cancellationToken)
    {
        var token = RefreshToken.New();
        var session = new Session
        {
            Id = RefreshToken.RandomText(),
            UserId = account.Id,
            Family = token.FamilyHash,
            Secret = token.SecretHash,
            Stamp = StampOf(account),
            CreatedAt = Now,
            ExpiresAt = ExpiryOf(Now),
        };
        Rows.Add(session);
        await SaveAsync(cancellationToken);
        return Answer(account, session, token);
    }

    /// <summary>Takes a refresh token and gives the next.</summary>
    /// <exception cref="ApiException">401: the token is none, or not the latest of its session, which ends then.</exception>
    public async Task<TokenResponse> RefreshAsync(string text, CancellationToken cancellationToken)
    {
        var (session, token) = await FindAsync(text, cancellationToken);
        if (session is null || token is null)
        {
            throw Refused();
        }

        var account = await accounts.FindAsync(session.UserId, cancellationToken);
        if (session.Secret != token.SecretHash || account is null || !IsGood(session, account))
        {
            // Whoever has an old token of the family has stolen it, or was stolen from: nobody goes on with either.
            await EndAsync(session.Id, cancellationToken);
            throw Refused();
        }

        var next = token.Next();
        session.Secret = next.SecretHash;
        session.ExpiresAt = ExpiryOf(session.CreatedAt);
        try
        {
            await SaveAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The same token came twice at the same time.
            await EndAsync(session.Id, cancellationToken);
            throw Refused();
        }

        return Answer(account, session, next);
    }

    /// <summary>Ends the session of a refresh token, also of an old one.</summary>
    public async Task EndByTokenAsync(string text, CancellationToken cancellationToken)
    {
        if ((await FindAsync(text, cancellationToken)).Session is { } session)
        {
            await EndAsync(session.Id, cancellationToken);
        }
    }

    /// <summary>Ends all sessions of a user but one, which goes on with the user's new password.</summary>
    public async Task EndOthersAsync(Account account, string present, CancellationToken cancellationToken)
    {
        await EndAllAsync(database, account.Id, present, cancellationToken);
        if (await Rows.FirstOrDefaultAsync(session => session.Id == present && session.UserId == account.Id, cancellationToken) is { } session)
        {
            session.Stamp = StampOf(account);
            await database.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Lets the sessions of a user go on whose password has got another hash.</summary>
    public async Task RenewAsync(Account before, Account after, CancellationToken cancellationToken)
    {
        var (old, stamp) = (StampOf(before), StampOf(after));
        foreach (var session in await Rows.Where(session => session.UserId == before.Id && session.Stamp == old).ToListAsync(cancellationToken))
        {
            session.Stamp = stamp;
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Ends the sessions of a user.</summary>
    public static Task EndAllAsync(DbContext database, string userId, string? except, CancellationToken cancellationToken) =>
        database.Set<Session>().Where(session => session.UserId == userId && session.Id != except).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Whether a session still lets its user in.</summary>
    public bool IsGood(Session session, Account account) =>
        account.MaySignIn && session.ExpiresAt > Now && session.CreatedAt + settings.SessionLifetime > Now && session.Stamp == StampOf(account);

    private static string StampOf(Account account) => RefreshToken.HashOf(account.PasswordHash ?? "");

    private async Task<(Session? Session, RefreshToken? Token)> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!RefreshToken.TryParse(text, out var token))
        {
            return (null, null);
        }

        var family = token.FamilyHash;
        return (await Rows.FirstOrDefaultAsync(session => session.Family == family, cancellationToken), token);
    }

    private async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        await Rows.Where(session => session.Id == id).ExecuteDeleteAsync(cancellationToken);
        cache.Clear();
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, serializable: false, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private DateTime ExpiryOf(DateTime begin) =>
        new(Math.Min((Now + settings.RefreshTokenLifetime).Ticks, (begin + settings.SessionLifetime).Ticks), DateTimeKind.Utc);

    private TokenResponse Answer(Account account, Session session, RefreshToken token) =>
        new(issuer.Issue(account, session.Id), token.Text, "Bearer", (int)settings.AccessTokenLifetime.TotalSeconds);

    private static ApiException Refused() => new(401, "The refresh token is not valid, or no longer. Sign in again.");
}
