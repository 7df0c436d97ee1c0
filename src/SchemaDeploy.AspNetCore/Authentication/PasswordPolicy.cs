using System.Collections.Frozen;
using System.Globalization;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Which passwords users may choose: long ones that are not among those tried first.</summary>
internal sealed class PasswordPolicy(AuthenticationSettings settings)
{
    /// <summary>The name of passwords in requests.</summary>
    public const string Field = "password";

    /// <summary>What may be hashed: without a limit, a request could ask for any amount of work.</summary>
    public const int MaximumLength = 256;

    /// <summary>The longest e-mail there is (RFC 5321).</summary>
    public const int MaximumEmailLength = 254;

    // "aaaaaaaa" and eight blanks are long, and guessed at once.
    private const int DifferentCharacters = 4;

    private const string ListResource = "SchemaDeploy.common-passwords.txt";

    private static readonly Lazy<FrozenSet<string>> s_common = new(ReadList);

    /// <summary>Reports what is wrong with a password that a user chooses.</summary>
    public void Check(Validator validator, string field, string? password, string? email)
    {
        if (password is null)
        {
            return;
        }

        validator.MinLength(field, password, settings.PasswordLength);
        validator.Check(field, !RepeatsItself(password), "must not be a few characters again and again");
        validator.Check(field, !IsCommon(password), "is among the passwords that are tried first; choose another");
        validator.Check(field, !IsNameOf(password, email), "must not be the e-mail");
    }

    /// <summary>Reports what is no e-mail.</summary>
    public static void CheckEmail(Validator validator, string field, string? email) =>
        validator.Check(field, email is null || IsEmail(email), "must be an e-mail address");

    /// <summary>Reports a password that is longer than any can be.</summary>
    public static void CheckLength(Validator validator, string field, string? password) =>
        validator.Check(
            field, password is null || password.Length <= MaximumLength, string.Create(CultureInfo.InvariantCulture, $"must have at most {MaximumLength} characters"));

    // What is too short or too long is told so already.
    private bool RepeatsItself(string password) =>
        password.Length >= settings.PasswordLength && password.Length <= MaximumLength && password.Distinct().Count() < DifferentCharacters;

    private static bool IsCommon(string password) => s_common.Value.Contains(password.ToLowerInvariant());

    // Whether mail arrives there is found out by sending some; this finds slips of the hand.
    private static bool IsEmail(string email) =>
        email.Trim() is [not '@', .., not '@'] address
        && address.Count(character => character == '@') == 1
        && !address.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    private static bool IsNameOf(string password, string? email) =>
        email is not null
        && (password.Equals(email, StringComparison.OrdinalIgnoreCase) || password.Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase));

    private static FrozenSet<string> ReadList()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream(ListResource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
