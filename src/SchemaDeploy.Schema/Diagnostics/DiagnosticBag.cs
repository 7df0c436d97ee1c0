using System.Collections.Immutable;
using System.Globalization;

namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>Collects the messages of one run.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether any message is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a message of the kind <paramref name="descriptor"/> at <paramref name="span"/>.</summary>
    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<object?> arguments)
    {
        var message = string.Format(CultureInfo.InvariantCulture, descriptor.Message, arguments);
        _diagnostics.Add(new Diagnostic(descriptor, span, message));
        HasErrors |= descriptor.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>The messages in the order of the files' text, each once.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
    [
        .. _diagnostics
            .Distinct()
            .OrderBy(d => d.Span.File, StringComparer.Ordinal)
            .ThenBy(d => d.Span.Line)
            .ThenBy(d => d.Span.Column),
    ];
}
