namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>A stretch of a source file. Lines and columns count from 1; the end is exclusive.</summary>
/// <param name="File">The path as the user gave it, for messages a person can click on.</param>
/// <param name="Line">First line, from 1.</param>
/// <param name="Column">First column, in UTF-16 units from 1.</param>
/// <param name="EndLine">Line of the first character after the stretch.</param>
/// <param name="EndColumn">Column of the first character after the stretch.</param>
public readonly record struct SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>A place in no file, for messages about the project as a whole.</summary>
    public static SourceSpan None { get; } = new("", 0, 0, 0, 0);

    /// <summary>Whether the span names a place in a file.</summary>
    public bool HasPosition => Line > 0;

    /// <summary>The whole file, for messages that no single line is to blame for.</summary>
    public static SourceSpan StartOf(string file) => new(file, 1, 1, 1, 1);

    /// <summary>The span from the start of this one to the end of <paramref name="last"/>.</summary>
    public SourceSpan To(SourceSpan last) => this with { EndLine = last.EndLine, EndColumn = last.EndColumn };

    /// <inheritdoc/>
    public override string ToString() => HasPosition ? $"{File}({Line},{Column})" : File;
}
