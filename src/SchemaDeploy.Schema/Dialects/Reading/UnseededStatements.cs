using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>Leaves a statement of data that can be read and is not literal. It never leaves a reader.</summary>
internal sealed class NotLiteralException(SourceSpan span, string reason) : Exception(reason)
{
    public SourceSpan Span { get; } = span;
}

/// <summary>The statements of data that seed data was asked of and that are none: the first have a message each, the others one together.</summary>
internal sealed class UnseededStatements
{
    private const int MostMessages = 20;

    private readonly List<(SourceSpan Span, string Statement, string Reason)> _first = [];
    private SourceSpan _firstOfMore;
    private int _more;

    public void Add(SourceSpan span, string statement, string reason)
    {
        if (_first.Count < MostMessages)
        {
            _first.Add((span, statement, reason));
        }
        else if (_more++ == 0)
        {
            _firstOfMore = span;
        }
    }

    public void ReportTo(DiagnosticBag diagnostics)
    {
        foreach (var (span, statement, reason) in _first)
        {
            diagnostics.Report(ReadingDiagnostics.NotSeeded, span, statement, reason);
        }

        if (_more > 0)
        {
            diagnostics.Report(ReadingDiagnostics.MoreNotSeeded, _firstOfMore, _more.ToString("N0", CultureInfo.InvariantCulture));
        }
    }
}
