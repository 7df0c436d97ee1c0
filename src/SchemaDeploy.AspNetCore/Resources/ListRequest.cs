using System.Collections.Immutable;
using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>One field of an order.</summary>
public sealed record SortTerm<TEntity>(ResourceField<TEntity> Field, bool Descending);

/// <summary>A list as a client asked for it, read and checked.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public sealed record ListRequest<TEntity>
{
    /// <summary>How many rows at most, from 1 to <see cref="MaximumLimit"/>.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Conditions that all have to hold.</summary>
    public ImmutableArray<Expression<Func<TEntity, bool>>> Filters { get; init; } = [];

    /// <summary>The order, ties broken by the key.</summary>
    public ImmutableArray<SortTerm<TEntity>> Sort { get; init; } = [];

    /// <summary>Where the page begins; null for the first page.</summary>
    public Cursor? Cursor { get; init; }

    /// <summary>Whether a page without a cursor is the last one rather than the first.</summary>
    public bool FromEnd { get; init; }

    /// <summary>How many rows come before the page, where rows have no key to begin behind; null where they have one.</summary>
    public int? Offset { get; init; }

    /// <summary>Whether all matching rows are counted.</summary>
    public bool Count { get; init; }

    /// <summary>The fields to show; empty for all.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    /// <summary>The references to show whole.</summary>
    public ImmutableArray<string> Expansions { get; init; } = [];

    /// <summary>Whether the page is read from its end to its beginning.</summary>
    internal bool IsBackward => Cursor?.Backward ?? FromEnd;

    /// <summary>Rows of a page where the client names no limit.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most rows that a page can have.</summary>
    public const int MaximumLimit = 500;
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="Previous">Where the page before begins; null on the first.</param>
/// <param name="Total">All matching rows, where asked for.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Previous, long? Total);

/// <summary>The rows of a page in reading order, and whether there are more to both sides.</summary>
internal sealed record Slice<TEntity>(List<TEntity> Rows, bool HasPrevious, bool HasNext)
{
    /// <summary>All matching rows, where asked for.</summary>
    public long? Total { get; init; }
}
