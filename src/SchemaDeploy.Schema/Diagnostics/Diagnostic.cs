namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>How much a diagnostic stops.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Said at normal verbosity, stops nothing.</summary>
    Info,

    /// <summary>The build goes on; something is not carried over.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>
/// One kind of message a user can meet. The documentation page of diagnostics is made from these, so a kind is
/// described here once and nowhere else.
/// </summary>
/// <param name="Code">SD1xxx reading, SD2xxx model, SD3xxx design and generation, SD4xxx deployment, SD5xxx project and SDK.</param>
/// <param name="Severity">What it stops.</param>
/// <param name="Message">The composite format of the message: what is wrong and, where it fits in a line, what to do.</param>
/// <param name="Cause">For the documentation: why this comes up.</param>
/// <param name="Cure">For the documentation: what to do about it.</param>
public sealed record DiagnosticDescriptor(
    string Code, DiagnosticSeverity Severity, string Message, string Cause, string Cure);

/// <summary>One message with its place.</summary>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, SourceSpan Span, string Message)
{
    /// <summary>The code of the kind, such as SD1003.</summary>
    public string Code => Descriptor.Code;

    /// <summary>What the message stops.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>The form MSBuild and editors recognise: <c>schema.sql(12,5): error SD2004: …</c>.</summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        var origin = Span.File.Length == 0 ? "SchemaDeploy" : Span.ToString();
        return $"{origin}: {severity} {Code}: {Message}";
    }
}
