using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>Who may do what with the rows of a resource.</summary>
/// <param name="Read">Who may read.</param>
/// <param name="Create">Who may create.</param>
/// <param name="Update">Who may change.</param>
/// <param name="Delete">Who may delete.</param>
public sealed record AccessPolicy(Grant Read, Grant Create, Grant Update, Grant Delete)
{
    /// <summary>The policy that grants everything to the same people.</summary>
    public static AccessPolicy Of(Grant grant) => new(grant, grant, grant, grant);

    /// <summary>Who may do an operation.</summary>
    public Grant For(OperationKind operation) => operation switch
    {
        OperationKind.Create or OperationKind.CreateBatch => Create,
        OperationKind.Replace or OperationKind.Update => Update,
        OperationKind.Delete => Delete,
        _ => Read,
    };
}

/// <summary>Who is meant by a grant. ADMIN is always meant, except by a grant to nobody.</summary>
public sealed record Grant
{
    /// <summary>Nobody.</summary>
    public static readonly Grant None = new();

    /// <summary>ADMIN alone.</summary>
    public static readonly Grant Admin = new() { ToAdmin = true };

    /// <summary>Everybody, also without a token.</summary>
    public static readonly Grant Anyone = new() { ToAdmin = true, ToAnyone = true };

    /// <summary>Whoever has signed in.</summary>
    public static readonly Grant User = new() { ToAdmin = true, ToUsers = true };

    /// <summary>The owner of a row.</summary>
    public static readonly Grant Owner = new() { ToAdmin = true, ToOwner = true };

    /// <summary>Whether ADMIN is meant.</summary>
    public bool ToAdmin { get; init; }

    /// <summary>Whether everybody is meant, also without a token.</summary>
    public bool ToAnyone { get; init; }

    /// <summary>Whether whoever has signed in is meant.</summary>
    public bool ToUsers { get; init; }

    /// <summary>Whether the owner of a row is meant.</summary>
    public bool ToOwner { get; init; }

    /// <summary>Roles that are meant besides, as the schema writes them.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Whether somebody who is not ADMIN may be meant.</summary>
    public bool ReachesBeyondAdmin => ToAnyone || ToUsers || ToOwner || Roles.Length > 0;

    /// <summary>Whether there are rows that some who may be meant do not get.</summary>
    public bool IsByRow => ToOwner && !ToAnyone && !ToUsers;
}

/// <summary>How a row names its owner.</summary>
/// <param name="Path">The references from the row to the one that names the owner; none where the row itself does.</param>
/// <param name="Property">The property that holds the key of the owner.</param>
public sealed record Ownership(ImmutableArray<Reference> Path, Property Property)
{
    /// <summary>Whether the row itself names its owner.</summary>
    public bool IsDirect => Path.IsEmpty;
}

/// <summary>A reference to rows that are not everybody's.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="IsToOwner">Whether the row belongs to the owner of the one referred to, so that only who may change that one may refer to it.</param>
public sealed record GuardedReference(Link Reference, bool IsToOwner);
