using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>Tokens of an attacker's making.</summary>
internal static class Tokens
{
    /// <summary>Every way in which a token can be wrong, by name, made from one that is right.</summary>
    public static IEnumerable<(string Name, string Token)> Wrong(string token)
    {
        var claims = Read(token);
        yield return ("expired", Sign(With(claims, "exp", DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds())));
        yield return ("not valid yet", Sign(With(With(claims, "nbf", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()), "exp", DateTimeOffset.UtcNow.AddHours(2).ToUnixTimeSeconds())));
        yield return ("without an end", Sign(Without(claims, "exp")));
        yield return ("of another issuer", Sign(With(claims, "iss", "https://attacker.example")));
        yield return ("for another audience", Sign(With(claims, "aud", "somebody-else")));
        yield return ("of another key", Sign(claims, "another secret, also longer than 32 bytes"));
        yield return ("without a signature", token[..(token.LastIndexOf('.') + 1)]);
        yield return ("with a changed claim", Tamper(token, claims));
        yield return ("with alg none", $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{Encode(claims.ToJsonString())}.");
        yield return ("with alg NONE and a signature", $"{Encode("""{"alg":"NONE","typ":"at+jwt"}""")}.{Encode(claims.ToJsonString())}.{token[(token.LastIndexOf('.') + 1)..]}");
        yield return ("with another algorithm of the same key", Sign(claims, AppProcess.Secret, "HS512"));
        yield return ("of a session that never was", Sign(With(claims, "sid", Guid.NewGuid().ToString())));
        yield return ("of a user who never was", Sign(With(claims, "sub", "999999999")));
        yield return ("without a user", Sign(Without(claims, "sub")));
        yield return ("that is no token", "not.a.token");
        yield return ("that is empty", " ");
        yield return ("that is long", new string('a', 4000));
    }

    /// <summary>The claims of <paramref name="token"/>.</summary>
    public static JsonObject Read(string token) => JsonNode.Parse(Decode(token.Split('.')[1]))!.AsObject();

    /// <summary>A token of <paramref name="claims"/>.</summary>
    public static string Sign(JsonObject claims, string secret = AppProcess.Secret, string algorithm = "HS256")
    {
        var text = $"{Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""")}.{Encode(claims.ToJsonString())}";
        var (key, data) = (Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text));
        return $"{text}.{Encode(algorithm == "HS512" ? HMACSHA512.HashData(key, data) : HMACSHA256.HashData(key, data))}";
    }

    private static string Tamper(string token, JsonObject claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encode(With(claims, "role", "ADMIN").ToJsonString() + " ")}.{parts[2]}";
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode value)
    {
        var copy = claims.DeepClone().AsObject();
        copy[name] = value;
        return copy;
    }

    private static JsonObject Without(JsonObject claims, string name)
    {
        var copy = claims.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    private static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Decode(string text)
    {
        var base64 = text.Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
    }
}
