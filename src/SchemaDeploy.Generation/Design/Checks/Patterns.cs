using System.Text;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Generation.Design.Checks;

/// <summary>Patterns that mean the same to the databases, to .NET and to JSON Schema.</summary>
internal static class Patterns
{
    /// <summary>What makes a regular expression ignore case from its beginning.</summary>
    public const string IgnoreCase = "(?i)";

    private const int MaximumLength = 500;

    // The classes of POSIX that .NET and JSON Schema have other words for.
    private static readonly (string Posix, string Portable)[] s_classes =
        [("[:digit:]", "0-9"), ("[:alpha:]", @"\p{L}"), ("[:alnum:]", @"\p{L}0-9"), ("[:upper:]", @"\p{Lu}"), ("[:lower:]", @"\p{Ll}"), ("[:space:]", @"\s"), ("[:xdigit:]", "0-9A-Fa-f")];

    /// <summary>The regular expression of a LIKE pattern, or null where it is not well formed.</summary>
    /// <param name="like">The pattern.</param>
    /// <param name="escape">The character that takes the next one literally.</param>
    /// <param name="hasSets">Whether [a-z] is a set, as in T-SQL.</param>
    public static string? FromLike(string like, char? escape, bool hasSets)
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < like.Length; i++)
        {
            switch (like[i])
            {
                case var c when c == escape:
                    if (++i == like.Length)
                    {
                        return null;
                    }

                    text.Append(Escaped(like[i]));
                    break;
                case '%':
                    text.Append(@"[\s\S]*");
                    break;
                case '_':
                    text.Append(@"[\s\S]");
                    break;
                case '[' when hasSets:
                    var end = like.IndexOf(']', Math.Min(i + 2, like.Length));
                    if (end < 0)
                    {
                        return null;
                    }

                    text.Append(Set(like[(i + 1)..end]));
                    i = end;
                    break;
                case var c:
                    text.Append(Escaped(c));
                    break;
            }
        }

        return IsRegex(text.Append('$').ToString()) ? text.ToString() : null;
    }

    /// <summary>The regular expression of a text itself.</summary>
    public static string Of(string text) => $"^{string.Concat(text.Select(Escaped))}$";

    /// <summary>The regular expression of what one of some matches, each from its beginning to its end.</summary>
    public static string AnyOf(IReadOnlyCollection<string> patterns) =>
        patterns.Count == 1 ? patterns.First() : $"^({string.Join('|', patterns.Select(pattern => pattern[1..^1]))})$";

    /// <summary>The regular expression as a C# literal: .NET's $ would let a line feed pass at the end, databases' does not.</summary>
    public static string ToCSharp(string pattern)
    {
        var text = new StringBuilder();
        var isInSet = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            isInSet = pattern[i] == '[' || (isInSet && pattern[i] != ']');
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                text.Append(pattern[i++]).Append(pattern[i]);
            }
            else
            {
                text.Append(pattern[i] == '$' && !isInSet ? @"\z" : pattern[i].ToString());
            }
        }

        return CSharpText.Quote(text.ToString());
    }

    /// <summary>Whether a regular expression uses nothing that databases and .NET read differently.</summary>
    public static bool IsPortable(string pattern) =>
        pattern.Length <= MaximumLength
        && !pattern.Contains("[:", StringComparison.Ordinal)
        && !pattern.Contains("[.", StringComparison.Ordinal)
        && !pattern.Contains("[=", StringComparison.Ordinal)
        && !pattern.Contains("(?", StringComparison.Ordinal)
        && !StartsSetWithBracket(pattern)
        && !HasOtherEscape(pattern)
        && IsRegex(pattern);

    /// <summary>The regular expression in words that mean the same everywhere, or null where it has none.</summary>
    public static string? ToPortable(string pattern)
    {
        if (IsPortable(pattern))
        {
            return pattern;
        }

        // What the classes become is portable in itself, and only the rest is asked for.
        if (!IsPortable(s_classes.Aggregate(pattern, (text, c) => text.Replace(c.Posix, "0", StringComparison.Ordinal))))
        {
            return null;
        }

        var portable = s_classes.Aggregate(pattern, (text, c) => text.Replace(c.Posix, c.Portable, StringComparison.Ordinal));
        return IsRegex(portable) ? portable : null;
    }

    // A ] that comes first is in the set for databases and .NET, and ends it for JSON Schema.
    private static bool StartsSetWithBracket(string pattern) =>
        pattern.Contains("[]", StringComparison.Ordinal) || pattern.Contains("[^]", StringComparison.Ordinal);

    // \y, \m and the like mean other things elsewhere, and \1 asks for backtracking.
    private static bool HasOtherEscape(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && (++i == pattern.Length || (char.IsAsciiLetterOrDigit(pattern[i]) && pattern[i] is not ('d' or 's' or 'w'))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Set(string content)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < content.Length; i++)
        {
            text.Append(content[i] is '\\' or '[' or ']' || (content[i] == '^' && i > 0) ? $@"\{content[i]}" : content[i].ToString());
        }

        return text.Append(']').ToString();
    }

    private static string Escaped(char c) => @"\^$.|?*+()[]{}/".Contains(c, StringComparison.Ordinal) ? $@"\{c}" : c.ToString();
}
