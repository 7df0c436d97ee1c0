namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>What signing in needs to know of a user, wherever the user's row is kept.</summary>
internal sealed record Account
{
    /// <summary>The key of the user's row as invariant text.</summary>
    public required string Id { get; init; }

    /// <summary>The e-mail that the user signs in with.</summary>
    public required string Email { get; init; }

    /// <summary>The hash of the password; null where the user has none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The role as the schema writes it; null where the user has none.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the role is the one that may do everything.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Whether the row's status lets the user in.</summary>
    public bool MaySignIn { get; init; }
}
