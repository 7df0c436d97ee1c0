using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Finds the user for every good token of an identity provider: the provider says who somebody is, and the database what they may.</summary>
internal sealed class ExternalCheck(SessionCache cache, AuthenticationSettings settings) : JwtBearerEvents
{
    public const string Scheme = "External";

    // Sessions are the provider's: nothing here has such a name.
    private const string Session = "external";

    /// <summary>Keys of a provider are public: an algorithm that takes one key for both sides would let anybody sign.</summary>
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var token = context.Principal!;
        var (issuer, subject) = (context.SecurityToken.Issuer, token.FindFirstValue(CallerClaims.Key));
        var services = context.HttpContext.RequestServices;
        var account = subject is null ? null : await cache.GetAsync(
            ExternalLogin.IdOf(issuer, subject),
            Session,
            () => services.GetRequiredService<ExternalAccounts>().FindAsync(issuer, subject, EmailOf(token), context.HttpContext.RequestAborted));
        if (account is null)
        {
            context.Fail("The token belongs to no user who may sign in.");
            return;
        }

        context.Principal = new ClaimsPrincipal(SessionCheck.IdentityOf(
            WithRole(account, token, services.GetRequiredService<IAccountStore>().AdminRole), session: null, context.Scheme.Name));
    }

    public override Task Challenge(JwtBearerChallengeContext context) => SessionCheck.DescribeAsync(context);

    private string? EmailOf(ClaimsPrincipal token) =>
        !settings.RequireVerifiedEmail || string.Equals(token.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase)
            ? token.FindFirstValue(settings.EmailClaim)
            : null;

    // Where the provider keeps roles, its word counts; of several roles the one that may do most.
    private Account WithRole(Account account, ClaimsPrincipal token, string adminRole)
    {
        if (settings.RoleClaim.Length == 0 || token.FindAll(settings.RoleClaim).Select(claim => claim.Value).ToList() is not { Count: > 0 } roles)
        {
            return account;
        }

        var isAdmin = roles.Contains(adminRole, StringComparer.OrdinalIgnoreCase);
        return account with { Role = isAdmin ? adminRole : roles[0], IsAdmin = isAdmin };
    }
}
