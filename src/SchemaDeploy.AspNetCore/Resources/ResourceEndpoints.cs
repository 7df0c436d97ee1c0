using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Handlers of the requests that change a resource; see <see cref="ReadEndpoints{TService,TEntity,TResponse}"/> for lists.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TCreate">The request that creates a row.</typeparam>
/// <typeparam name="TUpdate">The request that replaces a row's fields.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
public sealed class ResourceEndpoints<TService, TEntity, TKey, TCreate, TUpdate, TResponse>
    : ReadEndpoints<TService, TEntity, TResponse>
    where TService : ResourceService<TEntity, TKey, TCreate, TUpdate, TResponse>
    where TEntity : class
    where TCreate : class, IValidatable
    where TUpdate : class, IValidatable
    where TResponse : class
{
    // The same for every row, and so looked up once.
    private readonly Lazy<bool> _holdsDocuments;

    /// <summary>Handlers whose parts the initialiser gives.</summary>
    public ResourceEndpoints() => _holdsDocuments = new(HoldsDocuments);

    /// <summary>Reads the request's body when it creates a row.</summary>
    public required JsonTypeInfo<TCreate> CreateJson { get; init; }

    /// <summary>Reads the request's body when it creates several rows.</summary>
    public required JsonTypeInfo<List<TCreate>> CreateManyJson { get; init; }

    /// <summary>Reads the request's body when it changes a row.</summary>
    public required JsonTypeInfo<TUpdate> UpdateJson { get; init; }

    /// <summary>The key that the request's path names.</summary>
    public required Func<HttpRequest, TKey> Key { get; init; }

    /// <summary>The path of a row behind that of its list.</summary>
    public required Func<TResponse, string> Path { get; init; }

    /// <summary>GET of one row.</summary>
    public async Task Get(HttpContext http)
    {
        var (fields, expansions) = ListRequestReader.ReadSingle(http.Request.Query, Shape);
        var row = await Service(http).GetAsync(Key(http.Request), http.RequestAborted);
        if (fields.IsEmpty && expansions.IsEmpty)
        {
            var etag = TagOf(row);
            http.Response.Headers.ETag = etag;
            if (ETag.Matches(http.Request.Headers.IfNoneMatch, etag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        await ExpandAsync(http, [row], expansions);
        await Writer(http, fields, expansions).WriteRowAsync(row);
    }

    /// <summary>POST of one row.</summary>
    public async Task Create(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var request = await JsonBody.ReadAsync(http.Request, CreateJson);
        var row = await Service(http).CreateAsync(request, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"{http.Request.PathBase}{http.Request.Path.Value?.TrimEnd('/')}/{Path(row)}";
        http.Response.Headers.ETag = TagOf(row);
        await Writer(http, [], []).WriteRowAsync(row);
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
        await Service(http).DeleteAsync(Key(http.Request), Precondition(http.Request), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Handles GET of the rows of another resource that belong to one of this resource's.</summary>
    /// <param name="endpoints">The other resource.</param>
    /// <param name="exists">The condition that only the row of a key meets.</param>
    /// <param name="scope">The condition that the rows belonging to a key meet.</param>
    public RequestDelegate ListOf<TOther, TOtherEntity, TOtherResponse>(
        ReadEndpoints<TOther, TOtherEntity, TOtherResponse> endpoints,
        Func<TKey, Expression<Func<TEntity, bool>>> exists,
        Func<TKey, Expression<Func<TOtherEntity, bool>>> scope)
        where TOther : ResourceReader<TOtherEntity, TOtherResponse>
        where TOtherEntity : class
        where TOtherResponse : class => async http =>
        {
            var key = Key(http.Request);
            if (!await Service(http).ExistsAsync(exists(key), http.RequestAborted))
            {
                throw new ApiException(404, "There is no such row.");
            }

            await endpoints.ListAsync(http, scope(key));
        };

    private async Task UpdateAsync(HttpContext http, Func<TUpdate, TUpdate> change)
    {
        var row = await Service(http).UpdateAsync(Key(http.Request), change, Precondition(http.Request), http.RequestAborted);
        http.Response.Headers.ETag = TagOf(row);
        await Writer(http, [], []).WriteRowAsync(row);
    }

    private Func<TResponse, bool>? Precondition(HttpRequest request)
    {
        var condition = request.Headers.IfMatch;
        return condition.Count == 0 ? null : row => ETag.Matches(condition, TagOf(row));
    }

    private string TagOf(TResponse row) => ETag.Of(row, Json, _holdsDocuments.Value);

    private bool HoldsDocuments() => ETag.HoldsDocuments(Json);

    private static TService Service(HttpContext http) => http.RequestServices.GetRequiredService<TService>();
}
