using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>The resource that keeps who did what, and what goes into its columns.</summary>
/// <param name="Names">The resource.</param>
/// <param name="Mapper">The class that turns what was recorded into a row.</param>
/// <param name="Columns">What goes into the columns that the server fills, in their order.</param>
public sealed record AuditLog(ResourceNames Names, string Mapper, ImmutableArray<AuditColumn> Columns);

/// <summary>What goes into a column of the audit log.</summary>
/// <param name="Property">The column.</param>
/// <param name="Source">What goes into it.</param>
public sealed record AuditColumn(Property Property, AuditSource Source)
{
    /// <summary>The values of the column that mean create, update and delete, in C#, where it does not take every text.</summary>
    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>The most characters; null where there is no bound.</summary>
    public int? MaxLength { get; init; }
}

/// <summary>What is recorded of a write.</summary>
public enum AuditSource
{
    /// <summary>The key of the user; null where nobody has signed in.</summary>
    User,

    /// <summary>The key of the user, or in a word who else acted.</summary>
    Actor,

    /// <summary>The role of the user.</summary>
    Role,

    /// <summary>CREATE, UPDATE or DELETE, in the column's words for it.</summary>
    Action,

    /// <summary>The same with what the row is, such as CREATE_ITEM.</summary>
    Event,

    /// <summary>What the row is, such as item.</summary>
    Entity,

    /// <summary>The table of the row.</summary>
    Table,

    /// <summary>The row's key.</summary>
    Key,

    /// <summary>The fields before.</summary>
    OldValues,

    /// <summary>The fields after.</summary>
    NewValues,

    /// <summary>The fields before and after in one document.</summary>
    Changes,

    /// <summary>The address that the request came from.</summary>
    Address,

    /// <summary>The request's User-Agent.</summary>
    UserAgent,

    /// <summary>The request's trace.</summary>
    TraceId,

    /// <summary>When.</summary>
    Time,

    /// <summary>A new UUID.</summary>
    NewId,

    /// <summary>The column's default.</summary>
    Default,
}
