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

    /// <summary>Levenshtein's distance regardless of case, or a number over <paramref name="limit"/>.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
                least = Math.Min(least, cost);
            }

            if (least > limit)
            {
                return limit + 1;
            }
        }

        return row[b.Length];
    }
}
