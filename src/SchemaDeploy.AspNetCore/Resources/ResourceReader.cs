using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Reads the rows of one table, also of tables and views without a key.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="database">The unit of work.</param>
/// <param name="caller">On whose behalf the work is done.</param>
/// <param name="access">Who may do what.</param>
public abstract class ResourceReader<TEntity, TResponse>(DbContext database, Caller caller, ResourceAccess access)
    : IResourceLookup<TEntity, TResponse>
    where TEntity : class
{
    /// <summary>The unit of work of the request.</summary>
    protected DbContext Database { get; } = database;

    /// <summary>On whose behalf the work is done.</summary>
    protected Caller Caller { get; } = caller;

    /// <summary>Who may do what.</summary>
    protected ResourceAccess Rights { get; } = access;

    /// <summary>The rows that exist for the application: every read and write starts from these, whoever asks.</summary>
    protected virtual IQueryable<TEntity> Rows => Database.Set<TEntity>();

    /// <summary>The condition that the rows meet which are the caller's own.</summary>
    protected virtual Expression<Func<TEntity, bool>> IsOwn() => static _ => false;

    /// <summary>A page of the rows that meet the request and <paramref name="scope"/>.</summary>
    /// <param name="request">What the client asked for.</param>
    /// <param name="scope">A further condition, as a nested collection has; null for none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<Page<TResponse>> ListAsync(
        ListRequest<TEntity> request, Expression<Func<TEntity, bool>>? scope = null, CancellationToken cancellationToken = default)
    {
        var page = await ReadAsync(request, scope, cancellationToken);
        var (next, previous) = CursorsOf(page, request);
        return new Page<TResponse>(page.Rows.ConvertAll(ToResponse), next, previous, page.Total);
    }

    /// <summary>The rows of a page, before clients see of them what they may.</summary>
    internal async Task<Slice<TEntity>> ReadAsync(
        ListRequest<TEntity> request, Expression<Func<TEntity, bool>>? scope, CancellationToken cancellationToken)
    {
        if (scope is null && request is { Filters.IsEmpty: true, Count: false } && TranslatedPage(request) is { } rows)
        {
            return KeysetPaging.Cut(await KeysetPaging.ReadAsync(rows, request, cancellationToken), request);
        }

        var query = Matching(request, scope);
        long? total = request.Count ? await query.LongCountAsync(cancellationToken) : null;
        var page = request.Offset is { } offset
            ? OffsetPaging.Cut(await OffsetPaging.Page(query, request, offset, Database.IsPostgreSql()).ToListAsync(cancellationToken), request.Limit, offset)
            : KeysetPaging.Cut(await KeysetPaging.Page(query, request, Database.IsPostgreSql()).ToListAsync(cancellationToken), request);
        return page with { Total = total };
    }

    /// <summary>The rows of <see cref="KeysetPaging.Page"/> by a query that has been translated; null where there is none.</summary>
    private protected virtual IAsyncEnumerable<TEntity>? TranslatedPage(ListRequest<TEntity> request) => null;

    /// <summary>The rows that meet the request and <paramref name="scope"/>, whatever the page.</summary>
    /// <exception cref="ApiException">401 or 403: the caller may read none.</exception>
    internal IQueryable<TEntity> Matching(ListRequest<TEntity> request, Expression<Func<TEntity, bool>>? scope)
    {
        var query = Permitted(Rights.Read).AsNoTracking();
        if (scope is not null)
        {
            query = query.Where(scope);
        }

        foreach (var filter in request.Filters)
        {
            query = query.Where(filter);
        }

        return query;
    }

    /// <summary>What clients see of a row that was read for them.</summary>
    internal TResponse Show(TEntity entity) => ToResponse(entity);

    private static (string? Next, string? Previous) CursorsOf(Slice<TEntity> page, ListRequest<TEntity> request)
    {
        if (request.Offset is { } offset)
        {
            return (
                page.HasNext ? OffsetPaging.CursorAt(offset + request.Limit, request.Sort) : null,
                page.HasPrevious ? OffsetPaging.CursorAt(Math.Max(0, offset - request.Limit), request.Sort) : null);
        }

        return page.Rows.Count == 0
            ? (null, null)
            : (page.HasNext ? KeysetPaging.CursorAt(page.Rows[^1], request.Sort, backward: false) : null,
               page.HasPrevious ? KeysetPaging.CursorAt(page.Rows[0], request.Sort, backward: true) : null);
    }

    /// <inheritdoc/>
    public async Task<List<TResponse>> FindAsync(Expression<Func<TEntity, bool>> condition, CancellationToken cancellationToken) =>
        Rights.Read.Admit(Caller) == Admission.NoRows
            ? []
            : (await Permitted(Rights.Read).AsNoTracking().Where(condition).ToListAsync(cancellationToken)).ConvertAll(ToResponse);

    /// <summary>Whether a row that meets <paramref name="condition"/> exists for the caller.</summary>
    public Task<bool> ExistsAsync(Expression<Func<TEntity, bool>> condition, CancellationToken cancellationToken) =>
        Permitted(Rights.Read).AnyAsync(condition, cancellationToken);

    /// <summary>Refuses a caller who may read no rows at all.</summary>
    /// <exception cref="ApiException">401 or 403: that is so.</exception>
    internal void RequireRead() => Permitted(Rights.Read);

    /// <summary>
    /// Whether the caller could read a row that is gone, judged by its keys. Where the application itself says which rows
    /// there are, or another row says whose the row was, nobody can tell.
    /// </summary>
    internal bool CouldRead(TEntity keys)
    {
        if (Rows is not DbSet<TEntity>)
        {
            return false;
        }

        switch (Rights.Read.Admit(Caller))
        {
            case Admission.AllRows:
                return true;
            case Admission.OwnRows:
                var isOwn = IsOwn();
                return !ReferenceUse.IsIn(isOwn) && isOwn.Compile(preferInterpretation: true)(keys);
            default:
                throw Refusal();
        }
    }

    /// <summary>The rows that a grant gives the caller.</summary>
    /// <exception cref="ApiException">401 or 403: it gives the caller none.</exception>
    private protected IQueryable<TEntity> Permitted(Grant grant) => grant.Admit(Caller) switch
    {
        Admission.AllRows => Rows,
        Admission.OwnRows => Rows.Where(IsOwn()),
        _ => throw Refusal(),
    };

    /// <summary>The answer to a caller whom no grant admits.</summary>
    private protected ApiException Refusal() => Caller.IsAuthenticated
        ? new(403, "You may not do this.")
        : new(401, "Sign in first, and send the token as Authorization: Bearer.");

    /// <summary>What clients see of <paramref name="entity"/>.</summary>
    protected abstract TResponse ToResponse(TEntity entity);
}
