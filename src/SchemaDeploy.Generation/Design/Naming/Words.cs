using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace SchemaDeploy.Generation.Design.Naming;

/// <summary>The words of a database name, whatever its spelling: order_lines, OrderLines, ORDER-LINES, "order lines".</summary>
internal static class Words
{
    /// <summary>The words in order, each as spelled.</summary>
    public static ImmutableArray<string> Of(string name)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var inside = i < name.Length && IsPart(name[i]);
            if (start >= 0 && (!inside || IsBoundary(name, i)))
            {
                words.Add(name[start..i]);
                start = -1;
            }

            if (inside && start < 0)
            {
                start = i;
            }
        }

        return words.ToImmutable();
    }

    /// <summary>OrderLines; an acronym becomes a word: CustomerID is CustomerId.</summary>
    public static string Pascal(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            // Between digits the border of words would vanish: v1_2 must not become V12.
            if (text.Length > 0 && char.IsDigit(text[^1]) && char.IsDigit(word[0]))
            {
                text.Append('_');
            }

            text.Append(Capital(word));
        }

        return text.ToString();
    }

    /// <summary>orderLines.</summary>
    public static string Camel(string pascal) =>
        pascal.Length == 0 ? pascal : char.ToLowerInvariant(pascal[0]) + pascal[1..];

    /// <summary>Order_lines becomes "order lines".</summary>
    public static string Sentence(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => word.ToLowerInvariant()));

    private static string Capital(string word) =>
        char.ToUpperInvariant(word[0]) + (IsUpper(word) ? word[1..].ToLowerInvariant() : word[1..]);

    /// <summary>Whether no letter of the word is in lower case; a plural s behind an acronym is none (IDs).</summary>
    private static bool IsUpper(string word)
    {
        var end = word is [.., var last, 's'] && char.IsUpper(last) ? word.Length - 1 : word.Length;
        for (var i = 0; i < end; i++)
        {
            if (char.IsLower(word[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBoundary(string name, int i)
    {
        if (!char.IsUpper(name[i]))
        {
            return false;
        }

        var previous = name[i - 1];
        if (char.IsLower(previous) || char.IsDigit(previous))
        {
            return true;
        }

        // The last capital before small letters begins a word (HTTPServer), unless those are a plural s (IDs).
        return char.IsUpper(previous)
            && i + 1 < name.Length && char.IsLower(name[i + 1])
            && !(name[i + 1] == 's' && (i + 2 == name.Length || !char.IsLower(name[i + 2])));
    }

    // C# takes no letters beyond the basic plane.
    private static bool IsPart(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
