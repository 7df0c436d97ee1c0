using Microsoft.EntityFrameworkCore;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>What signing in needs of a user and the schema's users table has no column for.</summary>
internal sealed class AccountExtra
{
    /// <summary>The key of the user's row as text.</summary>
    public required string UserId { get; init; }

    /// <summary>The hash of the password, where the table's column cannot hold one.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>The role, where the table's column cannot say it.</summary>
    public string? Role { get; set; }

    /// <summary>The row of a user, a new one where there is none.</summary>
    public static async Task<AccountExtra> OfAsync(DbContext database, string userId, CancellationToken cancellationToken) =>
        await database.Set<AccountExtra>().FirstOrDefaultAsync(extra => extra.UserId == userId, cancellationToken)
        ?? database.Add(new AccountExtra { UserId = userId }).Entity;
}
