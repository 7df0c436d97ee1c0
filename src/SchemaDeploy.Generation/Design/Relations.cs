using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design;

/// <summary>A foreign key that is kept, from the side that holds it.</summary>
public abstract record Link
{
    /// <summary>The constraint's name.</summary>
    public required string ConstraintName { get; init; }

    /// <summary>The properties that hold the key of the referenced row.</summary>
    public required ImmutableArray<Property> Properties { get; init; }

    /// <summary>The names of the referenced resource.</summary>
    public required ResourceNames Target { get; init; }

    /// <summary>The referenced properties, in the order of <see cref="Properties"/>.</summary>
    public required ImmutableArray<Property> TargetProperties { get; init; }

    /// <summary>Whether every row refers to one.</summary>
    public bool Required => Properties.All(property => !property.Nullable);

    /// <summary>Whether referenced rows are marked when they are deleted, so that the foreign key itself does not miss them.</summary>
    public bool IsToMarkedRows { get; init; }

    /// <summary>The type of the foreign key's value in C#, as <see cref="ResourceKey.ClrType"/>.</summary>
    public string KeyType => KeyDesigner.ClrTypeOf([.. TargetProperties.Select((target, i) => target with { ClrType = TypeOf(i) })]);

    /// <summary>The C# type as which a property is compared with the one that it refers to: whole numbers of different sizes as the largest.</summary>
    public string TypeOf(int index) => (Properties[index], TargetProperties[index]) is ({ Form: ValueForm.Integer } own, { Form: ValueForm.Integer } target)
        && own.ClrType != target.ClrType
            ? "long"
            : TargetProperties[index].ClrType;
}

/// <summary>
/// A foreign key that databases keep and EF Core knows nothing of, since it has no relationship to a key that allows null, to
/// a unique index, or to a column of another type. The API shows the columns alone.
/// </summary>
public sealed record DatabaseReference : Link
{
    /// <summary>The constraint's name where a database keeps it.</summary>
    public required ProviderSql Constraint { get; init; }

    /// <summary>The member of EF Core's ReferentialAction for a deleted row.</summary>
    public required string OnDelete { get; init; }

    /// <summary>The member of EF Core's ReferentialAction for a key that changes.</summary>
    public required string OnUpdate { get; init; }
}

/// <summary>A foreign key that EF Core has as a relationship, and the API as one between resources.</summary>
public sealed record Reference : Link
{
    /// <summary>The navigation in the entity, and the property of the response that <c>expand</c> fills.</summary>
    public required string Name { get; init; }

    /// <summary>The name in JSON and for <c>expand</c>.</summary>
    public required string JsonName { get; init; }

    /// <summary>Whether the referenced properties are the target's key, not another unique key.</summary>
    public required bool TargetsKey { get; init; }

    /// <summary>The navigation back, in the target's entity.</summary>
    public required string CollectionName { get; init; }

    /// <summary>Whether at most one row refers to each.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The member of EF Core's DeleteBehavior.</summary>
    public required string DeleteBehavior { get; init; }

    /// <summary>Whether responses can show the referenced row.</summary>
    public bool Expandable { get; init; }
}

/// <summary>A foreign key from the side that it refers to.</summary>
public sealed record NestedList
{
    /// <summary>The navigation in the entity.</summary>
    public required string Name { get; init; }

    /// <summary>The last segment of the nested route.</summary>
    public required string Route { get; init; }

    /// <summary>The names of the resource whose rows refer here.</summary>
    public required ResourceNames Source { get; init; }

    /// <summary>The reference from the other side.</summary>
    public required Reference Reference { get; init; }

    /// <summary>Whether nobody has to sign in to list the rows.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The operation that lists the rows.</summary>
    public Operation? Operation { get; init; }
}
