using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Script;

/// <summary>One action of an ALTER TABLE.</summary>
public abstract record AlterAction(SourceSpan Span);

/// <summary>Where a new column goes.</summary>
/// <param name="After">Behind this column; null means first.</param>
public sealed record ColumnPosition(Identifier? After);

/// <summary>ADD [COLUMN].</summary>
public sealed record AddColumn(ColumnDefinition Column, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>FIRST or AFTER where given, else last.</summary>
    public ColumnPosition? Position { get; init; }

    /// <summary>Whether an existing column of the name is left as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary>
/// MODIFY, CHANGE (with a new name in <see cref="Column"/>) and T-SQL's ALTER COLUMN with a type: the definition
/// replaces the old one. <see cref="KeepsDefault"/> tells T-SQL, where the default is a constraint of its own.
/// </summary>
public sealed record ReplaceColumn(Identifier OldName, ColumnDefinition Column, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>Whether default, identity, comment and computed expression stay (T-SQL, PostgreSQL) or are replaced (MySQL).</summary>
    public bool KeepsDefault { get; init; }

    /// <summary>FIRST or AFTER where given, else where it was.</summary>
    public ColumnPosition? Position { get; init; }
}

/// <summary>DROP COLUMN.</summary>
public sealed record DropColumn(Identifier Name, bool IfExists, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>Whether foreign keys of other tables to the column go with it.</summary>
    public bool Cascades { get; init; }
}

/// <summary>RENAME COLUMN, sp_rename of a column.</summary>
public sealed record RenameColumn(Identifier Name, Identifier NewName, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>Whether a missing column is passed over.</summary>
    public bool IfExists { get; init; }
}

/// <summary>ALTER COLUMN … SET DEFAULT (null drops it), ADD DEFAULT … FOR.</summary>
public sealed record SetDefault(Identifier Column, DefaultDefinition? Default, SourceSpan Span) : AlterAction(Span);

/// <summary>ALTER COLUMN … SET NOT NULL or DROP NOT NULL.</summary>
public sealed record SetNullable(Identifier Column, bool Nullable, SourceSpan Span) : AlterAction(Span);

/// <summary>ALTER COLUMN … ADD GENERATED … AS IDENTITY; null drops it.</summary>
public sealed record SetIdentity(Identifier Column, IdentityDefinition? Identity, SourceSpan Span) : AlterAction(Span);

/// <summary>ALTER COLUMN … SET EXPRESSION or DROP EXPRESSION (null): how the column is computed.</summary>
public sealed record SetGenerated(Identifier Column, GeneratedDefinition? Generated, SourceSpan Span) : AlterAction(Span);

/// <summary>ADD PRIMARY KEY or UNIQUE … USING INDEX: a unique index becomes a key, of the index's name where none is given.</summary>
public sealed record KeyFromIndex(Identifier? Name, Identifier Index, bool IsPrimary, SourceSpan Span) : AlterAction(Span);

/// <summary>ADD of a key, foreign key, check or index.</summary>
public sealed record AddConstraint(ConstraintDefinition Constraint, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>Whether an existing constraint of the name is left as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary>What a DROP may name.</summary>
public enum ConstraintKind
{
    /// <summary>DROP CONSTRAINT: whichever has the name, a T-SQL default included.</summary>
    Any,

    /// <summary>DROP PRIMARY KEY; the name is null.</summary>
    PrimaryKey,

    /// <summary>DROP FOREIGN KEY.</summary>
    ForeignKey,

    /// <summary>DROP INDEX or KEY: an index or a unique key.</summary>
    Index,

    /// <summary>DROP CHECK.</summary>
    Check,
}

/// <summary>DROP of a key, foreign key, check or index.</summary>
public sealed record DropConstraint(ConstraintKind Kind, Identifier? Name, bool IfExists, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>Whether foreign keys to a dropped key go with it.</summary>
    public bool Cascades { get; init; }
}

/// <summary>RENAME INDEX, RENAME CONSTRAINT, sp_rename of either.</summary>
public sealed record RenameConstraint(Identifier Name, Identifier NewName, SourceSpan Span) : AlterAction(Span)
{
    /// <summary>Whether a missing constraint is passed over.</summary>
    public bool IfExists { get; init; }
}

/// <summary>RENAME TO.</summary>
public sealed record RenameTo(ObjectName NewName, SourceSpan Span) : AlterAction(Span);

/// <summary>A table comment set by ALTER TABLE … COMMENT.</summary>
public sealed record SetTableComment(string Text, SourceSpan Span) : AlterAction(Span);

/// <summary>AUTO_INCREMENT = n as a table option: where the numbering goes on.</summary>
public sealed record SetIdentitySeed(long Seed, SourceSpan Span) : AlterAction(Span);
