using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>A @unique-within tag: rows with the same values that are created so shortly after one another are taken for one.</summary>
public sealed record DuplicateWindow
{
    /// <summary>How long the same is refused.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>The length as the schema writes it, such as 60s.</summary>
    public required string LengthText { get; init; }

    /// <summary>The length as a C# expression.</summary>
    public string LengthCSharp => Durations.CSharp(LengthText);

    /// <summary>What is compared.</summary>
    public required ImmutableArray<Property> Properties { get; init; }

    /// <summary>The time of creation that the server keeps; null where the table has none and needs a column for it.</summary>
    public Property? Time { get; init; }

    /// <summary>What the names of the columns begin with that the table needs beside the schema's.</summary>
    public required string ColumnPrefix { get; init; }

    /// <summary>The unique index over the windows.</summary>
    public required string IndexName { get; init; }

    /// <summary>The unique index over the windows that begin half a window later.</summary>
    public required string ShiftedIndexName { get; init; }
}
