using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Handlers of the requests that read a resource.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
public class ReadEndpoints<TService, TEntity, TResponse>
    where TService : ResourceReader<TEntity, TResponse>
    where TEntity : class
    where TResponse : class
{
    /// <summary>What lists can be asked for.</summary>
    public required ResourceShape<TEntity> Shape { get; init; }

    /// <summary>Writes responses.</summary>
    public required JsonTypeInfo<TResponse> Json { get; init; }

    /// <summary>The references that <c>expand</c> shows whole.</summary>
    public IReadOnlyList<Expansion<TResponse>> Expansions { get; init; } = [];

    /// <summary>GET of the list.</summary>
    public Task List(HttpContext http) => ListAsync(http, null);

    internal async Task ListAsync(HttpContext http, Expression<Func<TEntity, bool>>? scope)
    {
        var request = ListRequestReader.Read(http.Request.Query, Shape);
        var service = http.RequestServices.GetRequiredService<TService>();
        var page = await service.ListAsync(request, scope, http.RequestAborted);
        await ExpandAsync(http, page.Items, request.Expansions);
        await Writer(http, request.Fields, request.Expansions).WritePageAsync(page);
    }

    private protected async Task ExpandAsync(HttpContext http, IReadOnlyList<TResponse> rows, ImmutableArray<string> expansions)
    {
        foreach (var expansion in Expansions)
        {
            if (expansions.Contains(expansion.Name))
            {
                await expansion.LoadAsync(http.RequestServices, rows, http.RequestAborted);
            }
        }
    }

    private protected ResponseWriter<TResponse> Writer(HttpContext http, ImmutableArray<string> fields, ImmutableArray<string> expansions) =>
        new(http, Json, fields.IsEmpty ? fields : [.. fields, .. expansions]);
}
