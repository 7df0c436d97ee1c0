using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>The queries of a table that are asked most, translated once for each model: a row by its key, a page by the key.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
public sealed class RowQueries<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    internal RowQueries(TranslatedRows<TEntity, TKey> all, TranslatedRows<TEntity, TKey>? own) => (All, Own) = (all, own);

    /// <summary>Of all rows.</summary>
    internal TranslatedRows<TEntity, TKey> All { get; }

    /// <summary>Of the rows that are a caller's own; null where rows have no owners.</summary>
    internal TranslatedRows<TEntity, TKey>? Own { get; }
}

/// <summary>
/// Makes the queries of a table. Key and owner come as parameters of the conditions: what is translated serves every
/// caller, so no value of one may be part of it.
/// </summary>
public static class RowQueries
{
    /// <summary>The queries of a table whose rows have no owners.</summary>
    /// <param name="shape">Says by which fields pages are ordered.</param>
    /// <param name="isKey">Whether a row has a key.</param>
    public static RowQueries<TEntity, TKey> Of<TEntity, TKey>(
        ResourceShape<TEntity> shape, Expression<Func<TEntity, TKey, bool>> isKey)
        where TEntity : class
        where TKey : notnull =>
        new(All(shape, isKey, out _), own: null);

    /// <summary>The queries of a table whose rows belong to users.</summary>
    /// <param name="shape">Says by which fields pages are ordered.</param>
    /// <param name="isKey">Whether a row has a key.</param>
    /// <param name="isOwn">Whether a row belongs to the user of a key.</param>
    public static RowQueries<TEntity, TKey> Of<TEntity, TKey, TOwner>(
        ResourceShape<TEntity> shape, Expression<Func<TEntity, TKey, bool>> isKey, Expression<Func<TEntity, TOwner, bool>> isOwn)
        where TEntity : class
        where TKey : notnull
        where TOwner : IParsable<TOwner> =>
        new(
            All(shape, isKey, out var rowsByKey),
            new TranslatedRows<TEntity, TKey, TOwner>(shape, isKey, rowsByKey, isOwn, static caller => caller.Key<TOwner>()));

    // Who asks for a row of his own and who asks for one of all are answered by one statement.
    private static TranslatedRows<TEntity, TKey, object?> All<TEntity, TKey>(
        ResourceShape<TEntity> shape, Expression<Func<TEntity, TKey, bool>> isKey, out RowsByKey<TEntity, TKey>? rowsByKey)
        where TEntity : class
        where TKey : notnull
    {
        rowsByKey = RowsByKey<TEntity, TKey>.Of(isKey);
        return new(shape, isKey, rowsByKey, isOwn: null, static _ => null);
    }
}
