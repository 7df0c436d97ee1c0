using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Rows that are read, all together and each by its key.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="endpoints">The handlers of REST.</param>
public class KeyedGraph<TService, TEntity, TKey, TResponse>(KeyedEndpoints<TService, TEntity, TKey, TResponse> endpoints)
    : ReadGraph<TService, TEntity, TResponse>(endpoints)
    where TService : KeyedReader<TEntity, TKey, TResponse>
    where TEntity : class
    where TKey : notnull
    where TResponse : class
{
    /// <summary>The field of Query that gives one row.</summary>
    public required string One { get; init; }

    /// <summary>The key that arguments name.</summary>
    public required Func<GraphArguments, TKey> Key { get; init; }

    internal override void AddTo(Resolvers resolvers)
    {
        base.AddTo(resolvers);
        resolvers.Query(One, GetAsync);
    }

    private async Task<object?> GetAsync(IResolveFieldContext context)
    {
        var service = Service(context);
        return await service.FindAsync(KeyOf(context), context.CancellationToken) is { } row ? service.Show(row) : null;
    }

    private protected TKey KeyOf(IResolveFieldContext context) => Key(new GraphArguments(context));

    private protected static TService Service(IResolveFieldContext context) => context.RequestServices!.GetRequiredService<TService>();
}
