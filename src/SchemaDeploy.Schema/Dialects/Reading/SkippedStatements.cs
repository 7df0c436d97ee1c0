using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>A kind of statement that is passed over, for counting.</summary>
/// <param name="One">What one is called.</param>
/// <param name="Many">What several are called.</param>
internal sealed record SkippedKind(string One, string Many)
{
    /// <summary>What else there is to say, as a sentence.</summary>
    public string Hint { get; init; } = "";

    public static SkippedKind Statement(string keyword) => new($"{keyword} statement", $"{keyword} statements");

    /// <summary>A statement that could be seed data.</summary>
    public static SkippedKind Data(string keyword) => Statement(keyword) with { Hint = "SchemaSeed=true loads literal rows." };
}

/// <summary>Counts the statements passed over, and says so once for each kind, at the first of them.</summary>
internal sealed class SkippedStatements
{
    private readonly Dictionary<SkippedKind, (int Count, SourceSpan First)> _counts = [];

    public void Add(SkippedKind kind, SourceSpan span) =>
        _counts[kind] = _counts.TryGetValue(kind, out var seen) ? (seen.Count + 1, seen.First) : (1, span);

    public void AddAll(SkippedStatements others)
    {
        foreach (var (kind, (count, first)) in others._counts)
        {
            _counts[kind] = _counts.TryGetValue(kind, out var seen) ? (seen.Count + count, seen.First) : (count, first);
        }
    }

    public void ReportTo(DiagnosticBag diagnostics)
    {
        foreach (var (kind, (count, first)) in _counts)
        {
            diagnostics.Report(
                ReadingDiagnostics.Skipped, first,
                count.ToString("N0", CultureInfo.InvariantCulture), count == 1 ? kind.One : kind.Many, kind.Hint.Length == 0 ? "" : " " + kind.Hint);
        }
    }
}
