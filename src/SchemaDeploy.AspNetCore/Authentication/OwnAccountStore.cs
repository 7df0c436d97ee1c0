using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The users of an application whose schema has no users table.</summary>
internal sealed class OwnAccountStore(DbContext database, PasswordPolicy policy)
    : AccountStore<OwnUser, Guid>(database, OwnUser.Map)
{
    public override async Task<Registration> ReadAsync(HttpRequest request)
    {
        var body = await JsonBody.ReadAsync(request, AuthenticationJsonContext.Default.OwnUserCreate);
        var validator = new Validator();
        body.Validate(validator);
        PasswordPolicy.CheckEmail(validator, "email", body.Email);
        policy.Check(validator, "password", body.Password, body.Email);
        validator.ThrowIfInvalid();
        return FromEmail(body.Email!, body.Password!);
    }

    public override Registration FromEmail(string email, string password) =>
        new(email, password, new OwnUserCreate { Email = email, Password = password });

    public override async Task<Account> CreateAsync(Registration registration, string passwordHash, bool asAdmin, CancellationToken cancellationToken)
    {
        var user = new OwnUser
        {
            Email = EmailConverter.Normalise(registration.Email),
            PasswordHash = passwordHash,
            Role = asAdmin ? OwnUser.AdminRole : OwnUser.UserRole,
        };
        Database.Add(user);
        await using var transaction = await WriteTransaction.BeginAsync(Database, serializable: false, cancellationToken);
        try
        {
            await Database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            await transaction.RollbackAsync();
            throw await DatabaseRefusal.ExplainAsync(Database, exception, null, Database.GetService<TimeProvider>().GetUtcNow().UtcDateTime, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return await GetAsync(user, cancellationToken);
    }

    protected override async Task<JsonObject> ShowAsync(Guid key, CancellationToken cancellationToken)
    {
        var user = await Database.Set<OwnUser>().AsNoTracking().FirstAsync(user => user.Id == key, cancellationToken);
        return new JsonObject { ["status"] = user.Status, ["created_at"] = user.CreatedAt };
    }
}
