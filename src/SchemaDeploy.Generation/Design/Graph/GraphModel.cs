using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Graph;

/// <summary>What the API is called in GraphQL: every name of a type, a field and an argument.</summary>
/// <param name="Resources">The resources in the order of the tables.</param>
/// <param name="Enums">The enums in the order of their columns.</param>
public sealed record GraphModel(ImmutableArray<GraphResource> Resources, ImmutableArray<GraphEnumeration> Enums)
{
    private readonly Dictionary<string, GraphResource> _byEntity = Resources.ToDictionary(resource => resource.Resource.Names.Entity, StringComparer.Ordinal);

    /// <summary>The resource of the given names.</summary>
    public GraphResource Of(ResourceNames names) => _byEntity[names.Entity];
}

/// <summary>A resource in GraphQL.</summary>
public sealed record GraphResource
{
    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>The type of a row.</summary>
    public required string Type { get; init; }

    /// <summary>The type of a page of rows.</summary>
    public string Connection => Type + "Connection";

    /// <summary>The type of a row with its place in the page.</summary>
    public string Edge => Type + "Edge";

    /// <summary>The input by which lists are filtered.</summary>
    public string Filter => Type + "Filter";

    /// <summary>The input by which lists are sorted.</summary>
    public string Sort => Type + "Sort";

    /// <summary>The input that creates a row.</summary>
    public string CreateInput => Type + "Create";

    /// <summary>The input that changes a row.</summary>
    public string UpdateInput => Type + "Update";

    /// <summary>The field of Query that gives one row; null where nothing names one.</summary>
    public string? One { get; init; }

    /// <summary>The field of Query that gives pages of rows.</summary>
    public required string Many { get; init; }

    /// <summary>The field of Mutation that creates a row; null where there is no such operation.</summary>
    public string? Create { get; init; }

    /// <summary>Whether there is anything to say of a new row.</summary>
    public bool HasCreateInput => Fields.Any(member => member.Property.InCreate);

    /// <summary>The field of Mutation that creates several rows; null where there is nothing to say of them.</summary>
    public string? CreateMany { get; init; }

    /// <summary>The field of Mutation that changes a row.</summary>
    public string? Update { get; init; }

    /// <summary>The field of Mutation that deletes a row.</summary>
    public string? Delete { get; init; }

    /// <summary>The argument of mutations that holds the input.</summary>
    public string Input { get; init; } = "input";

    /// <summary>The field of a row that tells it from what it was before; null where rows do not change.</summary>
    public string? ETag { get; init; }

    /// <summary>The argument of mutations that holds the tag which the row must still have; null where rows do not change.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The field of Subscription that tells of changes; null where none does.</summary>
    public string? Changed { get; init; }

    /// <summary>The type of a change.</summary>
    public string Change => Type + "Change";

    /// <summary>The field of a change that says what happened.</summary>
    public string ChangeKind { get; init; } = "kind";

    /// <summary>The field of a change that is the row.</summary>
    public string ChangeNode { get; init; } = "node";

    /// <summary>What requests and responses hold.</summary>
    public required ImmutableArray<GraphField> Fields { get; init; }

    /// <summary>The references that rows show whole.</summary>
    public required ImmutableArray<GraphReference> References { get; init; }

    /// <summary>The rows of other resources that belong to a row.</summary>
    public required ImmutableArray<GraphChildren> Collections { get; init; }

    /// <summary>The fields of the key; none where there is no key, and pages can only be read one behind the other.</summary>
    public IEnumerable<GraphField> Key => Resource.Key is { } key
        ? key.Properties.Select(property => Fields.First(member => member.Property.Name == property.Name))
        : [];
}

/// <summary>A property in GraphQL.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of a value: a scalar, or an enum.</param>
public sealed record GraphField(Property Property, string Name, string Type)
{
    /// <summary>Whether it holds several values.</summary>
    public bool IsList => Property.Form == ValueForm.List;

    /// <summary>The input by which rows are filtered.</summary>
    public string Filter => Type + "Filter";
}

/// <summary>A reference in GraphQL.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Name">Its name.</param>
public sealed record GraphReference(Reference Reference, string Name);

/// <summary>A collection in GraphQL.</summary>
/// <param name="List">The collection.</param>
/// <param name="Name">Its name.</param>
public sealed record GraphChildren(NestedList List, string Name)
{
    /// <summary>Whether it is one row at most.</summary>
    public bool IsSingle => List.Reference.IsUnique;
}

/// <summary>An enum in GraphQL.</summary>
/// <param name="Enum">The enum.</param>
/// <param name="Name">Its name.</param>
/// <param name="Values">The names of its members.</param>
public sealed record GraphEnumeration(Enumeration Enum, string Name, ImmutableArray<GraphEnumValue> Values);

/// <summary>A member of an enum in GraphQL.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">The schema's literal.</param>
public sealed record GraphEnumValue(string Name, string Text);
