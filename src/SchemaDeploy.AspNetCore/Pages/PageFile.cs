using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Pages;

/// <summary>A text of an assembly that is served as it is. It is loaded when it is first asked for.</summary>
internal sealed class PageFile
{
    private readonly Lazy<(byte[] Bytes, string ETag)> _content;
    private readonly string _contentType;
    private readonly string _policy;

    /// <param name="load">Gives the bytes.</param>
    /// <param name="contentType">What they are.</param>
    /// <param name="policy">What the browser may do with them.</param>
    public PageFile(Func<byte[]> load, string contentType, string policy)
    {
        _content = new(() =>
        {
            var bytes = load();
            return (bytes, $"\"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        });
        (_contentType, _policy) = (contentType, policy);
    }

    /// <summary>Whether an assembly has a resource.</summary>
    public static bool Exists(Assembly? assembly, string resource) => assembly?.GetManifestResourceInfo(resource) is not null;

    /// <summary>The bytes of a resource.</summary>
    public static byte[] Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in {assembly}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Answers a request, with nothing where the client has the same text.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        var (bytes, etag) = _content.Value;
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "no-cache";
        // The headers of a 304 take the place of those that the browser has kept.
        http.Response.Headers.ContentSecurityPolicy = _policy;
        if (ETag.Matches(http.Request.Headers[HeaderNames.IfNoneMatch], etag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = _contentType;
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}

/// <summary>How pages stand among the routes.</summary>
internal static class PageRoutes
{
    /// <summary>Lets a route of the application at the same path go before the page.</summary>
    public static IEndpointConventionBuilder YieldsToOthers(this IEndpointConventionBuilder page)
    {
        page.Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
        return page;
    }
}
