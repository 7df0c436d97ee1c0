using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Script;

/// <summary>What happens to referencing rows when the referenced row is deleted or its key changes.</summary>
public enum ReferentialAction
{
    /// <summary>Refused (NO ACTION and RESTRICT alike: no dialect here defers the difference by default).</summary>
    NoAction,

    /// <summary>They follow.</summary>
    Cascade,

    /// <summary>Their columns become null.</summary>
    SetNull,

    /// <summary>Their columns take their defaults.</summary>
    SetDefault,
}

/// <summary>A constraint or index of a table.</summary>
/// <param name="Name">Its name where given.</param>
/// <param name="Span">The whole definition.</param>
public abstract record ConstraintDefinition(Identifier? Name, SourceSpan Span);

/// <summary>PRIMARY KEY.</summary>
public sealed record PrimaryKeyDefinition(Identifier? Name, ImmutableArray<KeyPart> Parts, SourceSpan Span)
    : ConstraintDefinition(Name, Span);

/// <summary>UNIQUE as a constraint or key. Parts may be expressions (functional key parts).</summary>
public sealed record UniqueDefinition(Identifier? Name, ImmutableArray<KeyPart> Parts, SourceSpan Span)
    : ConstraintDefinition(Name, Span)
{
    /// <summary>Whether two nulls count as equal (T-SQL, and NULLS NOT DISTINCT).</summary>
    public bool NullsNotDistinct { get; init; }
}

/// <summary>FOREIGN KEY or REFERENCES.</summary>
/// <param name="Name">Its name where given.</param>
/// <param name="Columns">The referencing columns.</param>
/// <param name="ReferencedTable">The table referred to.</param>
/// <param name="ReferencedColumns">The columns referred to; empty means the primary key.</param>
/// <param name="Span">The whole definition.</param>
public sealed record ForeignKeyDefinition(
    Identifier? Name,
    ImmutableArray<Identifier> Columns,
    ObjectName ReferencedTable,
    ImmutableArray<Identifier> ReferencedColumns,
    SourceSpan Span)
    : ConstraintDefinition(Name, Span)
{
    /// <summary>What a delete of the referenced row does.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>What a change of the referenced key does.</summary>
    public ReferentialAction OnUpdate { get; init; }
}

/// <summary>CHECK.</summary>
public sealed record CheckDefinition(Identifier? Name, SqlExpression Expression, SourceSpan Span)
    : ConstraintDefinition(Name, Span);

/// <summary>An index written inside a table or by CREATE INDEX.</summary>
public sealed record IndexDefinition(Identifier? Name, ImmutableArray<KeyPart> Parts, SourceSpan Span)
    : ConstraintDefinition(Name, Span)
{
    /// <summary>Whether equal keys are refused.</summary>
    public bool Unique { get; init; }

    /// <summary>Whether two nulls count as equal where Unique.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>What the index is for.</summary>
    public IndexMethod Method { get; init; }

    /// <summary>The condition of a filtered (partial) index.</summary>
    public SqlExpression? Filter { get; init; }

    /// <summary>Columns carried along without ordering (INCLUDE).</summary>
    public ImmutableArray<Identifier> Include { get; init; } = [];
}

/// <summary>The family of an index.</summary>
public enum IndexMethod
{
    /// <summary>Ordered; equality and ranges.</summary>
    BTree,

    /// <summary>Equality alone.</summary>
    Hash,

    /// <summary>Words in text.</summary>
    FullText,

    /// <summary>Shapes.</summary>
    Spatial,

    /// <summary>Another family (gin, gist, brin, columnstore, XML).</summary>
    Other,
}

/// <summary>One part of a key or index: a column, or an expression.</summary>
/// <param name="Expression">A <see cref="ColumnExpression"/> for a plain column.</param>
/// <param name="Span">Its place.</param>
public sealed record KeyPart(SqlExpression Expression, SourceSpan Span)
{
    /// <summary>Whether the order is descending.</summary>
    public bool Descending { get; init; }

    /// <summary>MySQL's prefix length: only so many characters are indexed.</summary>
    public int? PrefixLength { get; init; }

    /// <summary>The column's name where the part is a plain column.</summary>
    public string? Column => (Expression as ColumnExpression)?.Name;
}
