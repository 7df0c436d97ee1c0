using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>What is wrong with rows: the first of a kind and column one by one, the others counted, for they are as many as the rows.</summary>
internal sealed class SeedProblems(DiagnosticBag diagnostics)
{
    private const int MostOfAKind = 10;
    private const int MostInAll = 200;

    private readonly Dictionary<(DiagnosticDescriptor Kind, string Table, string? Column), int> _counts = [];
    private readonly Dictionary<string, (int Count, SourceSpan First)> _more = new(StringComparer.Ordinal);
    private int _told;

    /// <summary>Whether there are any.</summary>
    public bool HasAny { get; private set; }

    /// <summary>Adds one; <paramref name="span"/> is asked for only where it is told.</summary>
    public void Add(DiagnosticDescriptor kind, string table, string? column, Func<SourceSpan> span, params ReadOnlySpan<object?> arguments)
    {
        HasAny = true;
        var count = _counts.GetValueOrDefault((kind, table, column)) + 1;
        _counts[(kind, table, column)] = count;
        if (count <= MostOfAKind && _told < MostInAll)
        {
            _told++;
            diagnostics.Report(kind, span(), arguments);
        }
        else
        {
            _more[table] = _more.TryGetValue(table, out var seen) ? (seen.Count + 1, seen.First) : (1, span());
        }
    }

    /// <summary>Tells how many more there are.</summary>
    public void Finish()
    {
        foreach (var (table, (count, first)) in _more)
        {
            diagnostics.Report(SeedDiagnostics.MoreErrors, first, count.ToString("N0", CultureInfo.InvariantCulture), table);
        }
    }
}
