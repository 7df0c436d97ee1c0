using SchemaDeploy.Schema.Diagnostics;

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
        _count++;
        if (_count <= Most)
        {
            diagnostics.Report(descriptor, span, arguments);
        }
        else if (_count == Most + 1)
        {
            diagnostics.Report(ReadingDiagnostics.TooManyErrors, span, Most);
        }
    }
}
