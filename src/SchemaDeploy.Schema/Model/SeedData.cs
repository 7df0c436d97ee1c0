using System.Collections.Immutable;

namespace SchemaDeploy.Schema.Model;

/// <summary>The rows that the schema brings along, typed and in the order in which references allow them.</summary>
/// <param name="Blocks">What is carried out, in this order.</param>
public sealed record SeedData(ImmutableArray<SeedBlock> Blocks);

/// <summary>Rows of one table that give the same columns.</summary>
public sealed record SeedBlock
{
    /// <summary>The table's schema, as in <see cref="Table.Schema"/>.</summary>
    public string? Schema { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>
    /// The columns that tell which row is meant: where there are any, the rows are there already and get values that refer
    /// to later ones. Else the rows are new.
    /// </summary>
    public ImmutableArray<string> Key { get; init; } = [];

    /// <summary>The columns that are given.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>The values of each row: those of the key, then those of the columns.</summary>
    public required ImmutableArray<ImmutableArray<SeedValue>> Rows { get; init; }
}

/// <summary>What a value is in JSON.</summary>
public enum SeedValueKind
{
    /// <summary>Nothing is said, and the application or the database fills the column.</summary>
    Absent,

    /// <summary>null.</summary>
    Null,

    /// <summary>A number, true, false, or a list: the text as it is.</summary>
    Json,

    /// <summary>A string: text, members of enums, dates in ISO 8601, bytes in Base64, JSON documents.</summary>
    Text,
}

/// <summary>A value in the form of its column: equal values have equal texts.</summary>
/// <param name="Kind">What it is in JSON.</param>
/// <param name="Text">The text; null where there is none.</param>
public readonly record struct SeedValue(SeedValueKind Kind, string? Text)
{
    /// <summary>null.</summary>
    public static SeedValue Null { get; } = new(SeedValueKind.Null, null);

    /// <summary>Whether a value is given that is not null.</summary>
    public bool HasValue => Kind is SeedValueKind.Json or SeedValueKind.Text;
}
