using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Script;

/// <summary>A column as a CREATE TABLE or ALTER TABLE defines it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type; null for a computed column whose type only a resolver knows.</param>
/// <param name="Span">The whole definition.</param>
public sealed record ColumnDefinition(Identifier Name, SqlType? Type, SourceSpan Span)
{
    /// <summary>NOT NULL or NULL where written, else null and the dialect's default (nullable) holds.</summary>
    public bool? Nullable { get; init; }

    /// <summary>Set where the database numbers the rows: AUTO_INCREMENT, IDENTITY, serial.</summary>
    public IdentityDefinition? Identity { get; init; }

    /// <summary>The DEFAULT, if any.</summary>
    public DefaultDefinition? Default { get; init; }

    /// <summary>Whether an update sets the column to the current time (MySQL's ON UPDATE CURRENT_TIMESTAMP).</summary>
    public bool OnUpdateNow { get; init; }

    /// <summary>The expression of a computed column, if it is one.</summary>
    public GeneratedDefinition? Generated { get; init; }

    /// <summary>Constraints written behind the column: PRIMARY KEY, UNIQUE, CHECK, REFERENCES. Their column lists name this column.</summary>
    public ImmutableArray<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>The database comment (COMMENT '…').</summary>
    public string? Comment { get; init; }

    /// <summary>Comments of the file that stand with the column.</summary>
    public ImmutableArray<SqlComment> Comments { get; init; } = [];
}

/// <summary>Numbers that the database hands out.</summary>
/// <param name="Seed">The first number.</param>
/// <param name="Increment">The step.</param>
public sealed record IdentityDefinition(long Seed = 1, long Increment = 1);

/// <summary>A default with the name of its constraint where the dialect names those.</summary>
public sealed record DefaultDefinition(SqlExpression Expression, SourceSpan Span)
{
    /// <summary>The constraint's name (T-SQL), else null.</summary>
    public Identifier? Name { get; init; }
}

/// <summary>A computed column's expression.</summary>
/// <param name="Expression">What is computed.</param>
/// <param name="Stored">Whether the value is stored (STORED, PERSISTED) rather than computed at each read.</param>
/// <param name="Span">The expression's place.</param>
public sealed record GeneratedDefinition(SqlExpression Expression, bool Stored, SourceSpan Span);
