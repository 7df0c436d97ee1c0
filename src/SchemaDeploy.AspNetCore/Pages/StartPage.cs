using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Pages;

/// <summary>
/// The page at / in Development: what there is, and the first requests to make. It has no script, and is written when it
/// is asked for, with the address that the browser used.
/// </summary>
internal static partial class StartPage
{
    private const string Path = "/";
    private const string Title = "Start page";

    // What the application may have, each shown where its route is mapped.
    private static readonly (string Path, string Title, string Text)[] s_places =
    [
        (AdminPage.Path, AdminPage.Title, "Look at rows and change them, as ADMIN"),
        ("/docs", "API documentation", "Every request, with its fields and answers"),
        ("/schema", "Schema diagram", "Tables and what refers to what"),
        ("/graphql", "GraphQL", "Queries and mutations, by POST with a token"),
        ("/openapi/v1.json", "OpenAPI document", "For generators of clients"),
        ("/health", "Health", "Whether the application and its database are up"),
        ("/metrics", "Metrics", "For Prometheus, with a token of ADMIN"),
    ];

    private static readonly HtmlEncoder s_html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Maps the page in Development, unless the application has a page of its own, and tells of it.</summary>
    public static IEnumerable<(string Path, string Title)> MapStartPage(this WebApplication app)
    {
        var assembly = app.Services.GetRequiredService<SchemaApiOptions>().Documents;
        if (!app.Environment.IsDevelopment() || !PageFile.Exists(assembly, PagesDocument.Resource)
            || app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists)
        {
            return [];
        }

        app.MapGet(Path, http => AnswerAsync(http, assembly!)).AllowAnonymous().YieldsToOthers();
        return [(Path, Title)];
    }

    private static Task AnswerAsync(HttpContext http, Assembly assembly)
    {
        var style = Text("Look.css") + Text("Start.start.css");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return http.Response.WriteAsync(Write(http, style, PagesDocument.Read(assembly)), http.RequestAborted);
    }

    private static string Write(HttpContext http, string style, PagesDocument document)
    {
        var paths = http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var address = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
        return Placeholder().Replace(Text("Start.start.html"), match => match.Groups[1].Value switch
        {
            "title" => s_html.Encode(document.Title),
            "style" => style,
            "places" => string.Concat(s_places.Where(place => HasRoute(paths, place.Path)).Select(place =>
                $"""<li><a href="{s_html.Encode(http.Request.PathBase + place.Path)}"><strong>{s_html.Encode(place.Title)}</strong><span>{s_html.Encode(place.Text)}</span></a></li>""")),
            "register" => s_html.Encode(Post(address + document.Authentication + "/register", document.Registration)),
            "login" => s_html.Encode(
                $"TOKEN=$({Post(address + document.Authentication + "/login", document.Login)} \\\n  | sed -n 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/p')"),
            "list" => s_html.Encode($"curl -H \"Authorization: Bearer $TOKEN\" {address}{document.Resources.Select(resource => resource.Path).FirstOrDefault(document.Authentication + "/me")}"),
            "resources" => Resources(http.Request.PathBase, document.Resources),
            var name => throw new InvalidOperationException($"start.html has an unknown placeholder, {name}."),
        });
    }

    // The documentation's routes have parameters behind the path.
    private static bool HasRoute(HashSet<string> paths, string path) =>
        paths.Contains(path) || paths.Any(candidate => candidate.StartsWith(path + "/{", StringComparison.OrdinalIgnoreCase));

    // The JSON has apostrophes escaped, so that it can stand between them.
    private static string Post(string address, JsonElement body) =>
        $"curl -s {address} \\\n  -H 'Content-Type: application/json' \\\n  -d '{JsonNode.Parse(body.GetRawText())!.ToJsonString()}'";

    private static string Resources(PathString pathBase, IReadOnlyList<PagesDocument.ResourceEntry> resources) => resources.Count == 0
        ? """<p class="note">This application is asked by GraphQL alone.</p>"""
        : $"""
          <table>
          <thead><tr><th scope="col">Resource</th><th scope="col">List</th><th scope="col">What it is</th></tr></thead>
          <tbody>
          {string.Join('\n', resources.Select(resource =>
              $"""<tr><td>{s_html.Encode(resource.Plural)}</td><td><a href="{s_html.Encode(pathBase + resource.Path)}"><code>{s_html.Encode(resource.Path)}</code></a></td><td>{s_html.Encode(resource.Comment)}</td></tr>"""))}
          </tbody>
          </table>
          <p class="note">A browser sends no token, so that lists which are not public answer it with 401.</p>
          """;

    private static string Text(string name) =>
        // The browser normalises line ends before it checks the hash.
        Encoding.UTF8.GetString(PageFile.Load(typeof(StartPage).Assembly, "SchemaDeploy.Pages." + name)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
