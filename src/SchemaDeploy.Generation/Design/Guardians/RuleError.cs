using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>The mistake that ends the reading of a tag's argument.</summary>
/// <param name="descriptor">The kind of mistake.</param>
/// <param name="offset">Where in the argument, in characters from 0.</param>
/// <param name="arguments">What the message says.</param>
internal sealed class RuleError(DiagnosticDescriptor descriptor, int offset, params object[] arguments) : Exception
{
    /// <summary>Reports the mistake at its place in the schema.</summary>
    public void Report(SmartTag tag, DiagnosticBag diagnostics)
    {
        var column = tag.ArgumentColumn + offset;
        diagnostics.Report(descriptor, tag.Source.ToSpan() with { Column = column, EndColumn = column }, arguments);
    }
}
