using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Script;

/// <summary>What of a table is copied besides the names, types and NOT NULLs of its columns.</summary>
[Flags]
public enum TemplateParts
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Defaults.</summary>
    Defaults = 1,

    /// <summary>Which column numbers the rows.</summary>
    Identity = 2,

    /// <summary>Expressions of computed columns.</summary>
    Generated = 4,

    /// <summary>Checks.</summary>
    Checks = 8,

    /// <summary>Keys and indexes.</summary>
    Indexes = 16,

    /// <summary>Comments.</summary>
    Comments = 32,

    /// <summary>All but foreign keys, which are never copied.</summary>
    All = Defaults | Identity | Generated | Checks | Indexes | Comments,
}

/// <summary>A table whose columns are copied into a new one.</summary>
/// <param name="Name">The table.</param>
/// <param name="Position">How many columns of the new table stand before those copied.</param>
/// <param name="Span">Where it is named.</param>
public sealed record TableTemplate(ObjectName Name, int Position, SourceSpan Span)
{
    /// <summary>What is copied.</summary>
    public TemplateParts Parts { get; init; } = TemplateParts.All;

    /// <summary>Whether the new table is one of the other's kind (INHERITS): columns of one name are one column.</summary>
    public bool Inherits { get; init; }
}
