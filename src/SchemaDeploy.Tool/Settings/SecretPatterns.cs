using System.Text.RegularExpressions;

namespace SchemaDeploy.Tool.Settings;

/// <summary>Tells settings that look like secrets: by what they are called, and by what they look like whatever they are called.</summary>
internal static partial class SecretPatterns
{
    // Shorter keys are names of something.
    private const int ShortestKey = 16;

    /// <summary>What the setting looks like, such as "a password"; null where it looks like none.</summary>
    public static string? Find(string name, string value) => FindInValue(value) ?? FindByName(name, value);

    private static string? FindInValue(string value)
    {
        if (PrivateKey().IsMatch(value))
        {
            return "a private key";
        }

        if (KnownToken().IsMatch(value))
        {
            return "an access token";
        }

        var login = Login().Match(value);
        if (login.Success && !IsPlaceholder(login.Groups["secret"].Value))
        {
            return "an address with a password";
        }

        var part = ConnectionPart().Match(value);
        return part.Success && !IsPlaceholder(part.Groups["secret"].Value) ? "a connection with a password or key" : null;
    }

    private static string? FindByName(string name, string value)
    {
        if (IsPlaceholder(value) || bool.TryParse(value, out _) || (value.Contains(':') && TimeSpan.TryParse(value, out _)) || Path().IsMatch(value))
        {
            return null;
        }

        if (About().IsMatch(name))
        {
            return null;
        }

        return PasswordName().IsMatch(name) ? "a password"
            : TokenName().IsMatch(name) ? "an access token"
            : KeyName().IsMatch(name) && !OpenKeyName().IsMatch(name) && value.Length >= ShortestKey && !value.Any(char.IsWhiteSpace) ? "a key"
            : null;
    }

    private static bool IsPlaceholder(string value) => Placeholder().IsMatch(value);

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex PrivateKey();

    // Forms that their makers chose to be recognised by: GitHub, GitLab, AWS, Slack, Stripe, Google, OpenAI, Anthropic,
    // SendGrid, npm, and JSON web tokens.
    [GeneratedRegex("""
        \b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}|A(?:KIA|SIA)[A-Z0-9]{16}\b
        |xox[abeoprs]-[A-Za-z0-9-]{10,}|[sr]k_live_[A-Za-z0-9]{16,}|AIza[A-Za-z0-9_-]{35}|sk-[A-Za-z0-9_-]{20,}
        |SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{36}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex KnownToken();

    // postgres://user:password@host
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*://[^/\s:@]*:(?<secret>[^/\s@]+)@")]
    private static partial Regex Login();

    // Host=…;Password=…   host:6379,password=…   AccountName=…;AccountKey=…
    [GeneratedRegex("(?:^|[;,])\\s*(?:password|pwd|account ?key|shared ?access ?key|shared ?secret|access ?key|secret ?key|api ?key)\\s*=\\s*[\"']?(?<secret>[^;,\"']+)", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionPart();

    // <…>, ${…}, %…%, {…}, ***, xxx, and words that ask to be replaced.
    [GeneratedRegex("""
        ^\s*(?:<.*>|.*\$[({].*[)}].*|\{.*\}|\#\{.*\}\#|%.*%|[*.xX…-]*|your[-_ ].*|(?:todo|fixme).*
        |(?:change|replace|insert|enter|fill|put|set)[-_ ]?(?:me|it|in|this|here|with|by|your|the)(?:[-_ ].*)?
        |placeholder|none|null|n/a|empty|redacted|hidden)\s*$
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Placeholder();

    // A mounted file, which holds the secret. Random text has capital letters.
    [GeneratedRegex(@"^(?:\.{0,2}|~)/[a-z0-9._/-]+$")]
    private static partial Regex Path();

    [GeneratedRegex("passw(?:or)?d|pwd$|passphrase|passcode|secret|credential", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordName();

    [GeneratedRegex("token$|(?:^|[-_.])pat$", RegexOptions.IgnoreCase)]
    private static partial Regex TokenName();

    [GeneratedRegex("key$", RegexOptions.IgnoreCase)]
    private static partial Regex KeyName();

    [GeneratedRegex("(?:public|cache|sort|partition|primary|foreign|row|lookup|host|registry|resource|translation|site)[-_.]?key$", RegexOptions.IgnoreCase)]
    private static partial Regex OpenKeyName();

    // PasswordLength and TokenLifetime are about passwords and tokens.
    [GeneratedRegex("(?:file|path|folder|directory|dir|url|uri|endpoint|address|host|name|user|id|length|size|count|policy|life(?:time|span)?|expir(?:y|es|ation)|minutes|seconds|hours|days|timeout|interval|enabled|required|field|header|prefix|suffix|provider|store|vault|type|kind|algorithm|iterations|format|message|title|text|hint|label|regex|pattern|mode|version|issuer|audience|scheme)$", RegexOptions.IgnoreCase)]
    private static partial Regex About();
}
