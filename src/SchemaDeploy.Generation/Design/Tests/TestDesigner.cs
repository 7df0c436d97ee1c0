using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Guardians;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>From what the API is to what its tests are.</summary>
public static class TestDesigner
{
    /// <summary>Designs the tests of <paramref name="api"/>, which was designed from <paramref name="database"/>.</summary>
    public static TestModel Design(ApiModel api, DatabaseModel database, string @namespace)
    {
        var rows = new RowDesigner(api, database);
        var plans = rows.Design();
        return new TestModel(api, @namespace, [.. api.Resources.Select(resource => Design(api, resource, rows, plans))]);
    }

    private static TestedResource Design(ApiModel api, Resource resource, RowDesigner rows, IReadOnlyDictionary<string, RowPlan> plans)
    {
        var row = plans.GetValueOrDefault(resource.Names.Entity);
        ImmutableArray<ImmutableArray<Property>> uniqueFields = row is null ? [] : [.. UniqueFields(resource, row)];
        return new TestedResource(resource)
        {
            Row = row,
            BrokenValues = row is null ? [] : [.. resource.RequestProperties.Where(property => property.InCreate).SelectMany(BrokenValueDesigner.Of)],
            UnknownReferences = row is null ? [] : [.. resource.Links.Where(link => link.Properties.Length == 1 && IsKeptOnAll(api, link)).Select(link => BrokenValueDesigner.Unknown(resource, link)).OfType<BrokenValue>().Distinct()],
            UniqueFields = uniqueFields,
            BrokenRules = row is null ? [] : [.. rows.BrokenRulesOf(resource, RuleOperations.Create)],
            BrokenRulesOfChanges = row is null ? [] : [.. rows.BrokenRulesOf(resource, RuleOperations.Update)],
            BrokenRulesOfDeletions = row is null ? [] : [.. rows.BrokenRulesOf(resource, RuleOperations.Delete)],
            HasDuplicateWindow = row is not null && uniqueFields.IsEmpty && HasDuplicateWindow(resource, row),
            Expectations = new ExpectationDesigner(api, resource, row).Design(hasPeople: plans.ContainsKey(api.Users.Names.Entity)),
            Audit = row is null ? null : AuditDesigner.Design(api, resource),
        };
    }

    private static bool IsKeptOnAll(ApiModel api, Link link) =>
        link is not DatabaseReference { Constraint: var constraint } || api.Databases.All(database => constraint.For(database) is not null);

    // By a key over a time of creation, whose other fields a request gives, or by a tag.
    private static bool HasDuplicateWindow(Resource resource, RowPlan row)
    {
        var given = row.Values.Select(value => value.Property.Name).ToHashSet(StringComparer.Ordinal);
        var windows = resource.ShadowProperties.Where(shadow => shadow.WindowSource is not null).Select(shadow => shadow.Name).ToHashSet(StringComparer.Ordinal);
        return resource.DuplicateWindows.Any(window => window.Properties.All(property => given.Contains(property.Name)))
            || resource.Indexes.Any(index => index is { Unique: true, Filter: null }
                && index.Parts.Any(part => windows.Contains(part.PropertyName))
                && index.Parts.All(part => given.Contains(part.PropertyName) || windows.Contains(part.PropertyName)));
    }

    // Keys that a second row can be given the values of.
    private static IEnumerable<ImmutableArray<Property>> UniqueFields(Resource resource, RowPlan row)
    {
        var given = row.Values.Where(value => value.Property.InResponse).Select(value => value.Property.Name).ToHashSet(StringComparer.Ordinal);
        var keys = resource.Indexes.Where(index => index is { Unique: true, Filter: null }).Select(index => index.Parts.Select(part => part.PropertyName).ToImmutableArray())
            .Concat(resource.AlternateKeys.Select(key => key.Properties.Select(property => property.Name).ToImmutableArray()))
            .Append(resource.EntityKey?.Properties.Select(property => property.Name).ToImmutableArray() ?? []);
        return keys
            .Where(key => key.Length > 0 && key.All(given.Contains))
            .DistinctBy(key => string.Join(',', key.Order(StringComparer.Ordinal)))
            .Select(key => key.Select(name => resource.Properties.Single(property => property.Name == name)).ToImmutableArray());
    }
}
