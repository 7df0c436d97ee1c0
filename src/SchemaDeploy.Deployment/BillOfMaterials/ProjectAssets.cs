using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace SchemaDeploy.Deployment.BillOfMaterials;

/// <summary>What restoring has found out: project.assets.json, and the packages that it names.</summary>
/// <param name="Components">All packages and projects.</param>
/// <param name="Direct">The names of those that the project asks for itself.</param>
public sealed record ProjectAssets(ImmutableArray<Component> Components, ImmutableArray<string> Direct)
{
    // Kinds of files that go with an application.
    private static readonly string[] s_shipped = ["runtime", "native", "resource", "runtimeTargets"];

    /// <summary>Reads the file.</summary>
    /// <param name="path">project.assets.json.</param>
    /// <param name="framework">The framework, as the project names it.</param>
    /// <param name="runtime">The platform that is published for; null for any.</param>
    /// <exception cref="JsonException">It is no such file.</exception>
    /// <exception cref="KeyNotFoundException">It is not for this framework and platform.</exception>
    public static ProjectAssets Read(string path, string framework, string? runtime)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var targets = root.GetProperty("targets");
        var name = runtime is null ? framework : $"{framework}/{runtime}";
        if (!targets.TryGetProperty(name, out var target))
        {
            throw new KeyNotFoundException($"{path} has nothing of {name}; restore the project for it");
        }

        var libraries = root.GetProperty("libraries");
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        return new ProjectAssets(
            [.. target.EnumerateObject().Select(library => Read(library, libraries.GetProperty(library.Name), folders)).OrderBy(component => component.Reference, StringComparer.Ordinal)],
            // Each is a name and the versions that would do.
            [.. root.GetProperty("projectFileDependencyGroups").GetProperty(framework).EnumerateArray().Select(wanted => wanted.GetString()!.Split(' ')[0])]);
    }

    private static Component Read(JsonProperty library, JsonElement description, IReadOnlyList<string> folders)
    {
        var (name, version) = library.Name.Split('/', 2) is [var first, var second] ? (first, second) : (library.Name, "");
        var isPackage = description.GetProperty("type").GetString() == "package";
        var folder = isPackage ? folders.Select(folder => Path.Combine(folder, description.GetProperty("path").GetString()!)).FirstOrDefault(Directory.Exists) : null;
        return new Component(
            name,
            version,
            isPackage,
            s_shipped.Any(kind => library.Value.TryGetProperty(kind, out var files) && files.EnumerateObject().Any(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal))),
            folder is null ? null : ReadHash(folder),
            folder is null ? null : ReadLicense(folder),
            library.Value.TryGetProperty("dependencies", out var dependencies) ? [.. dependencies.EnumerateObject().Select(dependency => dependency.Name)] : []);
    }

    // Of the package as it was downloaded; the hash in project.assets.json leaves out its signature.
    private static string? ReadHash(string folder) =>
        Directory.GetFiles(folder, "*.nupkg.sha512") is [var file] ? Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(file).Trim())) : null;

    private static string? ReadLicense(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.nuspec") is [var file]
                ? XDocument.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value.Trim()
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
