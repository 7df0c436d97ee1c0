using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The users of an application whose schema has a users table.</summary>
internal sealed class UserAccountStore<TService, TEntity, TKey, TCreate, TUpdate, TResponse>(
    DbContext database, TService service, ResourceEndpoints<TService, TEntity, TKey, TCreate, TUpdate, TResponse> endpoints)
    : AccountStore<TEntity, TKey>(database, service.Map)
    where TService : AccountService<TEntity, TKey, TCreate, TUpdate, TResponse>
    where TEntity : class
    where TKey : IParsable<TKey>
    where TCreate : class, IValidatable, IAccountRequest
    where TUpdate : class, IValidatable, IAccountRequest
    where TResponse : class
{
    public override async Task<Registration> ReadAsync(HttpRequest request)
    {
        if (!IsOpen)
        {
            throw new ApiException(403, "Users do not register here: an administrator creates them.");
        }

        var body = await JsonBody.ReadAsync(request, endpoints.CreateJson);
        service.CheckRegistration(body);
        return new Registration(body.Email!, body.Password!, body);
    }

    public override Registration? FromEmail(string email, string password) =>
        service.RequestFromEmail(email) is { } request ? new Registration(email, password, request) : null;

    public override async Task<Account> CreateAsync(
        Registration registration, string passwordHash, bool asAdmin, CancellationToken cancellationToken) =>
        await GetAsync(await service.RegisterAsync((TCreate)registration.Request, passwordHash, asAdmin, cancellationToken), cancellationToken);

    protected override async Task<JsonObject> ShowAsync(TKey key, CancellationToken cancellationToken) =>
        (JsonObject)JsonSerializer.SerializeToNode(await service.ShowAsync(key, cancellationToken), endpoints.Json)!;
}
