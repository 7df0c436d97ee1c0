using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design;

/// <summary>What a rule asks of a value; null follows every rule.</summary>
public enum RuleKind
{
    /// <summary>Text without the NUL character.</summary>
    Text,

    /// <summary>At most Length characters or bytes.</summary>
    MaxLength,

    /// <summary>At least Length characters.</summary>
    MinLength,

    /// <summary>At least Bound.</summary>
    Minimum,

    /// <summary>At most Bound.</summary>
    Maximum,

    /// <summary>Greater than Bound.</summary>
    GreaterThan,

    /// <summary>Less than Bound.</summary>
    LessThan,

    /// <summary>Not equal to Bound.</summary>
    NotEqual,

    /// <summary>At most Precision digits, Scale of them behind the point.</summary>
    Digits,

    /// <summary>A finite number.</summary>
    Finite,

    /// <summary>One of Values.</summary>
    OneOf,

    /// <summary>None of Values.</summary>
    NoneOf,

    /// <summary>Matches Pattern.</summary>
    Matches,

    /// <summary>A list of members of Values, separated by commas.</summary>
    SetOf,

    /// <summary>A JSON document that every database can store.</summary>
    Json,

    /// <summary>A JSON document that is a list.</summary>
    JsonList,
}

/// <summary>A value in both languages that rules are printed in.</summary>
/// <param name="CSharp">A C# expression of the property's type.</param>
/// <param name="Json">JSON text.</param>
public sealed record RuleValue(string CSharp, string Json);

/// <summary>A rule about the value of one property; of a list, about each of its items.</summary>
/// <param name="Kind">What it asks.</param>
public sealed record PropertyRule(RuleKind Kind)
{
    /// <summary>The characters or bytes of MaxLength and MinLength.</summary>
    public int Length { get; init; }

    /// <summary>The digits of Digits.</summary>
    public int Precision { get; init; }

    /// <summary>The digits behind the point of Digits.</summary>
    public int Scale { get; init; }

    /// <summary>The bound of the comparing kinds.</summary>
    public RuleValue? Bound { get; init; }

    /// <summary>The values of OneOf, NoneOf and SetOf.</summary>
    public ImmutableArray<RuleValue> Values { get; init; } = [];

    /// <summary>The pattern of Matches, in the syntax of .NET without backtracking constructs.</summary>
    public string? Pattern { get; init; }

    /// <summary>The pattern as a C# literal.</summary>
    public string? PatternCSharp { get; init; }

    /// <summary>The static member of the request that holds the compiled pattern; unique in the request.</summary>
    public string? PatternName { get; init; }

    /// <summary>Whether the pattern takes upper for lower case.</summary>
    public bool IgnoreCase { get; init; }
}

/// <summary>How two properties compare.</summary>
public enum ComparisonKind
{
    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>=</summary>
    Equal,

    /// <summary>&lt;&gt;</summary>
    NotEqual,
}

/// <summary>A rule that one property of a row follows with regard to another; it holds where either is null.</summary>
/// <param name="Left">The property that messages name.</param>
/// <param name="Kind">The comparison.</param>
/// <param name="Right">The other property.</param>
public sealed record ComparisonRule(Property Left, ComparisonKind Kind, Property Right)
{
    /// <summary>The comparison in words, completing "must be … other_field".</summary>
    public string Words => Kind switch
    {
        ComparisonKind.Less => "less than",
        ComparisonKind.LessOrEqual => "at most",
        ComparisonKind.Greater => "greater than",
        ComparisonKind.GreaterOrEqual => "at least",
        ComparisonKind.Equal => "equal to",
        _ => "different from",
    };

    /// <summary>The C# operator.</summary>
    public string CSharp => Kind switch
    {
        ComparisonKind.Less => "<",
        ComparisonKind.LessOrEqual => "<=",
        ComparisonKind.Greater => ">",
        ComparisonKind.GreaterOrEqual => ">=",
        ComparisonKind.Equal => "==",
        _ => "!=",
    };
}
