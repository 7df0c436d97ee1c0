namespace SchemaDeploy.Generation.Design.Naming;

/// <summary>Names that have to differ from each other and from reserved ones.</summary>
internal sealed class NameScope(IEqualityComparer<string> comparer, IReadOnlySet<string> reserved)
{
    private readonly HashSet<string> _taken = new(comparer);
    private readonly Dictionary<string, int> _next = new(comparer);

    /// <summary>Whether the name could be taken as it stands.</summary>
    public bool IsFree(string name) => !reserved.Contains(name) && !_taken.Contains(name);

    /// <summary>Takes a name that is known to be free, or that may be shared.</summary>
    public void Take(string name) => _taken.Add(name);

    /// <summary>Takes the first of <paramref name="candidates"/> that is free, else the last one with a number.</summary>
    public string Unique(string separator, params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (IsFree(candidate))
            {
                _taken.Add(candidate);
                return candidate;
            }
        }

        var stem = candidates[^1];
        var number = _next.GetValueOrDefault(stem, 2);
        var name = stem + separator + number;
        while (!IsFree(name))
        {
            name = stem + separator + ++number;
        }

        _next[stem] = number + 1;
        _taken.Add(name);
        return name;
    }
}
