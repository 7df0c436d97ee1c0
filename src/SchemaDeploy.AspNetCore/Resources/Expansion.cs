using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>A reference that <c>expand</c> shows whole: one query for a page, whatever its length.</summary>
/// <typeparam name="TResponse">The response that holds the reference.</typeparam>
public abstract class Expansion<TResponse>(string name)
{
    /// <summary>The JSON name that <c>expand</c> takes.</summary>
    public string Name { get; } = name;

    /// <summary>What a response refers to; null for nothing.</summary>
    internal abstract object? KeyOf(TResponse response);

    /// <summary>The referenced rows that the caller may read, by their keys.</summary>
    internal abstract Task<Dictionary<object, object>> FindAsync(
        IServiceProvider services, IReadOnlyCollection<object> keys, CancellationToken cancellationToken);

    /// <summary>Loads the referenced rows of all <paramref name="responses"/> and puts them in.</summary>
    internal async Task LoadAsync(IServiceProvider services, IReadOnlyList<TResponse> responses, CancellationToken cancellationToken)
    {
        var keys = responses.Select(KeyOf).OfType<object>().ToHashSet();
        if (keys.Count == 0)
        {
            return;
        }

        var targets = await FindAsync(services, keys, cancellationToken);
        foreach (var response in responses)
        {
            if (KeyOf(response) is { } key && targets.TryGetValue(key, out var target))
            {
                Assign(response, target);
            }
        }
    }

    private protected abstract void Assign(TResponse response, object target);
}

/// <summary>A resource whose rows can be looked up by a condition, as the caller may see them.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TResponse">Its response.</typeparam>
public interface IResourceLookup<TEntity, TResponse>
{
    /// <summary>The rows that meet <paramref name="condition"/> and that the caller may read.</summary>
    Task<List<TResponse>> FindAsync(Expression<Func<TEntity, bool>> condition, CancellationToken cancellationToken);
}

/// <summary>The usual expansion: a foreign key that names rows of another resource.</summary>
/// <typeparam name="TResponse">The response that holds the reference.</typeparam>
/// <typeparam name="TTarget">The referenced entity.</typeparam>
/// <typeparam name="TTargetResponse">The referenced resource's response.</typeparam>
/// <typeparam name="TKey">The foreign key's value; a tuple for several columns.</typeparam>
/// <param name="name">The JSON name.</param>
/// <param name="foreignKey">The foreign key of a response, a TKey; null where it refers to nothing.</param>
/// <param name="targetKey">The key of a referenced response.</param>
/// <param name="match">The rows that have one of the keys.</param>
/// <param name="assign">Puts a referenced row into a response.</param>
public class ReferenceExpansion<TResponse, TTarget, TTargetResponse, TKey>(
    string name,
    Func<TResponse, object?> foreignKey,
    Func<TTargetResponse, TKey> targetKey,
    Func<IReadOnlyList<TKey>, Expression<Func<TTarget, bool>>> match,
    Action<TResponse, TTargetResponse> assign)
    : Expansion<TResponse>(name)
    where TTargetResponse : class
    where TKey : notnull
{
    internal override object? KeyOf(TResponse response) => foreignKey(response);

    internal override async Task<Dictionary<object, object>> FindAsync(
        IServiceProvider services, IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
    {
        var lookup = services.GetRequiredService<IResourceLookup<TTarget, TTargetResponse>>();
        var targets = await lookup.FindAsync(match(keys.Cast<TKey>().ToList()), cancellationToken);
        return targets.ToDictionary(target => (object)targetKey(target), target => (object)target);
    }

    private protected override void Assign(TResponse response, object target) => assign(response, (TTargetResponse)target);
}

/// <summary>An expansion of a foreign key to the primary key: a single row is found by the query that gives a row by its key.</summary>
/// <inheritdoc/>
public sealed class RowExpansion<TResponse, TTarget, TTargetResponse, TKey>(
    string name,
    Func<TResponse, object?> foreignKey,
    Func<TTargetResponse, TKey> targetKey,
    Func<IReadOnlyList<TKey>, Expression<Func<TTarget, bool>>> match,
    Action<TResponse, TTargetResponse> assign)
    : ReferenceExpansion<TResponse, TTarget, TTargetResponse, TKey>(name, foreignKey, targetKey, match, assign)
    where TTarget : class
    where TTargetResponse : class
    where TKey : notnull
{
    internal override async Task<Dictionary<object, object>> FindAsync(
        IServiceProvider services, IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 1
            || services.GetRequiredService<IResourceLookup<TTarget, TTargetResponse>>() is not KeyedReader<TTarget, TKey, TTargetResponse> reader)
        {
            return await base.FindAsync(services, keys, cancellationToken);
        }

        var key = keys.First();
        return await reader.FindResponseAsync((TKey)key, cancellationToken) is { } target ? new() { [key] = target } : [];
    }
}
