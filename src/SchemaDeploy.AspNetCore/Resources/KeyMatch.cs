using System.Linq.Expressions;
using System.Numerics;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Conditions over keys of several columns, which SQL's IN cannot say everywhere.</summary>
public static class KeyMatch
{
    /// <summary>The rows that have one of <paramref name="keys"/>.</summary>
    public static Expression<Func<TEntity, bool>> Any<TEntity, TKey>(
        IReadOnlyList<TKey> keys, Func<TKey, Expression<Func<TEntity, bool>>> match)
    {
        // Halving keeps the expression's depth logarithmic, so that hundreds of keys exhaust no stack. Lengths are
        // filled up to powers of two with the last key, so that EF Core caches a handful of queries, not one a length.
        Expression<Func<TEntity, bool>> Within(int start, int count) => count == 1
            ? match(keys[Math.Min(start, keys.Count - 1)])
            : Within(start, count / 2).Or(Within(start + (count / 2), count / 2));

        return keys.Count == 0 ? _ => false : Within(0, (int)BitOperations.RoundUpToPowerOf2((uint)keys.Count));
    }
}
