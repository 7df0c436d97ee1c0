using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// A refresh token: the session's family, and a secret of its own. The database holds the hashes of both; they are as
/// random as keys, so that plain hashes keep them.
/// </summary>
internal sealed record RefreshToken(string Family, string Secret)
{
    private const int Bytes = 32;
    private const int PartLength = 43;

    public string FamilyHash => HashOf(Family);

    public string SecretHash => HashOf(Secret);

    /// <summary>The first token of a new session.</summary>
    public static RefreshToken New() => new(RandomText(), RandomText());

    /// <summary>The token that takes this one's place.</summary>
    public RefreshToken Next() => this with { Secret = RandomText() };

    /// <summary>Reads a token.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RefreshToken? token)
    {
        token = text.Length == (2 * PartLength) + 1 && text[PartLength] == '.' ? new(text[..PartLength], text[(PartLength + 1)..]) : null;
        return token is not null;
    }

    /// <summary>What the client keeps.</summary>
    public string Text => $"{Family}.{Secret}";

    /// <summary>Random text that nobody guesses.</summary>
    public static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash of <paramref name="text"/> as text.</summary>
    public static string HashOf(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
