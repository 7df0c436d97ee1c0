using System.Linq.Expressions;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>The rows of another resource that belong to a row.</summary>
/// <typeparam name="TParentResponse">What clients see of the row that they belong to.</typeparam>
/// <param name="name">The field.</param>
public abstract class CollectionGraph<TParentResponse>(string name)
{
    /// <summary>The field.</summary>
    public string Name { get; } = name;

    /// <summary>The rows of the row that is asked for them.</summary>
    internal abstract object? Load(IResolveFieldContext context);
}

/// <summary>Rows that refer to the one that they belong to by a foreign key.</summary>
/// <typeparam name="TParentResponse">What clients see of the row that they belong to.</typeparam>
/// <typeparam name="TParent">The entity that they belong to.</typeparam>
/// <typeparam name="TService">The service that reads the rows.</typeparam>
/// <typeparam name="TEntity">Their entity.</typeparam>
/// <typeparam name="TResponse">What clients see of them.</typeparam>
/// <typeparam name="TKey">The foreign key's value; a tuple for several columns.</typeparam>
/// <param name="name">The field.</param>
/// <param name="graph">The rows' resource; asked for when it is needed, as two resources may name each other here.</param>
public sealed class CollectionGraph<TParentResponse, TParent, TService, TEntity, TResponse, TKey>(string name, Func<ReadGraph<TService, TEntity, TResponse>> graph)
    : CollectionGraph<TParentResponse>(name)
    where TParent : class
    where TService : ResourceReader<TEntity, TResponse>
    where TEntity : class
    where TResponse : class
    where TKey : notnull
{
    /// <summary>What the rows refer to, of the response.</summary>
    public required Func<TParentResponse, TKey> Key { get; init; }

    /// <summary>What the rows refer to, of the entity.</summary>
    public required Func<TParent, TKey> ParentKey { get; init; }

    /// <summary>What a row refers to.</summary>
    public required Func<TEntity, TKey> ForeignKey { get; init; }

    /// <summary>The entities of the given keys.</summary>
    public required Func<IReadOnlyList<TKey>, Expression<Func<TParent, bool>>> Parents { get; init; }

    /// <summary>The rows that refer to one of the given keys.</summary>
    public required Func<IReadOnlyList<TKey>, Expression<Func<TEntity, bool>>> Rows { get; init; }

    /// <summary>Whether a row refers to an entity.</summary>
    public required Expression<Func<TParent, TEntity, bool>> Join { get; init; }

    /// <summary>Whether at most one row refers to each.</summary>
    public bool IsSingle { get; init; }

    internal override object? Load(IResolveFieldContext context)
    {
        // Fields of one place in the query have the same arguments, whatever row they are of.
        var place = (this, context.FieldAst.Location.Start);
        return BatchLoader<TKey, object>.For(context, place, (keys, cancellation) => FetchAsync(context, keys, cancellation))
            .Load(Key((TParentResponse)context.Source!));
    }

    private async Task<Dictionary<TKey, object>> FetchAsync(IResolveFieldContext context, IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken)
    {
        var service = context.RequestServices!.GetRequiredService<TService>();
        var list = keys.ToList();
        if (IsSingle)
        {
            var rows = await service.Matching(new ListRequest<TEntity>(), Rows(list)).ToListAsync(cancellationToken);
            return rows.ToDictionary(ForeignKey, row => (object)service.Show(row));
        }

        var request = PageArguments.Read(context, graph().Shape, graph(), PageArguments.NestedLimit);
        var parents = context.RequestServices!.GetRequiredService<DbContext>().Set<TParent>().AsNoTracking().Where(Parents(list));
        var matching = service.Matching(request, Rows(list));
        var pages = await EachPaging.ReadAsync(parents, matching, Join, ForeignKey, request, cancellationToken);
        var totals = request.Count ? await EachPaging.CountAsync(parents, matching, Join, ParentKey, cancellationToken) : null;
        return keys.ToDictionary(key => key, key => (object)Connection.Of(service, request, (pages.GetValueOrDefault(key) ?? new([], false, false)) with { Total = totals?[key] }));
    }
}
