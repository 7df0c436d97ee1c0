using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Guardians;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a service prints about the rules of writes.</summary>
internal sealed class GuardView(ApiModel api, Resource resource)
{
    private const int WidestLine = 120;

    /// <summary>Whether there are rules.</summary>
    public bool HasRules => resource.GuardianRules.Length > 0;

    /// <summary>Whether rules name the row as it is to be.</summary>
    public bool UsesRow => resource.GuardianRules.Any(rule => rule.UsesRow);

    /// <summary>Whether rules name the present moment.</summary>
    public bool UsesNow => resource.GuardianRules.Any(rule => rule.UsesNow);

    /// <summary>The query for the caller among the users, where rules count the caller's own rows; else null.</summary>
    public string? CallerRow => !resource.GuardianRules.Any(rule => rule.CountsOwn) ? null
        : $"Database.Set<{api.Users.Names.Entity}>().Where({api.Users.Names.Service}.IsKey(Caller.Key<{api.Users.Key.ClrType}>()))";

    /// <summary>The rules in groups of those that judge the same writes.</summary>
    public IEnumerable<RuleGroupView> Groups => resource.GuardianRules.GroupBy(rule => rule.Operations).Select(group => new RuleGroupView(
        ConditionOf(group.Key, group.Any(rule => rule.UsesOld)),
        [.. group.SelectMany(Check)]));

    /// <summary>The regular expressions of the rules.</summary>
    public IReadOnlyList<PatternView> Patterns { get; } =
        [.. resource.GuardianRules.SelectMany(rule => rule.Patterns).Select(pattern => new PatternView(pattern.Name, pattern.CSharp, pattern.IgnoreCase))];

    private static string? ConditionOf(RuleOperations operations, bool usesOld) => operations switch
    {
        RuleOperations.Update when usesOld => "write.Old is { } old",
        RuleOperations.Create => "write.Kind == WriteKind.Create",
        RuleOperations.Update => "write.Kind == WriteKind.Update",
        RuleOperations.Delete => "write.Kind == WriteKind.Delete",
        RuleOperations.Create | RuleOperations.Update => "write.Kind != WriteKind.Delete",
        RuleOperations.Create | RuleOperations.Delete => "write.Kind != WriteKind.Update",
        RuleOperations.Update | RuleOperations.Delete => "write.Kind != WriteKind.Create",
        _ => null,
    };

    private static IEnumerable<string> Check(GuardianRule rule)
    {
        var field = rule.Field is { } property ? [Quote(property.JsonName)] : Array.Empty<string>();
        string[] arguments = [.. field, rule.CSharp, Quote(rule.Message)];
        var line = $"write.Check({string.Join(", ", arguments)});";
        if (line.Length <= WidestLine)
        {
            return [line];
        }

        return ["write.Check(", .. arguments[..^1].Select(argument => $"    {argument},"), $"    {arguments[^1]});"];
    }
}

/// <summary>Rules that judge the same writes.</summary>
/// <param name="Condition">Whether a write is one of them, in C#; null where all are.</param>
/// <param name="Lines">The statements.</param>
internal sealed record RuleGroupView(string? Condition, IReadOnlyList<string> Lines);
