using System.Collections.Immutable;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>Who may do something. Whatever anybody may do, ADMIN may do too; <see cref="None"/> excludes ADMIN as well.</summary>
public sealed record Grant
{
    private Grant()
    {
    }

    /// <summary>Nobody.</summary>
    public static Grant None { get; } = new();

    /// <summary>ADMIN alone.</summary>
    public static Grant Admin { get; } = new() { ForAdmin = true };

    /// <summary>Everybody, also without a token.</summary>
    public static Grant Anyone { get; } = new() { ForAdmin = true, ForUser = true, ForAnyone = true };

    /// <summary>Every user who has signed in.</summary>
    public static Grant User { get; } = new() { ForAdmin = true, ForUser = true };

    /// <summary>A user, with the rows that are the user's own.</summary>
    public static Grant Owner { get; } = new() { ForAdmin = true, ForOwner = true };

    /// <summary>Whether nobody has to sign in.</summary>
    public bool ForAnyone { get; private init; }

    private bool ForAdmin { get; init; }

    private bool ForUser { get; init; }

    private bool ForOwner { get; init; }

    private ImmutableArray<string> ForRoles { get; init; } = [];

    /// <summary>Users who have one of <paramref name="roles"/>.</summary>
    public static Grant Roles(params ImmutableArray<string> roles) => new() { ForAdmin = true, ForRoles = roles };

    /// <summary>Whoever either of both admits.</summary>
    public static Grant operator |(Grant left, Grant right) => left.Or(right);

    /// <summary>Whoever this or <paramref name="other"/> admits.</summary>
    public Grant Or(Grant other) => new()
    {
        ForAdmin = ForAdmin || other.ForAdmin,
        ForAnyone = ForAnyone || other.ForAnyone,
        ForUser = ForUser || other.ForUser,
        ForOwner = ForOwner || other.ForOwner,
        ForRoles = ForRoles.AddRange(other.ForRoles),
    };

    /// <summary>Which rows <paramref name="caller"/> is admitted to.</summary>
    internal Admission Admit(Caller caller)
    {
        if (caller.IsSystem || ForAnyone || (ForAdmin && caller.IsAdmin) || (ForUser && caller.IsAuthenticated))
        {
            return Admission.AllRows;
        }

        foreach (var role in ForRoles)
        {
            if (caller.Is(role))
            {
                return Admission.AllRows;
            }
        }

        return ForOwner && caller.IsAuthenticated ? Admission.OwnRows : Admission.NoRows;
    }
}

/// <summary>The rows that a caller is admitted to.</summary>
internal enum Admission
{
    /// <summary>None.</summary>
    NoRows,

    /// <summary>Those that are the caller's own.</summary>
    OwnRows,

    /// <summary>All.</summary>
    AllRows,
}
