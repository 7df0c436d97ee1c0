using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Reads the rows of one table, also of tables and views without a key.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
public abstract class ResourceReader<TEntity, TResponse>(DbContext database) : IResourceLookup<TEntity, TResponse>
    where TEntity : class
{
    /// <summary>The unit of work of the request.</summary>
    protected DbContext Database { get; } = database;

    /// <summary>The rows that exist for the caller: every read and write starts from these.</summary>
    protected virtual IQueryable<TEntity> Rows => Database.Set<TEntity>();

    /// <summary>A page of the rows that meet the request and <paramref name="scope"/>.</summary>
    /// <param name="request">What the client asked for.</param>
    /// <param name="scope">A further condition, as a nested collection has; null for none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<Page<TResponse>> ListAsync(
        ListRequest<TEntity> request, Expression<Func<TEntity, bool>>? scope = null, CancellationToken cancellationToken = default)
    {
        var query = Rows.AsNoTracking();
        if (scope is not null)
        {
            query = query.Where(scope);
        }

        foreach (var filter in request.Filters)
        {
            query = query.Where(filter);
        }

        long? total = request.Count ? await query.LongCountAsync(cancellationToken) : null;
        var (page, next, previous) = request.Offset is { } offset
            ? OffsetPaging.Cut(await OffsetPaging.Page(query, request, offset).ToListAsync(cancellationToken), request, offset)
            : KeysetPaging.Cut(await KeysetPaging.Page(query, request).ToListAsync(cancellationToken), request);
        return new Page<TResponse>(page.ConvertAll(ToResponse), next, previous, total);
    }

    /// <inheritdoc/>
    public async Task<List<TResponse>> FindAsync(Expression<Func<TEntity, bool>> condition, CancellationToken cancellationToken) =>
        (await Rows.AsNoTracking().Where(condition).ToListAsync(cancellationToken)).ConvertAll(ToResponse);

    /// <summary>Whether a row that meets <paramref name="condition"/> exists for the caller.</summary>
    public Task<bool> ExistsAsync(Expression<Func<TEntity, bool>> condition, CancellationToken cancellationToken) =>
        Rows.AnyAsync(condition, cancellationToken);

    /// <summary>What clients see of <paramref name="entity"/>.</summary>
    protected abstract TResponse ToResponse(TEntity entity);
}
