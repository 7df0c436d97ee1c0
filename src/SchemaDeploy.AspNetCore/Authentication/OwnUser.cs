namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>A user who is no row of the application's users: the first ADMIN, where those refer to rows that have to be there first.</summary>
internal sealed class OwnUser
{
    public const string UserRole = "USER";
    public const string AdminRole = "ADMIN";
    public const string ActiveStatus = "ACTIVE";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Email { get; set; }

    public required string PasswordHash { get; set; }

    public string Role { get; set; } = UserRole;

    /// <summary>Whoever is not <see cref="ActiveStatus"/> may not sign in.</summary>
    public string Status { get; set; } = ActiveStatus;

    public DateTime CreatedAt { get; set; }

    /// <summary>How these users sign in.</summary>
    public static AccountMap<OwnUser, Guid> Map { get; } = new()
    {
        Key = user => user.Id,
        Email = user => user.Email,
        EmailField = "email",
        PasswordHash = user => user.PasswordHash,
        SetPasswordHash = (user, hash) => user.PasswordHash = hash,
        Role = user => user.Role,
        IsAdmin = user => user.Role == AdminRole,
        MakeAdmin = user => user.Role = AdminRole,
        MaySignIn = user => user.Status == ActiveStatus,
    };
}
