using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// Asks the database about the session and the user of every good token: a token says who somebody was a while ago, and
/// users are suspended, sign out and change roles in the meantime.
/// </summary>
internal sealed class SessionCheck(SessionCache cache, KnownTokens tokens) : JwtBearerEvents
{
    private const string Ended = "The session has ended.";

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (BearerToken.Of(context.Request) is not { } token || tokens.Find(token) is not { } subject)
        {
            return;
        }

        if (await FindAsync(context.HttpContext, subject) is { } account)
        {
            context.Principal = new ClaimsPrincipal(IdentityOf(account, subject.Session, context.Scheme.Name));
            context.Success();
        }
        else
        {
            context.Fail(Ended);
        }
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var subject = context.Principal?.FindFirstValue(CallerClaims.Key) is { } user && context.Principal.FindFirstValue(TokenIssuer.SessionClaim) is { } session
            ? new TokenSubject(user, session)
            : null;
        if (subject is null || await FindAsync(context.HttpContext, subject) is not { } account)
        {
            context.Fail(Ended);
            return;
        }

        if (BearerToken.Of(context.Request) is { } token)
        {
            tokens.Add(token, context.SecurityToken, subject);
        }

        context.Principal = new ClaimsPrincipal(IdentityOf(account, subject.Session, context.Scheme.Name));
    }

    public override Task Challenge(JwtBearerChallengeContext context) => DescribeAsync(context);

    /// <summary>Tells why a token is refused in general terms, whatever the exception says.</summary>
    public static Task DescribeAsync(JwtBearerChallengeContext context)
    {
        context.ErrorDescription = context.AuthenticateFailure is null ? null : "The token is not valid, or no longer.";
        return Task.CompletedTask;
    }

    private ValueTask<Account?> FindAsync(HttpContext http, TokenSubject subject) =>
        cache.GetAsync(subject.User, subject.Session, () => ReadAsync(http, subject));

    private static async Task<Account?> ReadAsync(HttpContext http, TokenSubject subject)
    {
        var services = http.RequestServices;
        var found = await services.GetRequiredService<IAccountStore>().FindAsync(subject.User, subject.Session, http.RequestAborted);
        return found is var (account, row) && services.GetRequiredService<Sessions>().IsGood(row, account) ? account : null;
    }

    /// <summary>Who the caller is; the role is the one of now.</summary>
    public static ClaimsIdentity IdentityOf(Account account, string? session, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, CallerClaims.Key, CallerClaims.Role);
        identity.AddClaim(new Claim(CallerClaims.Key, account.Id));
        if (session is not null)
        {
            identity.AddClaim(new Claim(TokenIssuer.SessionClaim, session));
        }

        if (account.Role is { } role)
        {
            identity.AddClaim(new Claim(CallerClaims.Role, role));
        }

        if (account.IsAdmin)
        {
            identity.AddClaim(new Claim(CallerClaims.Admin, "true"));
        }

        return identity;
    }
}
