using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>
/// A condition in C# that is true wherever the condition of the schema is true or unknown, as a CHECK lets pass what
/// it does not know.
/// </summary>
internal sealed class RuleCondition
{
    private readonly Joint _joint;
    private readonly ImmutableArray<string> _parts;

    private RuleCondition(Joint joint, ImmutableArray<string> parts)
    {
        _joint = joint;
        _parts = parts;
    }

    private enum Joint
    {
        None,
        And,
        Or,
    }

    /// <summary>Always true.</summary>
    public static RuleCondition Always { get; } = Of("true");

    /// <summary>Never true.</summary>
    public static RuleCondition Never { get; } = Of("false");

    /// <summary>A condition that holds together in any company.</summary>
    public static RuleCondition Of(string csharp) => new(Joint.None, [csharp]);

    /// <summary>One or the other.</summary>
    public static RuleCondition Either(bool value) => value ? Always : Never;

    /// <summary>All of them.</summary>
    public static RuleCondition All(params IEnumerable<RuleCondition> conditions) => Join(Joint.And, conditions, neutral: Always, decisive: Never);

    /// <summary>Any of them.</summary>
    public static RuleCondition Any(params IEnumerable<RuleCondition> conditions) => Join(Joint.Or, conditions, neutral: Never, decisive: Always);

    /// <summary>True too where one of <paramref name="unknowns"/> is.</summary>
    public RuleCondition OrUnknown(IEnumerable<string> unknowns) => Any([.. unknowns.Select(Of), this]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(_joint == Joint.And ? " && " : " || ", _parts);

    private static RuleCondition Join(Joint joint, IEnumerable<RuleCondition> conditions, RuleCondition neutral, RuleCondition decisive)
    {
        var joined = conditions.Where(condition => condition != neutral).ToList();
        if (joined.Count < 2 || joined.Contains(decisive))
        {
            return joined.Count == 0 ? neutral : joined.Contains(decisive) ? decisive : joined[0];
        }

        var parts = joined.SelectMany(condition =>
            condition._joint == joint || condition._joint == Joint.None ? condition._parts : [$"({condition})"]);
        return parts.Distinct(StringComparer.Ordinal).ToImmutableArray() is [_, _, ..] several
            ? new(joint, several)
            : joined[0];
    }
}
