using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>What is the same for every table of users.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <param name="database">The unit of work.</param>
/// <param name="map">Which of the entity's properties says what.</param>
internal abstract class AccountStore<TEntity, TKey>(DbContext database, AccountMap<TEntity, TKey> map) : IAccountStore
    where TEntity : class
    where TKey : IParsable<TKey>
{
    protected DbContext Database { get; } = database;

    protected AccountMap<TEntity, TKey> Map { get; } = map;

    private DbSet<TEntity> Users => Database.Set<TEntity>();

    public string AdminRole => Map.AdminRole;

    public bool IsOpen => Map.IsOpen;

    public async Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        // Where the schema lets several rows have one e-mail, the first of them is its account.
        var row = await Users.AsNoTracking().Where(HasEmail(email)).OrderBy(Map.Key).Select(Row(Map)).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : await ToAccountAsync(row, cancellationToken);
    }

    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = AccountKey.TryParse<TKey>(id, out var key)
            ? await Users.AsNoTracking().Where(HasKey(key)).Select(Row(Map)).FirstOrDefaultAsync(cancellationToken)
            : null;
        return row is null ? null : await ToAccountAsync(row, cancellationToken);
    }

    public async Task<(Account Account, Session Session)?> FindAsync(string id, string session, CancellationToken cancellationToken)
    {
        var found = AccountKey.TryParse<TKey>(id, out var key) ? await FindAsync(key, id, session, cancellationToken) : null;
        return found is null ? null : (await ToAccountAsync(found, cancellationToken), found.Session!);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => FindAsync(default!, "", "", cancellationToken);

    public async Task<bool> HasAdminAsync(CancellationToken cancellationToken) =>
        (Map.IsAdmin is { } isAdmin && await Users.AnyAsync(isAdmin, cancellationToken))
        || (UsesExtra && await Extras.AnyAsync(extra => extra.Role == OwnUser.AdminRole, cancellationToken));

    public abstract Task<Registration> ReadAsync(HttpRequest request);

    public abstract Registration? FromEmail(string email, string password);

    public abstract Task<Account> CreateAsync(Registration registration, string passwordHash, bool asAdmin, CancellationToken cancellationToken);

    public async Task SetPasswordHashAsync(string id, string hash, CancellationToken cancellationToken)
    {
        if (Map.SetPasswordHash is not null && AccountKey.TryParse<TKey>(id, out var key))
        {
            Map.SetPasswordHash(await Users.FirstAsync(HasKey(key), cancellationToken), hash);
        }
        else
        {
            (await AccountExtra.OfAsync(Database, id, cancellationToken)).PasswordHash = hash;
        }

        await Database.SaveChangesAsync(cancellationToken);
    }

    public async Task<JsonObject> DescribeAsync(Account account, CancellationToken cancellationToken)
    {
        var key = AccountKey.Parse<TKey>(account.Id);
        var answer = new JsonObject { ["id"] = AccountKey.ToJson(key), ["email"] = account.Email, ["role"] = account.Role };
        foreach (var (name, value) in await ShowAsync(key, cancellationToken))
        {
            answer.TryAdd(name, value?.DeepClone());
        }

        return answer;
    }

    /// <summary>The fields of a user's row.</summary>
    protected abstract Task<JsonObject> ShowAsync(TKey key, CancellationToken cancellationToken);

    /// <summary>Whether the table lacks a column for something, which the library keeps then.</summary>
    private bool UsesExtra => Map.PasswordHash is null || Map.MakeAdmin is null;

    private DbSet<AccountExtra> Extras => Database.Set<AccountExtra>();

    /// <summary>The condition that only the row of <paramref name="key"/> meets.</summary>
    protected Expression<Func<TEntity, bool>> HasKey(TKey key) =>
        Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(Map.Key.Body, Captured.Value(key)), Map.Key.Parameters);

    /// <summary>The account of a new row.</summary>
    protected async Task<Account> GetAsync(TEntity entity, CancellationToken cancellationToken) =>
        (await FindAsync(Map.IdOf(entity), cancellationToken))!;

    private Task<AccountRow?> FindAsync(TKey key, string id, string session, CancellationToken cancellationToken) => Users.AsNoTracking()
        .Where(HasKey(key))
        .SelectMany(user => Database.Set<Session>().Where(row => row.Id == session && row.UserId == id), RowWithSession(Map))
        .FirstOrDefaultAsync(cancellationToken);

    private Expression<Func<TEntity, bool>> HasEmail(string email) =>
        Expression.Lambda<Func<TEntity, bool>>(
            Expression.Equal(Map.Email.Body, Captured.Value(EmailConverter.Normalise(email))), Map.Email.Parameters);

    // Only the columns that signing in needs are read, in one query.
    private static Expression<Func<TEntity, AccountRow>> Row(AccountMap<TEntity, TKey> map)
    {
        var row = map.Key.Parameters[0];
        return Expression.Lambda<Func<TEntity, AccountRow>>(Expression.MemberInit(Expression.New(typeof(AccountRow)), Members(map, row)), row);
    }

    private static Expression<Func<TEntity, Session, AccountRow>> RowWithSession(AccountMap<TEntity, TKey> map)
    {
        var (row, session) = (map.Key.Parameters[0], Expression.Parameter(typeof(Session), "session"));
        var members = Members(map, row).Append(Expression.Bind(typeof(AccountRow).GetProperty(nameof(AccountRow.Session))!, session));
        return Expression.Lambda<Func<TEntity, Session, AccountRow>>(Expression.MemberInit(Expression.New(typeof(AccountRow)), members), row, session);
    }

    private static IEnumerable<MemberBinding> Members(AccountMap<TEntity, TKey> map, ParameterExpression row)
    {
        var parts = new (string Name, LambdaExpression? Value)[]
        {
            (nameof(AccountRow.Key), map.Key),
            (nameof(AccountRow.Email), map.Email),
            (nameof(AccountRow.PasswordHash), map.PasswordHash),
            (nameof(AccountRow.Role), map.Role),
            (nameof(AccountRow.IsAdmin), map.IsAdmin),
            (nameof(AccountRow.MaySignIn), map.MaySignIn),
        };
        return parts
            .Where(part => part.Value is not null)
            .Select(part => Expression.Bind(typeof(AccountRow).GetProperty(part.Name)!, part.Value!.BodyOn(row)));
    }

    private async Task<Account> ToAccountAsync(AccountRow row, CancellationToken cancellationToken)
    {
        var id = AccountKey.Format(row.Key);
        var extra = UsesExtra ? await Extras.AsNoTracking().FirstOrDefaultAsync(extra => extra.UserId == id, cancellationToken) : null;
        return new Account
        {
            Id = id,
            Email = row.Email ?? "",
            PasswordHash = Map.PasswordHash is null ? extra?.PasswordHash : row.PasswordHash,
            Role = extra?.Role ?? (Map.Role is null ? OwnUser.UserRole : row.Role),
            IsAdmin = row.IsAdmin || extra?.Role == OwnUser.AdminRole,
            MaySignIn = row.MaySignIn,
        };
    }

    private sealed class AccountRow
    {
        public TKey Key { get; init; } = default!;

        public string? Email { get; init; }

        public string? PasswordHash { get; init; }

        public string? Role { get; init; }

        public bool IsAdmin { get; init; }

        public bool MaySignIn { get; init; }

        public Session? Session { get; init; }
    }
}
