using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The users who sign in, be they rows of the schema's users table or of the library's own.</summary>
internal interface IAccountStore
{
    /// <summary>The role that may do what any other may, as the schema writes it.</summary>
    string AdminRole { get; }

    /// <summary>Whether people register; else an administrator creates the users.</summary>
    bool IsOpen { get; }

    /// <summary>The account of an e-mail; null where there is none.</summary>
    Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>The account of a row; null where there is none.</summary>
    Task<Account?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The account of a row with one of its sessions; null where either is missing.</summary>
    Task<(Account Account, Session Session)?> FindAsync(string id, string session, CancellationToken cancellationToken);

    /// <summary>Has the query of <see cref="FindAsync(string, string, CancellationToken)"/> translated before somebody waits for it.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whether any user may do everything.</summary>
    Task<bool> HasAdminAsync(CancellationToken cancellationToken);

    /// <summary>Reads a registration, with everything that is wrong with it told.</summary>
    /// <exception cref="Problems.ApiException">The request cannot be carried out as it stands.</exception>
    Task<Registration> ReadAsync(HttpRequest request);

    /// <summary>A registration with an e-mail alone; null where the users table asks for more.</summary>
    Registration? FromEmail(string email, string password);

    /// <summary>Creates the row of a new user, in a transaction of its own or the one that is open.</summary>
    Task<Account> CreateAsync(Registration registration, string passwordHash, bool asAdmin, CancellationToken cancellationToken);

    /// <summary>Replaces the hash of a password.</summary>
    Task SetPasswordHashAsync(string id, string hash, CancellationToken cancellationToken);

    /// <summary>What users see of themselves: id, e-mail and role in every application, and the row's own fields.</summary>
    Task<JsonObject> DescribeAsync(Account account, CancellationToken cancellationToken);
}

/// <summary>What a user registers with.</summary>
/// <param name="Email">The e-mail.</param>
/// <param name="Password">The password.</param>
/// <param name="Request">The whole request, as the store reads it.</param>
internal sealed record Registration(string Email, string Password, object Request);
