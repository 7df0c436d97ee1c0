using System.Collections.Frozen;

namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>The words of the neutral expression language that are no names.</summary>
internal static class NeutralKeywords
{
    private static readonly FrozenSet<string> s_reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "and", "as", "between", "case", "cast", "else", "end", "escape", "false", "in", "is", "like", "matches", "not",
        "null", "or", "then", "true", "when");

    /// <summary>Whether the word is no name unless quoted, in any case.</summary>
    public static bool IsReserved(string word) => s_reserved.Contains(word);

    /// <summary>Whether the name can stand without quotes: a lower-case ASCII word that is not reserved.</summary>
    public static bool IsPlainName(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetterLower(name[0]) || name[0] == '_') || s_reserved.Contains(name))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }
}
