using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Script;

/// <summary>
/// A comment that stands with a table or a column: on the lines directly above it, or behind it on its last line.
/// Smart tags are read from these.
/// </summary>
/// <param name="Text">The text without the comment marks.</param>
/// <param name="Span">Where the text (not the mark) begins and ends.</param>
public sealed record SqlComment(string Text, SourceSpan Span);
