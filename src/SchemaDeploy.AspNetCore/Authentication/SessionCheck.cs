using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// Asks the database about the session and the user of every good token: a token says who somebody was a while ago, and
/// users are suspended, sign out and change roles in the meantime.
/// </summary>
internal sealed class SessionCheck(SessionCache cache) : JwtBearerEvents
{
    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var (user, session) = (
            context.Principal?.FindFirstValue(CallerClaims.Key), context.Principal?.FindFirstValue(TokenIssuer.SessionClaim));
        var account = user is null || session is null
            ? null
            : await cache.GetAsync(user, session, () => ReadAsync(context, user, session));
        if (account is null)
        {
            context.Fail("The session has ended.");
            return;
        }

        context.Principal = new ClaimsPrincipal(IdentityOf(account, session, context.Scheme.Name));
    }

    public override Task Challenge(JwtBearerChallengeContext context) => DescribeAsync(context);

    /// <summary>Tells why a token is refused in general terms, whatever the exception says.</summary>
    public static Task DescribeAsync(JwtBearerChallengeContext context)
    {
        context.ErrorDescription = context.AuthenticateFailure is null ? null : "The token is not valid, or no longer.";
        return Task.CompletedTask;
    }

    private static async Task<Account?> ReadAsync(TokenValidatedContext context, string user, string session)
    {
        var services = context.HttpContext.RequestServices;
        var found = await services.GetRequiredService<IAccountStore>().FindAsync(user, session, context.HttpContext.RequestAborted);
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
