using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>The table whose rows are the users who sign in.</summary>
public sealed record UserTable
{
    /// <summary>The names of its resource.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>The key that tells users apart.</summary>
    public required Property Key { get; init; }

    /// <summary>What a user signs in with.</summary>
    public required Property Email { get; init; }

    /// <summary>What keeps the password, hashed.</summary>
    public required Property PasswordHash { get; init; }

    /// <summary>What says which role a user has: an enum, text, or a boolean such as <c>is_admin</c>; null where nothing does.</summary>
    public Property? Role { get; init; }

    /// <summary>What says whether a user may sign in: an enum, text, or a boolean such as <c>is_active</c>; null where nothing does.</summary>
    public Property? Status { get; init; }
}

/// <summary>The roles that users of the application can have.</summary>
/// <param name="Names">All of them, as the schema writes them.</param>
/// <param name="Admin">The one that may do what any other may.</param>
/// <param name="Default">The one of users who register.</param>
public sealed record RoleSet(ImmutableArray<string> Names, string Admin, string Default)
{
    /// <summary>The roles where the schema names none.</summary>
    public static RoleSet Usual { get; } = new(["USER", "ADMIN"], "ADMIN", "USER");
}
