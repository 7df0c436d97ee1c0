using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>The rows of a table that have one of several keys.</summary>
internal sealed class RowsByKey<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    private readonly TranslatedQuery<Func<DbContext, TKey[], IAsyncEnumerable<TEntity>>> _query;

    // Most tables are read by few at a time, and the first answer does not wait for the compiler.
    private readonly Lazy<Func<TEntity, TKey>> _keyOf;

    private RowsByKey(Expression<Func<TEntity, TKey>> key)
    {
        _keyOf = new(key.Compile);
        var database = Expression.Parameter(typeof(DbContext), "database");
        var keys = Expression.Parameter(typeof(TKey[]), "keys");
        Expression<Func<DbContext, IQueryable<TEntity>>> table = database => database.Set<TEntity>().AsNoTracking();
        var isAsked = Expression.Lambda<Func<TEntity, bool>>(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(TKey)], keys, key.Body), key.Parameters);
        // Only puts expressions together, and is never run.
        var rows = new EnumerableQuery<TEntity>(table.BodyOn(database)).Where(isAsked);
        _query = new(context => EF.CompileAsyncQuery(Expression.Lambda<Func<DbContext, TKey[], IQueryable<TEntity>>>(
            rows.Expression.LeaveOutUnseen<TEntity>(context), database, keys)));
    }

    /// <summary>The key of a row.</summary>
    public TKey KeyOf(TEntity row) => _keyOf.Value(row);

    /// <summary>The rows of a table by a key that .NET compares as every database does; null where the key is another one.</summary>
    /// <param name="isKey">Whether a row has a key.</param>
    public static RowsByKey<TEntity, TKey>? Of(Expression<Func<TEntity, TKey, bool>> isKey) =>
        PlainKey.Is(typeof(TKey)) && isKey.Body is BinaryExpression { NodeType: ExpressionType.Equal, Left: MemberExpression member } && member.Type == typeof(TKey)
            ? new(Expression.Lambda<Func<TEntity, TKey>>(member, isKey.Parameters[0]))
            : null;

    /// <summary>The rows that have one of <paramref name="keys"/>.</summary>
    public IAsyncEnumerable<TEntity> In(DbContext database, TKey[] keys) => _query.In(database)(database, keys);
}

/// <summary>Keys that are the same in .NET where they are the same in a database, which text need not be.</summary>
internal static class PlainKey
{
    /// <summary>Whether keys of <paramref name="type"/> are such.</summary>
    public static bool Is(Type type) =>
        type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte)
        || type == typeof(ulong) || type == typeof(uint) || type == typeof(ushort) || type == typeof(sbyte) || type == typeof(Guid);
}
