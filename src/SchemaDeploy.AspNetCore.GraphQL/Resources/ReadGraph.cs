using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Rows that are read, all together.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="endpoints">The handlers of REST.</param>
public class ReadGraph<TService, TEntity, TResponse>(ReadEndpoints<TService, TEntity, TResponse> endpoints) : RowsGraph
    where TService : ResourceReader<TEntity, TResponse>
    where TEntity : class
    where TResponse : class
{
    private static readonly MethodInfo s_textOf = typeof(ReadGraph<TService, TEntity, TResponse>).GetMethod(nameof(TextOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The rows of other resources that belong to a row.</summary>
    public IReadOnlyList<CollectionGraph<TResponse>> Collections { get; init; } = [];

    /// <summary>What lists can be asked for.</summary>
    internal ResourceShape<TEntity> Shape => endpoints.Shape;

    internal override void AddTo(Resolvers resolvers)
    {
        var references = endpoints.Expansions.ToDictionary(expansion => expansion.Name, StringComparer.Ordinal);
        foreach (var property in endpoints.Json.Properties)
        {
            if (references.TryGetValue(property.Name, out var reference))
            {
                resolvers.Loaded(Type, NameOf(property.Name), context => Load(context, reference));
            }
            else
            {
                resolvers.Value(Type, NameOf(property.Name), GetterOf(property));
            }
        }

        foreach (var collection in Collections)
        {
            resolvers.Loaded(Type, collection.Name, collection.Load);
        }

        resolvers.Query(Many, ListAsync);
    }

    private async Task<object?> ListAsync(IResolveFieldContext context)
    {
        var request = PageArguments.Read(context, Shape, this, ListRequest<TEntity>.DefaultLimit);
        var service = context.RequestServices!.GetRequiredService<TService>();
        return Connection.Of(service, request, await service.ReadAsync(request, null, context.CancellationToken));
    }

    private static object? Load(IResolveFieldContext context, Expansion<TResponse> reference) =>
        reference.KeyOf((TResponse)context.Source!) is { } key
            ? BatchLoader<object, object>.For(context, reference, (keys, cancellation) => reference.FindAsync(context.RequestServices!, keys, cancellation)).Load(key)
            : null;

    private static Func<object, object?> GetterOf(JsonPropertyInfo property)
    {
        var get = property.Get!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
        {
            var text = EnumText(type);
            return row => get(row) is { } value ? text(value) : null;
        }

        if (type.IsGenericType && type.GetGenericArguments() is [{ IsEnum: true } item])
        {
            var text = EnumText(item);
            return row => get(row) is System.Collections.IEnumerable values ? values.Cast<object>().Select(text).ToList() : null;
        }

        return get;
    }

    private static Func<object, string> EnumText(Type type) => s_textOf.MakeGenericMethod(type).CreateDelegate<Func<object, string>>();

    private static string TextOf<TEnum>(object value)
        where TEnum : struct, Enum => EnumText<TEnum>.ToText((TEnum)value);
}
