namespace SchemaDeploy.Schema.Compilation;

/// <summary>Finds the name that was probably meant.</summary>
public static class Suggestion
{
    // Beyond this many candidates the nearest one is not worth the time.
    private const int MaxCandidates = 2000;

    /// <summary>The sentence <c> Did you mean 'x'?</c> with a leading blank, or nothing where no candidate is near.</summary>
    public static string For(string name, IEnumerable<string> candidates) =>
        Nearest(name, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, if they are few.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var limit = Math.Min(3, Math.Max(1, name.Length / 3));
        string? best = null;
        foreach (var candidate in candidates.Take(MaxCandidates))
        {
            var distance = Distance(name, candidate, limit);
            if (distance <= limit)
            {
                if (distance == 0)
                {
                    return candidate;
                }

                best = candidate;
                limit = distance - 1;
            }
        }

        return best;
    }

    /// <summary>
    /// Letters to insert, delete, replace or swap with their neighbour, regardless of case; or a number over
    /// <paramref name="limit"/>.
    /// </summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        var leastOfLast = 0;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > limit && leastOfLast > limit)
            {
                return limit + 1;
            }

            leastOfLast = least;
            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
