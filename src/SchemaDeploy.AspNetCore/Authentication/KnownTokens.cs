using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Tokens;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// What the tokens in use say, so that a signature is checked once and not with every request. Whether the session goes
/// on is asked for each time all the same.
/// </summary>
internal sealed class KnownTokens(TimeProvider clock) : IDisposable
{
    private const int MaximumTokens = 10_000;

    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = MaximumTokens });

    /// <summary>Whose token it is and of which session; null where it has not been seen, or is no longer good.</summary>
    public TokenSubject? Find(string token) =>
        _tokens.TryGetValue(token, out Known? known) && known!.Expires > clock.GetUtcNow().UtcDateTime ? known.Subject : null;

    /// <summary>Remembers a token that was found to be good, until it expires.</summary>
    public void Add(string token, SecurityToken validated, TokenSubject subject) =>
        _tokens.Set(
            token,
            new Known(subject, validated.ValidTo),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = validated.ValidTo - clock.GetUtcNow().UtcDateTime });

    public void Dispose() => _tokens.Dispose();

    private sealed record Known(TokenSubject Subject, DateTime Expires);
}

/// <summary>Whom a token stands for.</summary>
/// <param name="User">The key of the user's row as text.</param>
/// <param name="Session">The session that the token belongs to.</param>
internal sealed record TokenSubject(string User, string Session);
