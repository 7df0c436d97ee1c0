using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>How the rows of a table sign in: which of their properties says what.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
public sealed class AccountMap<TEntity, TKey>
    where TEntity : class
    where TKey : IParsable<TKey>
{
    private readonly Lazy<Func<TEntity, TKey>> _readKey;
    private readonly Lazy<Func<TEntity, string?>> _readEmail;

    /// <summary>A map whose parts the initialiser gives.</summary>
    public AccountMap()
    {
        _readKey = new(() => Key!.Compile());
        _readEmail = new(() => Email!.Compile());
    }

    /// <summary>The key.</summary>
    public required Expression<Func<TEntity, TKey>> Key { get; init; }

    /// <summary>The e-mail.</summary>
    public required Expression<Func<TEntity, string?>> Email { get; init; }

    /// <summary>The name of the e-mail in requests.</summary>
    public required string EmailField { get; init; }

    /// <summary>The password's hash; null where the table has no column that can hold one, and the library keeps it.</summary>
    public Expression<Func<TEntity, string?>>? PasswordHash { get; init; }

    /// <summary>Sets the password's hash.</summary>
    public Action<TEntity, string>? SetPasswordHash { get; init; }

    /// <summary>The role; null where the table has no column for it, and the library keeps it.</summary>
    public Expression<Func<TEntity, string?>>? Role { get; init; }

    /// <summary>Whether the role is the one that may do everything.</summary>
    public Expression<Func<TEntity, bool>>? IsAdmin { get; init; }

    /// <summary>The role that may do everything, as the schema writes it.</summary>
    public string AdminRole { get; init; } = OwnUser.AdminRole;

    /// <summary>Makes the row that of an administrator.</summary>
    public Action<TEntity>? MakeAdmin { get; init; }

    /// <summary>Whether the row's status lets the user in.</summary>
    public Expression<Func<TEntity, bool>> MaySignIn { get; init; } = static _ => true;

    /// <summary>Whether a row refers to rows that have to be there first, so that the first administrator is the library's own.</summary>
    public bool NeedsOtherRows { get; init; }

    /// <summary>Whether people register; else an administrator creates the users.</summary>
    public bool IsOpen { get; init; } = true;

    internal string IdOf(TEntity entity) => AccountKey.Format(_readKey.Value(entity));

    internal string? EmailOf(TEntity entity) => _readEmail.Value(entity);
}
