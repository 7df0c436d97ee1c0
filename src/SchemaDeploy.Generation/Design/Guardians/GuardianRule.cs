using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>The writes that a rule judges.</summary>
[Flags]
public enum RuleOperations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>New rows.</summary>
    Create = 1,

    /// <summary>Changes.</summary>
    Update = 2,

    /// <summary>Deletions.</summary>
    Delete = 4,
}

/// <summary>A rule of a @rule tag: a write that does not meet it is refused with its message.</summary>
public sealed record GuardianRule
{
    /// <summary>The condition as the schema writes it.</summary>
    public required string Expression { get; init; }

    /// <summary>What clients are told.</summary>
    public required string Message { get; init; }

    /// <summary>The property that the message is filed under; null where no single one is to blame.</summary>
    public Property? Field { get; init; }

    /// <summary>The writes that are judged.</summary>
    public required RuleOperations Operations { get; init; }

    /// <summary>The condition in C#, over the row's variable, <c>old</c>, <c>now</c>, <c>write</c> and the service's own members.</summary>
    public required string CSharp { get; init; }

    /// <summary>Whether the condition names <c>old</c>, the row as it was.</summary>
    public bool UsesOld { get; init; }

    /// <summary>Whether the condition names the row as it is to be.</summary>
    public bool UsesRow { get; init; }

    /// <summary>Whether the condition names <c>now</c>.</summary>
    public bool UsesNow { get; init; }

    /// <summary>Whether the caller's own rows are counted.</summary>
    public bool CountsOwn { get; init; }

    /// <summary>The regular expressions that the condition calls.</summary>
    public ImmutableArray<RulePattern> Patterns { get; init; } = [];

    /// <summary>Whether clients may read the condition: it names nothing that is kept from them.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>A regular expression of a rule.</summary>
/// <param name="Name">The member of the service that holds it.</param>
/// <param name="CSharp">The pattern as a C# literal.</param>
/// <param name="IgnoreCase">Whether it takes upper for lower case.</param>
public sealed record RulePattern(string Name, string CSharp, bool IgnoreCase);
