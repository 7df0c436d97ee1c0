using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Reports what cannot be parsed, until it is clear that the file is something else.</summary>
internal sealed class SyntaxErrors(DiagnosticBag diagnostics)
{
    private const int Most = 100;

    private int _count;

    /// <summary>Whether reading on is pointless.</summary>
    public bool AreTooMany => _count > Most;

    /// <summary>Reports one error, or, once, that there are too many.</summary>
    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<object?> arguments)
    {
        if (HasRoom(span))
        {
            diagnostics.Report(descriptor, span, arguments);
        }
    }

    /// <summary>Reports the error that ended a statement, or, once, that there are too many.</summary>
    public void Report(SyntaxException error)
    {
        if (HasRoom(error.Span))
        {
            error.ReportTo(diagnostics);
        }
    }

    private bool HasRoom(SourceSpan span)
    {
        _count++;
        if (_count == Most + 1)
        {
            diagnostics.Report(ReadingDiagnostics.TooManyErrors, span, Most);
        }

        return _count <= Most;
    }
}
