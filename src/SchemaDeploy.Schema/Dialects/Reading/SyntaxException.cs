using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>
/// Leaves a part that cannot be read for the nearest place that can go on behind it. It never leaves a reader.
/// </summary>
internal sealed class SyntaxException(DiagnosticDescriptor descriptor, SourceSpan span, params object?[] arguments)
    : Exception(descriptor.Code)
{
    public SourceSpan Span { get; } = span;

    public void ReportTo(DiagnosticBag diagnostics) => diagnostics.Report(descriptor, Span, arguments);
}
