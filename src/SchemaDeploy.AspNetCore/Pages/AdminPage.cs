using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Pages;

/// <summary>
/// The page by which ADMIN looks at rows and changes them. It is files that hold no data: whoever loads them has what
/// the API gives them, and the description of the API is for ADMIN alone.
/// </summary>
internal static class AdminPage
{
    /// <summary>The setting that shows or hides it.</summary>
    public const string Setting = "ADMIN_PAGE";

    public const string Path = "/admin";
    public const string Title = "Admin page";

    private const string Folder = "SchemaDeploy.Pages.Admin.";

    // Nothing that is not a file of the application's runs or is asked for, and text never becomes markup.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Maps the page where it is wanted, and tells of it.</summary>
    public static IEnumerable<(string Path, string Title)> MapAdminPage(this WebApplication app)
    {
        var assembly = app.Services.GetRequiredService<SchemaApiOptions>().Documents;
        if (!app.Configuration.ReadSwitch(Setting, otherwise: app.Environment.IsDevelopment()) || !PageFile.Exists(assembly, PagesDocument.Resource))
        {
            return [];
        }

        var own = typeof(AdminPage).Assembly;
        var page = new PageFile(() => WritePage(PagesDocument.Read(assembly!), app.Services.GetRequiredService<AuthenticationSettings>().Provider), "text/html; charset=utf-8", Policy);
        var description = new PageFile(() => PageFile.Load(assembly!, PagesDocument.Resource), "application/json; charset=utf-8", Policy);
        var files = own.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Append("SchemaDeploy.Pages.Look.css")
            .ToDictionary(name => name.StartsWith(Folder, StringComparison.Ordinal) ? name[Folder.Length..] : "look.css", name => FileOf(name), StringComparer.Ordinal);
        app.MapGet(Path, page.AnswerAsync).AllowAnonymous().YieldsToOthers();
        app.MapGet(Path + "/{file}", http => AnswerAsync(http, files)).AllowAnonymous().YieldsToOthers();
        app.MapGet(Path + "/pages.json", description.AnswerAsync)
            .RequireAuthorization(static policy => policy.RequireClaim(CallerClaims.Admin, "true"))
            .YieldsToOthers();
        return [(Path, Title)];

        PageFile FileOf(string name) => new(
            () => PageFile.Load(own, name),
            name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
            Policy);
    }

    private static Task AnswerAsync(HttpContext http, Dictionary<string, PageFile> files)
    {
        if (http.GetRouteValue("file") is string name && files.TryGetValue(name, out var file))
        {
            return file.AnswerAsync(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // Where to sign in is all that the page has to know before somebody has.
    private static byte[] WritePage(PagesDocument document, string? provider)
    {
        var html = HtmlEncoder.Create(UnicodeRanges.All);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(PageFile.Load(typeof(AdminPage).Assembly, "SchemaDeploy.Pages.admin.html"))
            .Replace("{{title}}", html.Encode(document.Title), StringComparison.Ordinal)
            .Replace("{{auth}}", html.Encode(document.Authentication), StringComparison.Ordinal)
            .Replace("{{provider}}", html.Encode(provider ?? ""), StringComparison.Ordinal));
    }
}
