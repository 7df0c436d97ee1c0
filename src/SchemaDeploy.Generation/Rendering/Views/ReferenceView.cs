using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>How generated code looks up the rows that rows refer to.</summary>
internal class ReferenceView(Link link)
{
    private readonly bool _isComposite = link.Properties.Length > 1;

    public string Fields => string.Join(", ", link.Properties.Select(property => Quote(property.JsonName)));

    public string Target => link.Target.Entity;

    public string KeyType => link.KeyType;

    public string ForeignKey
    {
        get
        {
            if (!_isComposite)
            {
                var property = link.Properties[0];
                return $"{Cast(0, property, property.Nullable ? "?" : "")}row.{property.Name}";
            }

            var nullable = link.Properties.Where(property => property.Nullable).ToArray();
            var parts = string.Join(", ", link.Properties.Select((property, i) => $"{Cast(i, property)}row.{property.Name}" + Unwrapped(property)));
            return nullable.Length == 0
                ? $"({parts})"
                : $"{string.Join(" && ", nullable.Select(property => $"row.{property.Name} is not null"))} ? ({parts}) : null";
        }
    }

    public string TargetKey => _isComposite
        ? $"({string.Join(", ", link.TargetProperties.Select((_, i) => TargetValue(i)))})"
        : TargetValue(0);

    public string Match => _isComposite
        ? $"keys => KeyMatch.Any<{Target}, {KeyType}>(keys, key => target => {Condition})"
        : $"keys => target => keys.Contains({TargetValue(0)})";

    private string Condition => string.Join(" && ", link.TargetProperties.Select((property, i) => $"target.{property.Name} == key.Item{i + 1}"));

    private string TargetValue(int i)
    {
        var property = link.TargetProperties[i];
        return $"{Cast(i, property)}target.{property.Name}{Unwrapped(property)}";
    }

    private string Cast(int i, Property property, string nullable = "") => property.ClrType == link.TypeOf(i) ? "" : $"({link.TypeOf(i)}{nullable})";

    private static string Unwrapped(Property property) => !property.Nullable ? "" : property.IsValueType ? "!.Value" : "!";
}

/// <summary>A reference to rows that are not everybody's.</summary>
internal sealed class ReferenceGuardView(GuardedReference guarded) : ReferenceView(guarded.Reference)
{
    public string Service => guarded.Reference.Target.Service;

    /// <summary>What the caller has to be allowed with the row referred to.</summary>
    public string Operation => guarded.IsToOwner ? "Update" : "Read";
}
