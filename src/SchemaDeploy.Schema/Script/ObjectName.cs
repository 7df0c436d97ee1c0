using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Script;

/// <summary>A name in the script, without its quotes and folded the way its dialect folds.</summary>
public readonly record struct Identifier(string Text, SourceSpan Span)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A possibly qualified name of a table, sequence or type. A database qualifier is dropped while reading.</summary>
/// <param name="Schema">The schema as written, or null where none was.</param>
/// <param name="Name">The name itself.</param>
/// <param name="Span">The whole name, qualifier included.</param>
public sealed record ObjectName(string? Schema, string Name, SourceSpan Span)
{
    /// <inheritdoc/>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
