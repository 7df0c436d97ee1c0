namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>Finds what a misspelt word may have been meant to be.</summary>
internal static class NameSuggestion
{
    private const int LongestWord = 64;

    /// <summary>The phrase for the end of a message, or an empty text where nothing is near.</summary>
    public static string Phrase(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } name ? $" Did you mean {name}?" : "";

    /// <summary>The known name with the fewest letters wrong, at most a third of them, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length is < 2 or > LongestWord)
        {
            return null;
        }

        var upper = word.ToUpperInvariant();
        return known
            .Select(name => (Name: name, Distance: Distance(upper, name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(upper.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
