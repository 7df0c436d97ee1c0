using System.Text.Json.Nodes;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Rows that are read and written.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TCreate">The request that creates a row.</typeparam>
/// <typeparam name="TUpdate">The request that replaces a row's fields.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="endpoints">The handlers of REST.</param>
public sealed class ResourceGraph<TService, TEntity, TKey, TCreate, TUpdate, TResponse>(
    ResourceEndpoints<TService, TEntity, TKey, TCreate, TUpdate, TResponse> endpoints)
    : KeyedGraph<TService, TEntity, TKey, TResponse>(endpoints)
    where TService : ResourceService<TEntity, TKey, TCreate, TUpdate, TResponse>
    where TEntity : class
    where TKey : notnull
    where TCreate : class, IValidatable
    where TUpdate : class, IValidatable
    where TResponse : class
{
    /// <summary>The field of Mutation that creates a row; null where there is none.</summary>
    public string? Create { get; init; }

    /// <summary>The field of Mutation that creates several rows; null where there is none.</summary>
    public string? CreateMany { get; init; }

    /// <summary>The field of Mutation that changes a row; null where there is none.</summary>
    public string? Update { get; init; }

    /// <summary>The field of Mutation that deletes a row; null where there is none.</summary>
    public string? Delete { get; init; }

    /// <summary>The field of Subscription that tells of changes; null where there is none.</summary>
    public string? Changed { get; init; }

    /// <summary>What <see cref="Changed"/> says happened to a row.</summary>
    public string ChangeKind { get; init; } = "kind";

    /// <summary>What <see cref="Changed"/> gives of a row.</summary>
    public string ChangeNode { get; init; } = "node";

    /// <summary>The argument of mutations that holds the fields.</summary>
    public string Input { get; init; } = "input";

    /// <summary>The field of a row that tells it from what it was before.</summary>
    public string ETag { get; init; } = "etag";

    /// <summary>The argument of mutations that holds the tag which the row must still have.</summary>
    public string IfMatch { get; init; } = "ifMatch";

    /// <summary>Whether a key refuses the same row when a client sends it again.</summary>
    public bool HasUniqueRows { get; init; }

    internal override void AddTo(Resolvers resolvers)
    {
        base.AddTo(resolvers);
        AddMutation(Create, isKept: !HasUniqueRows, CreateAsync);
        AddMutation(CreateMany, isKept: !HasUniqueRows, CreateManyAsync);
        AddMutation(Update, isKept: false, UpdateAsync);
        AddMutation(Delete, isKept: false, DeleteAsync);
        if ((Update ?? Delete) is not null)
        {
            resolvers.Value(Type, ETag, row => endpoints.TagOf((TResponse)row));
        }

        if (Changed is not null)
        {
            AddSubscription(resolvers, Changed);
        }

        void AddMutation(string? name, bool isKept, Func<IResolveFieldContext, Task<object?>> carryOut)
        {
            if (name is not null)
            {
                resolvers.Mutation(name, isKept, context => WriteAsync(context, carryOut));
            }
        }
    }

    private void AddSubscription(Resolvers resolvers, string field)
    {
        var type = Type + "Change";
        resolvers.Subscription(field, new RowSubscription<TService, TEntity, TResponse>(field, this, Shape).Resolve);
        resolvers.Value(type, ChangeKind, static change => ((ShownChange)change).Change.Kind.ToString().ToUpperInvariant());
        resolvers.Value(type, ChangeNode, static change => ((ShownChange)change).Node);
        foreach (var part in Shape.Key)
        {
            resolvers.Value(type, NameOf(part.Name), change => part.Value((TEntity)((ShownChange)change).Change.Keys));
        }
    }

    // Each mutation of a request is a write of its own, which knows nothing of what those before it have read.
    private async Task<object?> WriteAsync(IResolveFieldContext context, Func<IResolveFieldContext, Task<object?>> carryOut)
    {
        context.RequestServices!.GetRequiredService<DbContext>().ChangeTracker.Clear();
        try
        {
            return await carryOut(context);
        }
        catch (ApiException problem)
        {
            throw Translate(problem);
        }
    }

    private async Task<object?> CreateAsync(IResolveFieldContext context)
    {
        var input = context.Arguments?.TryGetValue(Input, out var argument) == true ? argument.Value : null;
        var request = JsonBody.Read(() => Fields(input), endpoints.CreateJson);
        return await Service(context).CreateAsync(request, context.CancellationToken);
    }

    private async Task<object?> CreateManyAsync(IResolveFieldContext context)
    {
        var items = (IEnumerable<object?>)context.Arguments![Input].Value!;
        var requests = JsonBody.Read(() => new JsonArray([.. items.Select(Fields)]), endpoints.CreateManyJson);
        return await Service(context).CreateAsync(requests, context.CancellationToken);
    }

    private async Task<object?> UpdateAsync(IResolveFieldContext context)
    {
        var patch = Fields(context.Arguments![Input].Value);
        return await Service(context).UpdateAsync(KeyOf(context), JsonBody.ToPatch(patch, endpoints.UpdateJson), Precondition(context), context.CancellationToken);
    }

    private async Task<object?> DeleteAsync(IResolveFieldContext context)
    {
        await Service(context).DeleteAsync(KeyOf(context), Precondition(context), context.CancellationToken);
        return true;
    }

    private Func<TResponse, bool>? Precondition(IResolveFieldContext context) =>
        context.GetArgument<string?>(IfMatch) is { } condition ? endpoints.Precondition(condition) : null;

    // The body that REST would have been sent.
    private JsonObject Fields(object? input) => new(
        (input as IDictionary<string, object?> ?? new Dictionary<string, object?>()).Select(field => KeyValuePair.Create(JsonNameOf(field.Key), JsonValues.ToNode(field.Value))));
}
