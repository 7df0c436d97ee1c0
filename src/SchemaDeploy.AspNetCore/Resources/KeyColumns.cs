using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Keys in translated queries. EF Core takes no tuple apart, so each column of a key enters a query by itself.</summary>
internal static class KeyColumns
{
    /// <summary>What EF Core makes of a query of the database for rows, by an owner and a key.</summary>
    public static Func<DbContext, TOwner, TKey, IAsyncEnumerable<TEntity>> Translate<TEntity, TOwner, TKey>(
        Expression<Func<DbContext, TOwner, TKey, IQueryable<TEntity>>> query)
    {
        if (!typeof(ITuple).IsAssignableFrom(typeof(TKey)))
        {
            return EF.CompileAsyncQuery(query);
        }

        var (database, owner, key) = (query.Parameters[0], query.Parameters[1], query.Parameters[2]);
        var splitter = new Splitter(key);
        var body = splitter.Visit(query.Body);
        var split = Expression.Lambda(body, [database, owner, .. splitter.Columns.Values]);
        Type[] types = [.. split.Parameters.Select(parameter => parameter.Type), typeof(TEntity)];
        var translated = Expression.Lambda<Func<Delegate>>(Expression.Call(typeof(EF), nameof(EF.CompileAsyncQuery), types, split)).Compile()();
        return Expression.Lambda<Func<DbContext, TOwner, TKey, IAsyncEnumerable<TEntity>>>(
            Expression.Invoke(Expression.Constant(translated), [database, owner, .. splitter.Columns.Keys]), query.Parameters).Compile();
    }

    /// <summary>Puts parameters where elements of a key are.</summary>
    private sealed class Splitter(ParameterExpression key) : ExpressionVisitor
    {
        /// <summary>The elements, as the key has them, and their parameters.</summary>
        public OrderedDictionary<MemberExpression, ParameterExpression> Columns { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (!IsOfKey(node))
            {
                return base.VisitMember(node);
            }

            var column = Expression.Parameter(node.Type, $"key{Columns.Count + 1}");
            Columns.Add(node, column);
            return column;
        }

        // From the eighth element on, tuples have those that remain in a tuple of its own.
        private bool IsOfKey(Expression? node) => node == key || (node is MemberExpression member && IsOfKey(member.Expression));
    }
}
