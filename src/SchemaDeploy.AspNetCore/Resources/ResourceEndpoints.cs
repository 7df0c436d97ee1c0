using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Handlers of the requests that change a resource; see <see cref="KeyedEndpoints{TService,TEntity,TKey,TResponse}"/> for reading.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TCreate">The request that creates a row.</typeparam>
/// <typeparam name="TUpdate">The request that replaces a row's fields.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
public sealed class ResourceEndpoints<TService, TEntity, TKey, TCreate, TUpdate, TResponse>
    : KeyedEndpoints<TService, TEntity, TKey, TResponse>
    where TService : ResourceService<TEntity, TKey, TCreate, TUpdate, TResponse>
    where TEntity : class
    where TKey : notnull
    where TCreate : class, IValidatable
    where TUpdate : class, IValidatable
    where TResponse : class
{
    /// <summary>Reads the request's body when it creates a row.</summary>
    public required JsonTypeInfo<TCreate> CreateJson { get; init; }

    /// <summary>Reads the request's body when it creates several rows.</summary>
    public required JsonTypeInfo<List<TCreate>> CreateManyJson { get; init; }

    /// <summary>Reads the request's body when it changes a row.</summary>
    public required JsonTypeInfo<TUpdate> UpdateJson { get; init; }

    /// <summary>The path of a row behind that of its list.</summary>
    public required Func<TResponse, string> Path { get; init; }

    /// <summary>POST of one row.</summary>
    public async Task Create(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var request = await JsonBody.ReadAsync(http.Request, CreateJson);
        var row = await Service(http).CreateAsync(request, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"{http.Request.PathBase}{http.Request.Path.Value?.TrimEnd('/')}/{Path(row)}";
        await SendAsync(http, row);
    }

    /// <summary>POST of several rows, all or none.</summary>
    public async Task CreateBatch(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var requests = await JsonBody.ReadManyAsync(http.Request, CreateManyJson);
        var rows = await Service(http).CreateAsync(requests, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status201Created;
        await Writer(http, [], []).WritePageAsync(new Page<TResponse>(rows, null, null, null));
    }

    /// <summary>PUT: all fields are replaced.</summary>
    public async Task Replace(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var request = await JsonBody.ReadAsync(http.Request, UpdateJson);
        await UpdateAsync(http, _ => request);
    }

    /// <summary>PATCH: the fields of a JSON merge patch (RFC 7396) are replaced.</summary>
    public async Task Update(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        await UpdateAsync(http, await JsonBody.ReadPatchAsync(http.Request, UpdateJson));
    }

    /// <summary>DELETE of one row.</summary>
    public async Task Delete(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        await Service(http).DeleteAsync(Key(http.Request), Precondition(http.Request.Headers.IfMatch), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task UpdateAsync(HttpContext http, Func<TUpdate, TUpdate> change)
    {
        var row = await Service(http).UpdateAsync(Key(http.Request), change, Precondition(http.Request.Headers.IfMatch), http.RequestAborted);
        await SendAsync(http, row);
    }

    /// <summary>Whether a row has one of the tags in <paramref name="condition"/>; null where none is asked for.</summary>
    internal Func<TResponse, bool>? Precondition(StringValues condition) =>
        condition.Count == 0 ? null : row => ETag.Matches(condition, TagOf(row));
}
