using System.Text;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Generation.Design.Checks;

/// <summary>Patterns that mean the same to the databases, to .NET and to JSON Schema.</summary>
internal static class Patterns
{
    private const int MaximumLength = 500;

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

    /// <summary>Whether a regular expression uses nothing that databases and .NET read differently.</summary>
    public static bool IsPortable(string pattern) =>
        pattern.Length <= MaximumLength
        && !pattern.Contains("[:", StringComparison.Ordinal)
        && !pattern.Contains("[.", StringComparison.Ordinal)
        && !pattern.Contains("[=", StringComparison.Ordinal)
        && !pattern.Contains("(?", StringComparison.Ordinal)
        && !HasOtherEscape(pattern)
        && IsRegex(pattern);

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
