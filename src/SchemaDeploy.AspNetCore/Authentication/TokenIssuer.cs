using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Writes access tokens, and says what others are measured by.</summary>
internal sealed class TokenIssuer(SigningKeys keys, AuthenticationSettings settings, TimeProvider clock)
{
    public const string SessionClaim = "sid";

    // RFC 9068: no other kind of token passes for an access token.
    private const string TokenType = "at+jwt";

    private static readonly JsonWebTokenHandler s_handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for a session of <paramref name="account"/>.</summary>
    public string Issue(Account account, string session)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = account.Id, [SessionClaim] = session };
        if (account.Role is { } role)
        {
            claims[CallerClaims.Role] = role;
        }

        return s_handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenType,
            Issuer = settings.Issuer,
            Audience = settings.Audience,
            IssuedAt = now,
            Expires = now + settings.AccessTokenLifetime,
            Claims = claims,
            SigningCredentials = keys.Current,
        });
    }

    /// <summary>What a token must be: signed by one of the keys with that key's algorithm, and by nothing else.</summary>
    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = settings.Issuer,
        ValidAudience = settings.Audience,
        ValidTypes = [TokenType],
        IssuerSigningKeys = keys.Credentials.Select(credentials => credentials.Key),
        ValidAlgorithms = keys.Credentials.Select(credentials => credentials.Algorithm).Distinct(),
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            clock.GetUtcNow().UtcDateTime is var now && expires > now && (notBefore is null || notBefore <= now),
        NameClaimType = JwtRegisteredClaimNames.Sub,
        RoleClaimType = CallerClaims.Role,
    };
}
