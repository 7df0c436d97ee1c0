using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// The users of a schema whose users refer to other rows (a tenant, a store): somebody has to create those first, and
/// cannot be such a user yet. So the first administrator is the library's own.
/// </summary>
internal sealed class CombinedAccountStore(IAccountStore users, OwnAccountStore admins, FirstAdmin firstAdmin) : IAccountStore
{
    public string AdminRole => users.AdminRole;

    public bool IsOpen => users.IsOpen;

    public async Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        await users.FindByEmailAsync(email, cancellationToken) ?? await admins.FindByEmailAsync(email, cancellationToken);

    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) ?? await admins.FindAsync(id, cancellationToken);

    public async Task<(Account Account, Session Session)?> FindAsync(string id, string session, CancellationToken cancellationToken) =>
        await users.FindAsync(id, session, cancellationToken) ?? await admins.FindAsync(id, session, cancellationToken);

    public Task PrepareAsync(CancellationToken cancellationToken) => users.PrepareAsync(cancellationToken);

    public async Task<bool> HasAdminAsync(CancellationToken cancellationToken) =>
        await users.HasAdminAsync(cancellationToken) || await admins.HasAdminAsync(cancellationToken);

    public async Task<Registration> ReadAsync(HttpRequest request)
    {
        if (!firstAdmin.IsWhoeverComesFirst || await HasAdminAsync(request.HttpContext.RequestAborted))
        {
            return await users.ReadAsync(request);
        }

        // With an e-mail and a password alone, nobody can be meant but the first administrator.
        request.EnableBuffering();
        try
        {
            return await admins.ReadAsync(request);
        }
        catch (ApiException) when (users.IsOpen)
        {
            request.Body.Position = 0;
            return await users.ReadAsync(request);
        }
    }

    public Registration? FromEmail(string email, string password) => admins.FromEmail(email, password);

    public Task<Account> CreateAsync(Registration registration, string passwordHash, bool asAdmin, CancellationToken cancellationToken) =>
        registration.Request is not OwnUserCreate ? users.CreateAsync(registration, passwordHash, asAdmin, cancellationToken)
        : asAdmin ? admins.CreateAsync(registration, passwordHash, asAdmin: true, cancellationToken)
        : throw new ApiException(409, "Somebody else has become the first administrator meanwhile. Register with all fields.");

    public async Task SetPasswordHashAsync(string id, string hash, CancellationToken cancellationToken) =>
        await (await StoreOfAsync(id, cancellationToken)).SetPasswordHashAsync(id, hash, cancellationToken);

    public async Task<JsonObject> DescribeAsync(Account account, CancellationToken cancellationToken) =>
        await (await StoreOfAsync(account.Id, cancellationToken)).DescribeAsync(account, cancellationToken);

    private async Task<IAccountStore> StoreOfAsync(string id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is null ? admins : users;
}
