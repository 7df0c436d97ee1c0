using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Rendering;

/// <summary>SD39xx: what can be wrong with templates of the user's own.</summary>
public static class TemplateDiagnostics
{
    /// <summary>A template that Scriban cannot parse or run.</summary>
    public static readonly DiagnosticDescriptor Broken = new(
        "SD3901", DiagnosticSeverity.Error,
        "The template fails: {0}",
        "A template in SchemaTemplatesPath has a syntax error, or uses a member that the model does not have.",
        "Correct the template at the position, or delete it to go back to the built-in one.");
}
