using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>What a new row refers to: rows that are made for it, and its owner.</summary>
internal sealed class ReferencePlan
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _scarce = new(StringComparer.Ordinal);

    /// <param name="resource">The resource of the row.</param>
    /// <param name="users">Whose rows sign in.</param>
    /// <param name="unique">The fields of keys of the resource.</param>
    /// <param name="plans">How rows are made that can be made before, by the name of the entity.</param>
    public ReferencePlan(Resource resource, ResourceNames users, IReadOnlySet<string> unique, IReadOnlyDictionary<string, RowPlan> plans)
    {
        var parents = ImmutableArray.CreateBuilder<ParentRow>();
        var variables = new NameScope(StringComparer.Ordinal, ImmutableHashSet.Create("app", "owner", "fake", "request"));
        HasOwner = resource is { Ownership: not null, Role: not TableRole.Users };
        IsPossible = !HasOwner || plans.ContainsKey(users.Entity);
        if (resource.Ownership is { IsDirect: true } ownership && HasOwner)
        {
            _values[ownership.Property.ColumnName] = $"owner.Key<{ownership.Property.ClrType}>()";
        }

        // Those of several columns first: what they refer to refers in its turn to what the others do.
        foreach (var reference in resource.Links.OrderByDescending(link => link.Properties.Length).ThenByDescending(link => link.Required))
        {
            var properties = reference.Properties.Select(property => resource.Properties.Single(own => own.ColumnName == property.ColumnName)).ToImmutableArray();
            _columns.UnionWith(properties.Select(property => property.ColumnName));
            var open = properties.Where(property => property.InCreate && !_values.ContainsKey(property.ColumnName)).ToList();
            if (open.Count == 0)
            {
                continue;
            }

            var isPossible = open.Count == properties.Length
                && plans.TryGetValue(reference.Target.Entity, out var target)
                && reference.TargetProperties.All(property => property.InResponse && (!property.Nullable || target.Values.Any(value => value.Property.ColumnName == property.ColumnName)));
            if (!isPossible)
            {
                IsPossible &= open.Any(property => property.Nullable) || !open.Any(property => property.RequiredOnCreate);
                continue;
            }

            var plan = plans[reference.Target.Entity];
            var parent = new ParentRow(
                variables.Unique("", Identifiers.Variable(reference is Reference { Name: var name } ? name : reference.Target.Entity), Identifiers.Variable(reference.Target.Entity) + "Row"),
                reference.Target,
                plan.HasOwner,
                IsShared: plan is { IsScarce: true, HasOwner: false } && !properties.Any(property => unique.Contains(property.Name)));
            if (plan.IsScarce)
            {
                _scarce.UnionWith(properties.Select(property => property.ColumnName));
            }

            parents.Add(parent);
            HasOwner |= parent.IsOwned;
            for (var i = 0; i < properties.Length; i++)
            {
                _values[properties[i].ColumnName] = Value($"{parent.Variable}.Row.{reference.TargetProperties[i].Name}", reference.TargetProperties[i], properties[i]);
            }
        }

        Parents = parents.ToImmutable();
    }

    // Databases compare numbers of different sizes.
    private static string Value(string value, Property target, Property property) =>
        target.ClrType == property.ClrType ? value : $"({property.ClrType}?){value}";

    /// <summary>Whether all rows can be made that the row must refer to.</summary>
    public bool IsPossible { get; }

    /// <summary>Whether the row, or one that it refers to, belongs to somebody.</summary>
    public bool HasOwner { get; }

    /// <summary>The rows that are made for it.</summary>
    public ImmutableArray<ParentRow> Parents { get; }

    /// <summary>The values of its references by column.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Whether a field refers to rows of which there can be few.</summary>
    public bool IsScarce(Property property) => _scarce.Contains(property.ColumnName);

    /// <summary>Whether a field is of a reference that the row does not make.</summary>
    public bool IsLeftOut(Property property) => _columns.Contains(property.ColumnName) && !_values.ContainsKey(property.ColumnName);
}
