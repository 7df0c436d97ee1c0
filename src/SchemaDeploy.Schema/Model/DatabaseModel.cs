using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Model;

/// <summary>
/// What the database is once every statement of the schema has run. Immutable, in the order of the files' text, and
/// stored as <c>schema.model.json</c>, from which every later stage starts.
/// </summary>
public sealed record DatabaseModel
{
    /// <summary>The version of the file's form.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The dialect the schema is written in.</summary>
    public required SchemaDialect Dialect { get; init; }

    /// <summary>The tables in the order of their creation.</summary>
    public required ImmutableArray<Table> Tables { get; init; }

    /// <summary>Sequences that stand alone, by name.</summary>
    public ImmutableArray<Sequence> Sequences { get; init; } = [];
}

/// <summary>Where in the user's files a thing was defined: what messages of later stages point to.</summary>
/// <param name="File">The path relative to the project, with forward slashes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record SourcePosition(string File, int Line, int Column);

/// <summary>A <c>@tag argument</c> in a comment beside a table or column.</summary>
/// <param name="Name">Without the @, in lower case.</param>
/// <param name="Argument">What follows on the line, trimmed; empty where nothing does.</param>
/// <param name="Source">Where the tag stands.</param>
public sealed record SmartTag(string Name, string Argument, SourcePosition Source)
{
    /// <summary>The column, from 1, where the argument begins.</summary>
    public int ArgumentColumn { get; init; } = Source.Column + Name.Length + 2;
}

/// <summary>A table.</summary>
public sealed record Table
{
    /// <summary>The schema where the user named one that is not the dialect's default (dbo, public), else null.</summary>
    public string? Schema { get; init; }

    /// <summary>The name as the database knows it.</summary>
    public required string Name { get; init; }

    /// <summary>The database comment.</summary>
    public string? Comment { get; init; }

    /// <summary>The columns in order.</summary>
    public required ImmutableArray<Column> Columns { get; init; }

    /// <summary>The primary key, or null.</summary>
    public Key? PrimaryKey { get; init; }

    /// <summary>Unique constraints, and unique indexes over plain columns without a filter.</summary>
    public ImmutableArray<Key> UniqueKeys { get; init; } = [];

    /// <summary>The foreign keys.</summary>
    public ImmutableArray<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>All other indexes, unique ones over expressions or with a filter included.</summary>
    public ImmutableArray<Index> Indexes { get; init; } = [];

    /// <summary>The checks.</summary>
    public ImmutableArray<Check> Checks { get; init; } = [];

    /// <summary>Smart tags of the table.</summary>
    public ImmutableArray<SmartTag> Tags { get; init; } = [];

    /// <summary>Where the table is created.</summary>
    public required SourcePosition Source { get; init; }
}

/// <summary>A column.</summary>
public sealed record Column
{
    /// <summary>The name as the database knows it.</summary>
    public required string Name { get; init; }

    /// <summary>What its values are.</summary>
    public required SqlTypeKind Type { get; init; }

    /// <summary>The type as the user wrote it.</summary>
    public required string NativeType { get; init; }

    /// <summary>Characters, bytes or bits, of an array those of an element; null where unbounded or without meaning.</summary>
    public int? Length { get; init; }

    /// <summary>Decimal digits in all; for times, fractional digits of the second.</summary>
    public int? Precision { get; init; }

    /// <summary>Decimal digits after the point.</summary>
    public int? Scale { get; init; }

    /// <summary>Whether negative numbers are excluded.</summary>
    public bool Unsigned { get; init; }

    /// <summary>The element type of an array.</summary>
    public SqlTypeKind? Element { get; init; }

    /// <summary>Whether null is allowed.</summary>
    public required bool Nullable { get; init; }

    /// <summary>How the database numbers the rows, or null.</summary>
    public IdentityDefinition? Identity { get; init; }

    /// <summary>The default, or null.</summary>
    public SqlExpression? Default { get; init; }

    /// <summary>Whether every update sets the column to the current time.</summary>
    public bool OnUpdateNow { get; init; }

    /// <summary>The expression of a computed column, or null.</summary>
    public Generated? Generated { get; init; }

    /// <summary>The members of an enum or set, or of the enum that the elements of an array are.</summary>
    public ImmutableArray<string> EnumValues { get; init; } = [];

    /// <summary>A collation given to this column, as written.</summary>
    public string? Collation { get; init; }

    /// <summary>The database comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Smart tags of the column.</summary>
    public ImmutableArray<SmartTag> Tags { get; init; } = [];

    /// <summary>Where the column is defined.</summary>
    public required SourcePosition Source { get; init; }
}

/// <summary>A computed column's expression.</summary>
public sealed record Generated(SqlExpression Expression, bool Stored);

/// <summary>A primary or unique key over columns.</summary>
/// <param name="Name">Its name; made from the table's and columns' where the user gave none.</param>
/// <param name="Columns">The columns in order.</param>
public sealed record Key(string Name, ImmutableArray<string> Columns)
{
    /// <summary>Whether two nulls count as equal.</summary>
    public bool NullsNotDistinct { get; init; }
}

/// <summary>A foreign key.</summary>
public sealed record ForeignKey
{
    /// <summary>Its name; made where the user gave none.</summary>
    public required string Name { get; init; }

    /// <summary>The referencing columns.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>The schema of the referenced table, as in <see cref="Table.Schema"/>.</summary>
    public string? ReferencedSchema { get; init; }

    /// <summary>The referenced table.</summary>
    public required string ReferencedTable { get; init; }

    /// <summary>The referenced columns, always named.</summary>
    public required ImmutableArray<string> ReferencedColumns { get; init; }

    /// <summary>What a delete of the referenced row does.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>What a change of the referenced key does.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Source { get; init; }
}

/// <summary>An index.</summary>
public sealed record Index
{
    /// <summary>Its name; made where the user gave none.</summary>
    public required string Name { get; init; }

    /// <summary>Its parts in order.</summary>
    public required ImmutableArray<IndexPart> Parts { get; init; }

    /// <summary>Whether equal keys are refused.</summary>
    public bool Unique { get; init; }

    /// <summary>Whether two nulls count as equal where Unique.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Its family.</summary>
    public IndexMethod Method { get; init; }

    /// <summary>The condition of a filtered index.</summary>
    public SqlExpression? Filter { get; init; }

    /// <summary>Columns carried along.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Source { get; init; }
}

/// <summary>One part of an index.</summary>
/// <param name="Expression">A <see cref="ColumnExpression"/> for a plain column.</param>
public sealed record IndexPart(SqlExpression Expression)
{
    /// <summary>Whether the order is descending.</summary>
    public bool Descending { get; init; }

    /// <summary>MySQL's prefix length.</summary>
    public int? PrefixLength { get; init; }
}

/// <summary>A check constraint.</summary>
public sealed record Check(string Name, SqlExpression Expression, SourcePosition Source);

/// <summary>A sequence of numbers.</summary>
public sealed record Sequence(string? Schema, string Name, long Start, long Increment);
