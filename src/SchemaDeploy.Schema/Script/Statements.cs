using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Script;

/// <summary>The dialects a schema can be written in.</summary>
public enum SchemaDialect
{
    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>Microsoft SQL Server and Azure SQL.</summary>
    TSql,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,
}

/// <summary>The DDL of one or more files in the order of their text, in neutral form.</summary>
public sealed record SchemaScript(SchemaDialect Dialect, ImmutableArray<Statement> Statements);

/// <summary>One statement of the script.</summary>
public abstract record Statement(SourceSpan Span);

/// <summary>CREATE TABLE.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Constraints">Table constraints and inline indexes in order.</param>
/// <param name="Span">The whole statement.</param>
public sealed record CreateTable(
    ObjectName Name,
    ImmutableArray<ColumnDefinition> Columns,
    ImmutableArray<ConstraintDefinition> Constraints,
    SourceSpan Span)
    : Statement(Span)
{
    /// <summary>Whether an existing table of the name is left as it is (IF NOT EXISTS, and the IF wrappers of T-SQL).</summary>
    public bool IfNotExists { get; init; }

    /// <summary>Tables whose columns are copied (LIKE, INHERITS), in order.</summary>
    public ImmutableArray<TableTemplate> Templates { get; init; } = [];

    /// <summary>The database comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Comments of the file that stand with the table.</summary>
    public ImmutableArray<SqlComment> Comments { get; init; } = [];

    /// <summary>The collation of the table's text where given.</summary>
    public string? Collation { get; init; }
}

/// <summary>ALTER TABLE with its actions in order.</summary>
public sealed record AlterTable(ObjectName Name, ImmutableArray<AlterAction> Actions, SourceSpan Span) : Statement(Span)
{
    /// <summary>Whether a missing table is passed over.</summary>
    public bool IfExists { get; init; }
}

/// <summary>CREATE INDEX, of any family.</summary>
public sealed record CreateIndex(ObjectName Table, IndexDefinition Index, SourceSpan Span) : Statement(Span)
{
    /// <summary>Whether an existing index of the name is left as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary>DROP INDEX. Table is null where the dialect's indexes are named by schema (PostgreSQL).</summary>
public sealed record DropIndex(ObjectName Index, ObjectName? Table, bool IfExists, SourceSpan Span) : Statement(Span);

/// <summary>DROP TABLE, one node per table.</summary>
public sealed record DropTable(ObjectName Name, bool IfExists, SourceSpan Span) : Statement(Span)
{
    /// <summary>Whether foreign keys of other tables go with it.</summary>
    public bool Cascades { get; init; }
}

/// <summary>RENAME TABLE, sp_rename of a table, ALTER TABLE … RENAME TO.</summary>
public sealed record RenameTable(ObjectName Name, ObjectName NewName, SourceSpan Span) : Statement(Span)
{
    /// <summary>Whether a missing table is passed over.</summary>
    public bool IfExists { get; init; }
}

/// <summary>ALTER SCHEMA … TRANSFER, ALTER TABLE … SET SCHEMA.</summary>
public sealed record MoveTable(ObjectName Name, string NewSchema, SourceSpan Span) : Statement(Span);

/// <summary>ALTER TABLE … ATTACH PARTITION: the partition's rows are the table's, and it is no table of its own any more.</summary>
public sealed record AttachPartition(ObjectName Table, ObjectName Partition, SourceSpan Span) : Statement(Span);

/// <summary>ALTER INDEX … RENAME TO, where indexes are named by schema.</summary>
public sealed record RenameIndex(ObjectName Index, Identifier NewName, bool IfExists, SourceSpan Span) : Statement(Span);

/// <summary>ALTER SCHEMA … RENAME TO.</summary>
public sealed record RenameSchema(Identifier Name, Identifier NewName, SourceSpan Span) : Statement(Span);

/// <summary>CREATE SCHEMA.</summary>
public sealed record CreateSchema(Identifier Name, SourceSpan Span) : Statement(Span);

/// <summary>CREATE SEQUENCE.</summary>
public sealed record CreateSequence(ObjectName Name, long Start, long Increment, SourceSpan Span) : Statement(Span)
{
    /// <summary>Whether an existing sequence of the name is left as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary>ALTER SEQUENCE: another name, start or step; null where it stays.</summary>
public sealed record AlterSequence(
    ObjectName Name, ObjectName NewName, long? Start, long? Increment, bool IfExists, SourceSpan Span)
    : Statement(Span);

/// <summary>DROP SEQUENCE.</summary>
public sealed record DropSequence(ObjectName Name, bool IfExists, SourceSpan Span) : Statement(Span);

/// <summary>CREATE TYPE … FROM, sp_addtype, CREATE DOMAIN, CREATE TYPE … AS ENUM: a name for a type.</summary>
/// <param name="Name">The new type's name.</param>
/// <param name="Type">What it stands for.</param>
/// <param name="Span">The whole statement.</param>
public sealed record CreateType(ObjectName Name, SqlType Type, SourceSpan Span) : Statement(Span)
{
    /// <summary>NOT NULL or NULL where the type says so; a column may say otherwise.</summary>
    public bool? Nullable { get; init; }

    /// <summary>Whether an existing type of the name is left as it is.</summary>
    public bool IfNotExists { get; init; }

    /// <summary>A default that columns of the type inherit (domains).</summary>
    public DefaultDefinition? Default { get; init; }

    /// <summary>Checks that columns of the type inherit; VALUE is the column named "value" in them (domains).</summary>
    public ImmutableArray<CheckDefinition> Checks { get; init; } = [];
}

/// <summary>ALTER TYPE, ALTER DOMAIN.</summary>
public sealed record AlterType(ObjectName Name, TypeChange Change, SourceSpan Span) : Statement(Span);

/// <summary>DROP TYPE, DROP DOMAIN.</summary>
public sealed record DropType(ObjectName Name, bool IfExists, SourceSpan Span) : Statement(Span);

/// <summary>A comment set apart from the definition: COMMENT ON, sp_addextendedproperty MS_Description.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column, or null for the table itself.</param>
/// <param name="Text">The comment; null removes it.</param>
/// <param name="Span">The whole statement.</param>
public sealed record SetComment(ObjectName Table, Identifier? Column, string? Text, SourceSpan Span) : Statement(Span);

/// <summary>An object that is passed over, such as a view; later statements that index, comment, move or drop it are too.</summary>
public sealed record PassedOver(ObjectName Name, SourceSpan Span) : Statement(Span)
{
    /// <summary>The table whose rows the object holds, where it is a part of one.</summary>
    public ObjectName? PartOf { get; init; }
}
