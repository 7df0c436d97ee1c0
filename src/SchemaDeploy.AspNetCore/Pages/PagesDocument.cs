using System.Reflection;
using System.Text.Json;

namespace SchemaDeploy.AspNetCore.Pages;

/// <summary>What the build wrote of the API for its pages; read when a page is asked for.</summary>
internal sealed record PagesDocument(string Title, string Authentication, JsonElement Registration, JsonElement Login, IReadOnlyList<PagesDocument.ResourceEntry> Resources)
{
    /// <summary>The document among the resources of the application.</summary>
    public const string Resource = "SchemaDeploy.pages.json";

    /// <summary>A resource and its list.</summary>
    public sealed record ResourceEntry(string Plural, string Path, string Comment);

    public static PagesDocument Read(Assembly assembly)
    {
        var root = JsonElement.Parse(PageFile.Load(assembly, Resource));
        return new PagesDocument(
            root.GetProperty("title").GetString()!,
            root.GetProperty("auth").GetString()!,
            root.GetProperty("registration"),
            root.GetProperty("login"),
            [.. root.GetProperty("resources").EnumerateArray().Select(resource => new ResourceEntry(
                resource.GetProperty("plural").GetString()!,
                resource.GetProperty("path").GetString()!,
                resource.TryGetProperty("comment", out var comment) ? comment.GetString()! : ""))]);
    }
}
