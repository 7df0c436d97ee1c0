using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Counts the statements that are passed over, so that a kind is reported once and not a thousand times.</summary>
internal sealed class SkippedStatements
{
    private readonly Dictionary<string, (int Count, SourceSpan First)> _kinds = new(StringComparer.Ordinal);

    /// <summary>Counts one statement of a kind, such as "view".</summary>
    public void Add(string kind, SourceSpan span) =>
        _kinds[kind] = _kinds.TryGetValue(kind, out var seen) ? (seen.Count + 1, seen.First) : (1, span);

    /// <summary>Reports each kind at its first statement.</summary>
    public void Report(DiagnosticBag diagnostics)
    {
        foreach (var (kind, (count, first)) in _kinds)
        {
            diagnostics.Report(ReadingDiagnostics.Skipped, first, count, count == 1 ? kind : Plural(kind));
        }
    }

    private static string Plural(string kind) => kind.EndsWith('y') ? $"{kind[..^1]}ies" : $"{kind}s";
}
