using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Tests;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a service's tests prints.</summary>
internal sealed class ServiceTestsView(TestModel model, TestedResource tested) : TestedView(model, tested)
{
    public string Tests => TestNames.ServiceTestsOf(Resource.Names);

    /// <summary>The key of the row in the variable <c>created</c>.</summary>
    public string Key => Resource.Key is { IsComposite: true } key
        ? $"({string.Join(", ", key.Properties.Select(property => $"created.{property.Name}"))})"
        : $"created.{Resource.Key!.Properties[0].Name}";

    /// <summary>Fields that a change gives other values.</summary>
    public IEnumerable<string> Changes => ChangeableProperties.Select(property => property.Name);

    public bool IsChanged => ChangeableProperties.Count > 0;

    public bool ComparesJson => Given.Any(property => property.Form == ValueForm.Json);

    public IEnumerable<string> CreatedComparisons => Given.Select(property => Comparison(property, "request", "read"));

    public IEnumerable<string> ChangedComparisons => ChangeableProperties.Select(property => Comparison(property, "other", "read"));

    /// <summary>Hooks that run once a row is saved.</summary>
    public IEnumerable<string> LateHooks =>
        new[] { (true, "Created"), (IsChanged, "Updated"), (CanDelete, "Deleted") }.Where(hook => hook.Item1).Select(hook => hook.Item2);

    private IEnumerable<Property> Given => Tested.Row!.Values.Select(value => value.Property).Where(property => property.InResponse);

    /// <summary>Whether a service can be tested: it makes rows, and the rows tell by which key to find them again.</summary>
    public static bool Has(TestedResource tested) => tested is { Row: not null, Resource.Key: { } key }
        && key.Properties.All(property => property is { InResponse: true, Form: not ValueForm.Json });
}
