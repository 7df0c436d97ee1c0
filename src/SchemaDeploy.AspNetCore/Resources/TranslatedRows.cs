using System.Collections.Immutable;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>The translated queries of all rows of a table, or of those that are a caller's own.</summary>
internal abstract class TranslatedRows<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    /// <summary>The row of <paramref name="key"/>; null where there is none.</summary>
    public abstract Task<TEntity?> FindAsync(DbContext database, Caller caller, TKey key, CancellationToken cancellationToken);

    /// <summary>
    /// The rows of <see cref="KeysetPaging.Page"/>, filters aside; null where the request is for another order than that of
    /// the key, or for a place behind a key of several columns.
    /// </summary>
    public abstract IAsyncEnumerable<TEntity>? Page(DbContext database, Caller caller, ListRequest<TEntity> request);
}

/// <inheritdoc/>
internal sealed class TranslatedRows<TEntity, TKey, TOwner> : TranslatedRows<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    private readonly IReadOnlyList<ResourceField<TEntity>> _fields;
    private readonly Func<Caller, TOwner> _ownerOf;
    private readonly RowsByKey<TEntity, TKey>? _shared;
    private readonly Lazy<Func<TEntity, TOwner, bool>>? _isOwn;
    private readonly TranslatedQuery<Func<DbContext, TOwner, TKey, IAsyncEnumerable<TEntity>>> _row;
    private readonly TranslatedQuery<Func<DbContext, TOwner, TKey, int, IAsyncEnumerable<TEntity>>> _first, _last, _after, _before;

    /// <param name="shape">Has the fields of the key.</param>
    /// <param name="isKey">Whether a row has a key.</param>
    /// <param name="rowsByKey">The rows of several keys; null where keys are compared by the database alone.</param>
    /// <param name="isOwn">Whether a row belongs to the user of a key; null where all rows are meant.</param>
    /// <param name="ownerOf">The key of the user who asks, which queries of all rows do not look at.</param>
    public TranslatedRows(
        ResourceShape<TEntity> shape,
        Expression<Func<TEntity, TKey, bool>> isKey,
        RowsByKey<TEntity, TKey>? rowsByKey,
        Expression<Func<TEntity, TOwner, bool>>? isOwn,
        Func<Caller, TOwner> ownerOf)
    {
        (_fields, _ownerOf) = (shape.Key, ownerOf);
        // Who asks for a row together with others is told apart from its owner here.
        if (isOwn is null || (PlainKey.Is(typeof(TOwner)) && !ReferenceUse.IsIn(isOwn)))
        {
            _shared = rowsByKey;
            _isOwn = isOwn is null ? null : new(isOwn.Compile);
        }

        Expression<Func<DbContext, IQueryable<TEntity>>> table = database => database.Set<TEntity>().AsNoTracking();
        var database = table.Parameters[0];
        var owner = Expression.Parameter(typeof(TOwner), "owner");
        var key = Expression.Parameter(typeof(TKey), "key");
        var limit = Expression.Parameter(typeof(int), "limit");

        // Only puts expressions together, by the code that does so for all other lists, and is never run.
        IQueryable<TEntity> rows = new EnumerableQuery<TEntity>(table.Body);
        if (isOwn is not null)
        {
            rows = rows.Where(isOwn.With(owner));
        }

        _row = new(context => KeyColumns.Translate(Expression.Lambda<Func<DbContext, TOwner, TKey, IQueryable<TEntity>>>(
            rows.Where(isKey.With(key)).Expression.LeaveOutUnseen<TEntity>(context), database, owner, key)));
        _first = Translate(() => rows, descending: false);
        _last = Translate(() => rows, descending: true);
        _after = Translate(() => rows.Where(shape.Key[0].BehindValue(key, descending: false)), descending: false);
        _before = Translate(() => rows.Where(shape.Key[0].BehindValue(key, descending: true)), descending: true);

        TranslatedQuery<Func<DbContext, TOwner, TKey, int, IAsyncEnumerable<TEntity>>> Translate(Func<IQueryable<TEntity>> rows, bool descending) =>
            new(context => EF.CompileAsyncQuery(Expression.Lambda<Func<DbContext, TOwner, TKey, int, IQueryable<TEntity>>>(
                Take(KeysetPaging.Order(rows(), OrderOf(shape, descending), reverse: false, hasNullsLast: false), limit).LeaveOutUnseen<TEntity>(context),
                database,
                owner,
                key,
                limit)));
    }

    public override async Task<TEntity?> FindAsync(DbContext database, Caller caller, TKey key, CancellationToken cancellationToken)
    {
        var owner = _ownerOf(caller);
        if (_shared is not null && SharedLookup<TEntity, TKey>.Find(database, _shared) is { } lookup)
        {
            var (isFound, found) = await lookup.TryFindAsync(key, cancellationToken);
            if (isFound)
            {
                return found is not null && (_isOwn is null || _isOwn.Value(found, owner)) ? found : null;
            }
        }

        // No key has two rows, so that the database need not be told to stop at one.
        await foreach (var row in _row.In(database)(database, owner, key).WithCancellation(cancellationToken))
        {
            return row;
        }

        return null;
    }

    public override IAsyncEnumerable<TEntity>? Page(DbContext database, Caller caller, ListRequest<TEntity> request)
    {
        var key = default(TKey);
        if (!IsByKey(request.Sort) || (request.Cursor is not null && !TryRead(request.Cursor, out key)))
        {
            return null;
        }

        // What is read from its end to its beginning is the other order read from its beginning.
        var query = (request.Cursor, request.Sort[0].Descending != request.IsBackward) switch
        {
            (null, false) => _first,
            (null, true) => _last,
            (_, false) => _after,
            _ => _before,
        };
        return query.In(database)(database, _ownerOf(caller), key!, request.Limit + 1);
    }

    private bool IsByKey(ImmutableArray<SortTerm<TEntity>> sort)
    {
        for (var i = 0; i < sort.Length && i < _fields.Count; i++)
        {
            if (sort[i].Field != _fields[i] || sort[i].Descending != sort[0].Descending)
            {
                return false;
            }
        }

        return sort.Length > 0 && sort.Length == _fields.Count;
    }

    private bool TryRead(Cursor cursor, out TKey? key)
    {
        var value = cursor.Values is [{ } text] ? _fields[0].Parse(text) : null;
        key = value is TKey known ? known : default;
        return value is TKey;
    }

    private static ImmutableArray<SortTerm<TEntity>> OrderOf(ResourceShape<TEntity> shape, bool descending) =>
        [.. shape.Order.Select(term => term with { Descending = descending })];

    private static MethodCallExpression Take(IQueryable<TEntity> rows, ParameterExpression limit) =>
        Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(TEntity)], rows.Expression, limit);
}
