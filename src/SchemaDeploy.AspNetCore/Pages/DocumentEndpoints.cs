using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Pages;

/// <summary>Serves what the build put into the application: the OpenAPI document and the diagram of the schema.</summary>
internal static class DocumentEndpoints
{
    private const string OpenApiResource = "SchemaDeploy.openapi.json";
    private const string DiagramResource = "SchemaDeploy.schema.html";

    public static void MapDocuments(this IEndpointRouteBuilder routes, string title)
    {
        routes.MapDocument("/openapi/v1.json", OpenApiResource, "application/json; charset=utf-8");
        routes.MapDocument("/schema", DiagramResource, "text/html; charset=utf-8");
        routes.MapScalarApiReference("/docs", options => options
            .WithTitle(title)
            .WithOpenApiRoutePattern("/openapi/v1.json")
            .DisableDefaultFonts()
            .DisableTelemetry());
    }

    private static void MapDocument(this IEndpointRouteBuilder routes, string path, string resource, string contentType)
    {
        if (Assembly.GetEntryAssembly() is not { } assembly || assembly.GetManifestResourceInfo(resource) is null)
        {
            return;
        }

        var document = new Lazy<(byte[] Bytes, string ETag)>(() => Load(assembly, resource));
        routes.MapGet(path, http =>
        {
            var (bytes, etag) = document.Value;
            http.Response.Headers.ETag = etag;
            http.Response.Headers.CacheControl = "no-cache";
            if (ETag.Matches(http.Request.Headers[HeaderNames.IfNoneMatch], etag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            http.Response.ContentType = contentType;
            http.Response.ContentLength = bytes.Length;
            return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
        });
    }

    private static (byte[] Bytes, string ETag) Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, $"\"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
    }
}
