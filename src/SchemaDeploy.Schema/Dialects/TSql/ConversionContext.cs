using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>What every converter needs: places in the user's file, the names known so far, and where to report.</summary>
internal sealed class ConversionContext(MappedText text, ScriptNames names, DiagnosticBag diagnostics)
{
    /// <summary>The names known so far.</summary>
    public ScriptNames Names { get; } = names;

    /// <summary>Where messages go.</summary>
    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>Where a fragment stands in the user's file.</summary>
    public SourceSpan Span(Dom.TSqlFragment fragment) => text.Span(Math.Max(0, fragment.StartOffset), Math.Max(0, fragment.FragmentLength));

    /// <summary>Where a stretch of the parsed text stands in the user's file.</summary>
    public SourceSpan Span(int start, int length) => text.Span(start, length);

    /// <summary>A fragment as it was written.</summary>
    public string TextOf(Dom.TSqlFragment fragment) =>
        fragment.StartOffset < 0 || fragment.FragmentLength <= 0 ? "" : text.Text.Substring(fragment.StartOffset, fragment.FragmentLength);

    /// <summary>A name with its place.</summary>
    public Identifier Name(Dom.Identifier identifier) => new(identifier.Value, Span(identifier));

    /// <summary>A name that may be left out.</summary>
    public Identifier? OptionalName(Dom.Identifier? identifier) => identifier is null ? null : Name(identifier);

    /// <summary>A qualified name; server and database are dropped.</summary>
    public ObjectName Name(Dom.SchemaObjectName name) =>
        new(string.IsNullOrEmpty(name.SchemaIdentifier?.Value) ? null : name.SchemaIdentifier.Value, name.BaseIdentifier?.Value ?? "", Span(name));

    /// <summary>Reports a clause that is understood and has no effect.</summary>
    public void NotCarriedOver(Dom.TSqlFragment fragment, string what, string advice = "") =>
        Diagnostics.Report(ReadingDiagnostics.NotCarriedOver, Span(fragment), what, advice);
}
