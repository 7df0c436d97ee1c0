using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Pages;

/// <summary>Serves what the build put into the application: the OpenAPI document and the diagram of the schema.</summary>
internal static class DocumentEndpoints
{
    /// <summary>The setting that shows or hides them. They tell how the API is made, so only Development shows them unasked.</summary>
    public const string Setting = "API_DOCS";

    private const string OpenApiResource = "SchemaDeploy.openapi.json";
    private const string DiagramResource = "SchemaDeploy.schema.html";

    private static readonly Lazy<string> s_look = new(() => Encoding.UTF8.GetString(PageFile.Load(typeof(DocumentEndpoints).Assembly, "SchemaDeploy.Pages.docs.css")));

    /// <summary>Maps the documents that the application has, and tells of the pages among them.</summary>
    public static IReadOnlyList<(string Path, string Title)> MapDocuments(this IEndpointRouteBuilder routes, SchemaApiOptions options)
    {
        var pages = new List<(string, string)>();
        if (routes.MapDocument("/openapi/v1.json", options.Documents, OpenApiResource, "application/json; charset=utf-8"))
        {
            routes.MapScalarApiReference("/docs", scalar => Configure(scalar, options.Title)).AllowAnonymous().Finally(Confine);
            pages.Add(("/docs", "API documentation"));
        }

        if (routes.MapDocument("/schema", options.Documents, DiagramResource, "text/html; charset=utf-8"))
        {
            pages.Add(("/schema", "Diagram of the schema"));
        }

        return pages;
    }

    private static void Confine(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } handle)
        {
            endpoint.RequestDelegate = http =>
            {
                http.Response.Headers.ContentSecurityPolicy = SecurityHeadersMiddleware.PagePolicy;
                return handle(http);
            };
        }
    }

    // Everything that would make the reader's browser ask another machine is off.
    private static void Configure(ScalarOptions scalar, string title) => scalar
        .WithTitle(title)
        .WithOpenApiRoutePattern("/openapi/v1.json")
        .WithTheme(ScalarTheme.None)
        .WithCustomCss(s_look.Value)
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .DisableMcp()
        // They send the document to their maker: to share it, to generate an SDK, to deploy.
        .HideDeveloperTools()
        .HideClientButton();

    private static bool MapDocument(this IEndpointRouteBuilder routes, string path, Assembly? assembly, string resource, string contentType)
    {
        if (!PageFile.Exists(assembly, resource))
        {
            return false;
        }

        var file = new PageFile(() => PageFile.Load(assembly!, resource), contentType, SecurityHeadersMiddleware.PagePolicy);
        routes.MapGet(path, file.AnswerAsync).AllowAnonymous();
        return true;
    }
}
