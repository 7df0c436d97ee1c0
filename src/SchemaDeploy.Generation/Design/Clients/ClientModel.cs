using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Clients;

/// <summary>What a client of an application calls things. Whatever prints it decides nothing.</summary>
/// <param name="Api">The application.</param>
/// <param name="Client">The class that clients begin with.</param>
/// <param name="Json">What reads and writes its JSON, where that is generated: two clients may be in one program.</param>
/// <param name="Registration">What a new user registers with.</param>
/// <param name="Me">Who has signed in.</param>
/// <param name="Enums">The enums, in the order of the application's.</param>
/// <param name="Resources">One resource a table, in the order of the tables.</param>
public sealed record ClientModel(
    ApiModel Api, string Client, string Json, string Registration, string Me, ImmutableArray<ClientEnumeration> Enums, ImmutableArray<ClientResource> Resources)
{
    /// <summary>The client's resource of a resource of the application.</summary>
    public ClientResource Of(ResourceNames names) => Resources.Single(resource => resource.Resource.Names == names);
}

/// <summary>An enum, and what clients call it.</summary>
public sealed record ClientEnumeration(Enumeration Enumeration, string Name);

/// <summary>A resource, and what clients call what belongs to it.</summary>
/// <param name="Resource">The resource.</param>
public sealed record ClientResource(Resource Resource)
{
    /// <summary>The file without its ending.</summary>
    public required string File { get; init; }

    /// <summary>The member of the client that holds the requests.</summary>
    public required string Member { get; init; }

    /// <summary>The class of the requests.</summary>
    public required string Class { get; init; }

    /// <summary>The type of a row.</summary>
    public required string Row { get; init; }

    /// <summary>The type of a new row.</summary>
    public required string Create { get; init; }

    /// <summary>The type of a row's new fields.</summary>
    public required string Update { get; init; }

    /// <summary>The type of what lists are asked for.</summary>
    public required string Query { get; init; }

    /// <summary>The type of a row's fields that change, where a language has no optional members.</summary>
    public required string Changes { get; init; }

    /// <summary>The type of the conditions of lists, where it has a name.</summary>
    public required string Filter { get; init; }

    /// <summary>What holds the fields that lists are sorted by, where it has a name.</summary>
    public required string Sort { get; init; }

    /// <summary>What holds the references that lists expand, where it has a name.</summary>
    public required string Expand { get; init; }

    /// <summary>The parameters that name a row, in the order of the key.</summary>
    public required ImmutableArray<KeyParameter> Key { get; init; }
}

/// <summary>A parameter that names a row, with others where the key has several fields.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Property">The field.</param>
public sealed record KeyParameter(string Name, Property Property);
