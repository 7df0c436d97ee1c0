using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Reads the rows of one table, all together and each by its key.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="database">The unit of work.</param>
/// <param name="caller">On whose behalf the work is done.</param>
/// <param name="access">Who may do what.</param>
public abstract class KeyedReader<TEntity, TKey, TResponse>(DbContext database, Caller caller, ResourceAccess access)
    : ResourceReader<TEntity, TResponse>(database, caller, access)
    where TEntity : class
    where TKey : notnull
{
    /// <summary>The row of <paramref name="key"/>.</summary>
    /// <exception cref="ApiException">404: there is none, or the caller may not see it.</exception>
    public async Task<TResponse> GetAsync(TKey key, CancellationToken cancellationToken = default) =>
        ToResponse(await FindAsync(key, cancellationToken) ?? throw NotFound());

    /// <summary>The row of <paramref name="key"/>; null where there is none that the caller may see.</summary>
    internal Task<TEntity?> FindAsync(TKey key, CancellationToken cancellationToken) => Translated is { } rows
        ? rows.FindAsync(Database, Caller, key, cancellationToken)
        : Permitted(Rights.Read).AsNoTracking().FirstOrDefaultAsync(HasKey(key), cancellationToken);

    /// <summary>What the caller sees of the row of <paramref name="key"/>; nothing where it may read no rows.</summary>
    internal async Task<TResponse?> FindResponseAsync(TKey key, CancellationToken cancellationToken) =>
        Rights.Read.Admit(Caller) != Admission.NoRows && await FindAsync(key, cancellationToken) is { } row ? ToResponse(row) : default;

    private protected sealed override IAsyncEnumerable<TEntity>? TranslatedPage(ListRequest<TEntity> request) =>
        Translated?.Page(Database, Caller, request);

    /// <summary>The queries of the table that are translated once; null where each is put together for its request.</summary>
    protected virtual RowQueries<TEntity, TKey>? Queries => null;

    // Other Rows are those that the application lets exist, whatever it says of them.
    private TranslatedRows<TEntity, TKey>? Translated => Rows is not DbSet<TEntity> ? null : Rights.Read.Admit(Caller) switch
    {
        Admission.AllRows => Queries?.All,
        Admission.OwnRows => Queries?.Own,
        _ => null,
    };

    /// <summary>The condition that only the row of <paramref name="key"/> meets.</summary>
    protected abstract Expression<Func<TEntity, bool>> HasKey(TKey key);

    private protected static ApiException NotFound() => new(404, "There is no such row.");
}
