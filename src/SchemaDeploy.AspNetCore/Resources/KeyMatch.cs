using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Conditions over keys of several columns.</summary>
public static class KeyMatch
{
    /// <summary>The rows that have one of <paramref name="keys"/>.</summary>
    public static Expression<Func<TEntity, bool>> Any<TEntity, TKey>(
        IReadOnlyList<TKey> keys, Func<TKey, Expression<Func<TEntity, bool>>> match)
    {
        // Halving keeps the expression's depth logarithmic, so that hundreds of keys exhaust no stack.
        Expression<Func<TEntity, bool>> Within(int start, int count) => count == 1
            ? match(keys[start])
            : Within(start, count / 2).Or(Within(start + (count / 2), count - (count / 2)));

        return keys.Count == 0 ? _ => false : Within(0, keys.Count);
    }
}
