using GraphQL;
using GraphQL.DataLoader;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// Loads values for the keys that are asked for, all at once when the first of them is needed: one statement for a level
/// of a query, whatever the number of its rows.
/// </summary>
internal sealed class BatchLoader<TKey, TValue>(Func<IReadOnlyCollection<TKey>, CancellationToken, Task<Dictionary<TKey, TValue>>> fetch)
    where TKey : notnull
    where TValue : class
{
    private Batch _open = new(fetch);

    /// <summary>The loader of a request that <paramref name="owner"/> tells from others.</summary>
    public static BatchLoader<TKey, TValue> For(
        IResolveFieldContext context, object owner, Func<IReadOnlyCollection<TKey>, CancellationToken, Task<Dictionary<TKey, TValue>>> fetch)
    {
        var loaders = ((RequestState)context.UserContext).Loaders;
        if (!loaders.TryGetValue(owner, out var loader))
        {
            loaders.Add(owner, loader = new BatchLoader<TKey, TValue>(fetch));
        }

        return (BatchLoader<TKey, TValue>)loader;
    }

    /// <summary>The value of a key, to be had when no more keys are asked for.</summary>
    public IDataLoaderResult Load(TKey key)
    {
        if (_open.HasBegun)
        {
            _open = new Batch(fetch);
        }

        return _open.Add(key);
    }

    /// <summary>The keys of one level, and their values.</summary>
    private sealed class Batch(Func<IReadOnlyCollection<TKey>, CancellationToken, Task<Dictionary<TKey, TValue>>> fetch)
    {
        private readonly HashSet<TKey> _keys = [];
        private Task<Dictionary<TKey, TValue>>? _values;

        public bool HasBegun => _values is not null;

        public IDataLoaderResult Add(TKey key)
        {
            _keys.Add(key);
            return new Result(this, key);
        }

        private async Task<object?> GetAsync(TKey key, CancellationToken cancellationToken)
        {
            var values = await (_values ??= fetch(_keys, cancellationToken));
            return values.GetValueOrDefault(key);
        }

        private sealed class Result(Batch batch, TKey key) : IDataLoaderResult
        {
            public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) => batch.GetAsync(key, cancellationToken);
        }
    }
}
