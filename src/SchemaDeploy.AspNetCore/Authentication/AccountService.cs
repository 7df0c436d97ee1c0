using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// The service of the users table: a resource like any other, whose rows sign in. Requests give passwords, and the
/// database keeps their hashes.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TCreate">The request that creates a row.</typeparam>
/// <typeparam name="TUpdate">The request that replaces a row's fields.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="database">The unit of work.</param>
/// <param name="caller">On whose behalf the work is done.</param>
/// <param name="access">Who may do what.</param>
/// <param name="guardians">Rules of the application's own.</param>
/// <param name="accounts">How the rows sign in.</param>
public abstract class AccountService<TEntity, TKey, TCreate, TUpdate, TResponse>(
    DbContext database, Caller caller, ResourceAccess access, IEnumerable<IGuardian<TEntity>> guardians, AccountMap<TEntity, TKey> accounts)
    : ResourceService<TEntity, TKey, TCreate, TUpdate, TResponse>(database, caller, access, guardians)
    where TEntity : class
    where TKey : IParsable<TKey>
    where TCreate : class, IValidatable, IAccountRequest
    where TUpdate : class, IValidatable, IAccountRequest
{
    // Hashing takes its time, and is done before a transaction begins.
    private readonly Dictionary<TCreate, NewAccount> _new = new(ReferenceEqualityComparer.Instance);

    /// <summary>How the rows sign in.</summary>
    internal AccountMap<TEntity, TKey> Map { get; } = accounts;

    private PasswordPolicy Policy => Database.GetService<PasswordPolicy>();

    private Passwords Passwords => Database.GetService<Passwords>();

    /// <summary>A request with nothing but an e-mail; null where a row needs more.</summary>
    protected virtual TCreate? FromEmail(string email) => null;

    internal TCreate? RequestFromEmail(string email) => FromEmail(email);

    /// <summary>Reports what is wrong with the request of somebody who registers.</summary>
    internal void CheckRegistration(TCreate request)
    {
        // Whoever registers is nobody yet, also with the token of an administrator.
        var guard = new FieldGuard("");
        GuardFields(request, guard);
        guard.ThrowIfRefused();
        var validator = new Validator();
        Validate(request, validator);
        if (validator.IsValid)
        {
            // The column may allow what registering does not.
            validator.Required(Map.EmailField, request.Email);
        }

        PasswordPolicy.CheckEmail(validator, Map.EmailField, request.Email);
        validator.ThrowIfInvalid();
    }

    /// <summary>Creates the row of somebody who registers; whoever may create rows otherwise.</summary>
    internal async Task<TEntity> RegisterAsync(TCreate request, string passwordHash, bool asAdmin, CancellationToken cancellationToken)
    {
        _new[request] = new NewAccount(passwordHash, asAdmin);
        return (await InsertAsync([request], isBatch: false, cancellationToken))[0];
    }

    /// <summary>What users see of themselves, whoever may read rows otherwise.</summary>
    internal async Task<TResponse> ShowAsync(TKey key, CancellationToken cancellationToken) =>
        ToResponse(await Rows.AsNoTracking().FirstAsync(HasKey(key), cancellationToken));

    private protected override void Validate(TCreate request, Validator validator)
    {
        base.Validate(request, validator);
        Policy.Check(validator, PasswordPolicy.Field, request.Password, request.Email);
    }

    private protected override void Validate(TUpdate request, Validator validator)
    {
        base.Validate(request, validator);
        Policy.Check(validator, PasswordPolicy.Field, request.Password, request.Email);
    }

    private protected override async Task PrepareAsync(TCreate request, CancellationToken cancellationToken)
    {
        if (!_new.ContainsKey(request))
        {
            _new[request] = new NewAccount(await Passwords.HashAsync(request.Password!, cancellationToken), AsAdmin: false);
        }
    }

    private protected override void Complete(TEntity entity, TCreate request)
    {
        var account = _new[request];
        Map.SetPasswordHash?.Invoke(entity, account.PasswordHash);
        if (account.AsAdmin)
        {
            Map.MakeAdmin?.Invoke(entity);
        }
    }

    private protected override async Task CompleteAsync(TEntity entity, TUpdate request, CancellationToken cancellationToken)
    {
        if (request.Password is not { } password)
        {
            return;
        }

        var (id, hash) = (Map.IdOf(entity), await Passwords.HashAsync(password, cancellationToken));
        if (Map.SetPasswordHash is { } set)
        {
            set(entity, hash);
        }
        else
        {
            (await AccountExtra.OfAsync(Database, id, cancellationToken)).PasswordHash = hash;
        }

        await Sessions.EndAllAsync(Database, id, except: null, cancellationToken);
    }

    private protected override void Inserted(TEntity entity, TCreate request)
    {
        var account = _new[request];
        var extra = new AccountExtra
        {
            UserId = Map.IdOf(entity),
            PasswordHash = Map.SetPasswordHash is null ? account.PasswordHash : null,
            Role = account.AsAdmin && Map.MakeAdmin is null ? OwnUser.AdminRole : null,
        };
        if (extra is not { PasswordHash: null, Role: null })
        {
            Database.Add(extra);
        }
    }

    private protected override async Task RemovedAsync(TEntity entity, CancellationToken cancellationToken)
    {
        // Another user may get the same key one day.
        var id = Map.IdOf(entity);
        await Sessions.EndAllAsync(Database, id, except: null, cancellationToken);
        await Database.Set<AccountExtra>().Where(extra => extra.UserId == id).ExecuteDeleteAsync(cancellationToken);
        await Database.Set<ExternalLogin>().Where(login => login.UserId == id).ExecuteDeleteAsync(cancellationToken);
    }

    private sealed record NewAccount(string PasswordHash, bool AsAdmin);
}
