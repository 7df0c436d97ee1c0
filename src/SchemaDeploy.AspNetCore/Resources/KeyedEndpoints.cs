using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Handlers of the requests that read single rows; see <see cref="ReadEndpoints{TService,TEntity,TResponse}"/> for lists.</summary>
/// <typeparam name="TService">The service that does the work.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
public class KeyedEndpoints<TService, TEntity, TKey, TResponse> : ReadEndpoints<TService, TEntity, TResponse>
    where TService : KeyedReader<TEntity, TKey, TResponse>
    where TEntity : class
    where TKey : notnull
    where TResponse : class
{
    // The same for every row, and so looked up once.
    private readonly Lazy<bool> _holdsDocuments;

    /// <summary>Handlers whose parts the initialiser gives.</summary>
    public KeyedEndpoints() => _holdsDocuments = new(HoldsDocuments);

    /// <summary>The key that the request's path names.</summary>
    public required Func<HttpRequest, TKey> Key { get; init; }

    /// <summary>GET of one row.</summary>
    public async Task Get(HttpContext http)
    {
        var (fields, expansions) = ListRequestReader.ReadSingle(http.Request.Query, Shape);
        var row = await Service(http).GetAsync(Key(http.Request), http.RequestAborted);
        if (fields.IsEmpty && expansions.IsEmpty)
        {
            await SendAsync(http, row, unless: http.Request.Headers.IfNoneMatch);
            return;
        }

        await ExpandAsync(http, [row], expansions);
        await Writer(http, fields, expansions).WriteRowAsync(row);
    }

    /// <summary>Handles GET of the rows of another resource that belong to one of this resource's.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoints">The other resource.</param>
    /// <param name="exists">The condition that only the row of a key meets.</param>
    /// <param name="scope">The condition that the rows belonging to a key meet.</param>
    public async Task ListOf<TOther, TOtherEntity, TOtherResponse>(
        HttpContext http,
        ReadEndpoints<TOther, TOtherEntity, TOtherResponse> endpoints,
        Func<TKey, Expression<Func<TEntity, bool>>> exists,
        Func<TKey, Expression<Func<TOtherEntity, bool>>> scope)
        where TOther : ResourceReader<TOtherEntity, TOtherResponse>
        where TOtherEntity : class
        where TOtherResponse : class
    {
        var key = Key(http.Request);
        if (!await Service(http).ExistsAsync(exists(key), http.RequestAborted))
        {
            throw new ApiException(404, "There is no such row.");
        }

        await endpoints.ListAsync(http, scope(key));
    }

    /// <summary>Sends a whole row with its tag, or the tag alone where the header <paramref name="unless"/> names it.</summary>
    private protected async Task SendAsync(HttpContext http, TResponse row, StringValues unless = default)
    {
        using var content = new RentedBuffer();
        var etag = TagOf(row, content);
        http.Response.Headers.ETag = etag;
        if (ETag.Matches(unless, etag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await Writer(http, [], []).WriteAsync(content.Written);
    }

    /// <summary>The tag of a row.</summary>
    internal string TagOf(TResponse row)
    {
        using var content = new RentedBuffer();
        return TagOf(row, content);
    }

    // The row is left in the buffer.
    private string TagOf(TResponse row, RentedBuffer content)
    {
        ResponseWriter<TResponse>.Serialize(row, Json, content);
        return ETag.Of(content.Written.Span, _holdsDocuments.Value);
    }

    private bool HoldsDocuments() => ETag.HoldsDocuments(Json);

    private protected static TService Service(HttpContext http) => http.RequestServices.GetRequiredService<TService>();
}
