using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Script;

/// <summary>Rows of literal values that a statement puts into a table: INSERT, REPLACE, COPY.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns that are given; null where the statement names none, which means all of them in order.</param>
/// <param name="Rows">The rows in order.</param>
/// <param name="Source">The file that the rows stand in.</param>
/// <param name="Span">The whole statement.</param>
public sealed record InsertRows(
    ObjectName Table, ImmutableArray<Identifier>? Columns, ImmutableArray<DataRow> Rows, SourceText Source, SourceSpan Span)
    : Statement(Span)
{
    /// <summary>What becomes of a row whose key another row has.</summary>
    public DuplicateRows Duplicates { get; init; }

    /// <summary>Whether the number 0 is itself in a numbered column, which MySQL otherwise takes for a wish to be numbered.</summary>
    public bool KeepsZero { get; init; }

    /// <summary>Where the value stands.</summary>
    public SourceSpan SpanOf(DataValue value) => Source.Span(value.Offset, 1);

    /// <summary>Where the row stands.</summary>
    public SourceSpan SpanOf(DataRow row) => Source.Span(row.Offset, 1);
}

/// <summary>What becomes of a row whose key another row has.</summary>
public enum DuplicateRows
{
    /// <summary>It is a mistake.</summary>
    Refuse,

    /// <summary>The later row is left out: INSERT IGNORE, ON CONFLICT DO NOTHING.</summary>
    KeepFirst,

    /// <summary>The later row takes the place of the earlier: REPLACE.</summary>
    KeepLast,
}

/// <summary>A row.</summary>
/// <param name="Offset">Where it stands in the file.</param>
/// <param name="Values">Its values in order.</param>
public readonly record struct DataRow(int Offset, ImmutableArray<DataValue> Values);

/// <summary>What a literal is, before anyone knows the column's type.</summary>
public enum DataValueKind
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>DEFAULT: what the column gets where nothing is said.</summary>
    Default,

    /// <summary>A number as written, its sign included.</summary>
    Number,

    /// <summary>Text without quotes and escapes; dates and the like are text too.</summary>
    Text,

    /// <summary>Bytes as upper-case hexadecimal digits.</summary>
    Bytes,

    /// <summary>Bits as digits.</summary>
    Bits,

    /// <summary>TRUE or FALSE; Text is the word in lower case.</summary>
    Boolean,
}

/// <summary>A literal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it stands for; null for NULL and DEFAULT.</param>
/// <param name="Offset">Where it stands in the file.</param>
public readonly record struct DataValue(DataValueKind Kind, string? Text, int Offset);
