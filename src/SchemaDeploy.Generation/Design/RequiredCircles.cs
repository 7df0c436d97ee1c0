using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design;

/// <summary>
/// Finds tables whose rows must refer to each other in a circle: none of them can get a first row, as requests write
/// one row after the other.
/// </summary>
internal static class RequiredCircles
{
    /// <summary>Reports each circle once, at the first of its tables.</summary>
    public static void Report(IReadOnlyList<ResourceDraft> drafts, DiagnosticBag diagnostics)
    {
        var drafted = drafts.ToDictionary(draft => draft.Names);
        var waiting = drafts.ToDictionary(draft => draft, draft => NeedsOf(draft).Select(name => drafted[name]).ToHashSet());
        var needing = waiting.SelectMany(pair => pair.Value.Select(need => (need, pair.Key))).ToLookup(pair => pair.need, pair => pair.Key);
        var free = new Queue<ResourceDraft>(drafts.Where(draft => waiting[draft].Count == 0));
        foreach (var start in drafts)
        {
            // What needs nothing that waits can have rows, and so can, one by one, what needs only such.
            while (free.TryDequeue(out var draft))
            {
                waiting.Remove(draft);
                foreach (var other in needing[draft].Where(other => waiting.TryGetValue(other, out var needs) && needs.Remove(draft) && needs.Count == 0))
                {
                    free.Enqueue(other);
                }
            }

            if (waiting.ContainsKey(start))
            {
                var circle = FindCircle(start, waiting);
                diagnostics.Report(
                    DesignDiagnostics.RequiredCircle, circle[0].Table.Source.ToSpan(),
                    string.Join(" → ", circle.Append(circle[0]).Select(draft => $"'{draft.Table.Name}'")));
                waiting[circle[0]].Clear();
                free.Enqueue(circle[0]);
            }
        }
    }

    // A row may refer to itself: its key is the request's to give, or else the next number.
    private static IEnumerable<ResourceNames> NeedsOf(ResourceDraft draft) => draft.Links
        .Where(reference => reference.Required && reference.Target != draft.Names)
        .Select(reference => reference.Target);

    // Whoever waits waits for someone who waits, so every way leads into a circle.
    private static List<ResourceDraft> FindCircle(ResourceDraft start, Dictionary<ResourceDraft, HashSet<ResourceDraft>> waiting)
    {
        var way = new List<ResourceDraft>();
        var steps = new Dictionary<ResourceDraft, int>();
        for (var draft = start; ; draft = waiting[draft].First())
        {
            if (!steps.TryAdd(draft, way.Count))
            {
                return way[steps[draft]..];
            }

            way.Add(draft);
        }
    }
}
