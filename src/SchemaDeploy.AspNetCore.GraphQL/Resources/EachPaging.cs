using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Reads a page of rows for each of several rows of another table, by one statement for all of them.</summary>
internal static class EachPaging
{
    /// <summary>The pages by what their rows refer to; those that are empty are not there.</summary>
    public static async Task<Dictionary<TKey, Slice<TEntity>>> ReadAsync<TParent, TEntity, TKey>(
        IQueryable<TParent> parents,
        IQueryable<TEntity> rows,
        Expression<Func<TParent, TEntity, bool>> join,
        Func<TEntity, TKey> foreignKey,
        ListRequest<TEntity> request,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        // EF Core makes ROW_NUMBER() OVER (PARTITION BY …) of it, or a lateral join.
        var page = Expression.Lambda<Func<TParent, IEnumerable<TEntity>>>(KeysetPaging.Page(Own(rows, join), request, hasNullsLast: false).Expression, join.Parameters[0]);
        var all = await KeysetPaging.Order(parents.SelectMany(page), request.Sort, request.IsBackward, hasNullsLast: false).ToListAsync(cancellationToken);
        return all.GroupBy(foreignKey).ToDictionary(group => group.Key, group => KeysetPaging.Cut(group.ToList(), request));
    }

    /// <summary>How many rows there are for each.</summary>
    public static async Task<Dictionary<TKey, long>> CountAsync<TParent, TEntity, TKey>(
        IQueryable<TParent> parents,
        IQueryable<TEntity> rows,
        Expression<Func<TParent, TEntity, bool>> join,
        Func<TParent, TKey> parentKey,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        var parent = join.Parameters[0];
        var count = Expression.Call(typeof(Queryable), nameof(Queryable.LongCount), [typeof(TEntity)], Own(rows, join).Expression);
        var counted = Expression.MemberInit(
            Expression.New(typeof(Counted<TParent>)),
            Expression.Bind(typeof(Counted<TParent>).GetProperty(nameof(Counted<TParent>.Parent))!, parent),
            Expression.Bind(typeof(Counted<TParent>).GetProperty(nameof(Counted<TParent>.Count))!, count));
        var all = await parents.Select(Expression.Lambda<Func<TParent, Counted<TParent>>>(counted, parent)).ToListAsync(cancellationToken);
        return all.ToDictionary(row => parentKey(row.Parent), row => row.Count);
    }

    // The condition speaks of the parent, which the query around it stands for.
    private static IQueryable<TEntity> Own<TParent, TEntity>(IQueryable<TEntity> rows, Expression<Func<TParent, TEntity, bool>> join) =>
        rows.Where(Expression.Lambda<Func<TEntity, bool>>(join.Body, join.Parameters[1]));

    private sealed class Counted<TParent>
    {
        public TParent Parent { get; set; } = default!;

        public long Count { get; set; }
    }
}
