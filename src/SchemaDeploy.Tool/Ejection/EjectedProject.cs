using System.Xml.Linq;

namespace SchemaDeploy.Tool.Ejection;

/// <summary>The project file of an ejected project: what the user's says, and what the SDK added to it.</summary>
internal static class EjectedProject
{
    private static readonly string[] s_forImages = ["ContainerRegistry", "ContainerRepository", "ContainerImageTag", "ContainerFamily", "ContainerUser"];

    /// <summary>The files within the project's folder that the project file names, relative to it.</summary>
    public static IEnumerable<string> NamedFiles(EjectionOptions options, ProjectXml project) => project.Names()
        .Select(name => name.Replace('\\', '/'))
        .Where(name => !Path.IsPathRooted(name) && File.Exists(Path.Combine(options.Folder, name)));

    /// <summary>Makes it of the user's; false where that is none of this SDK.</summary>
    public static bool TryWrite(EjectionOptions options, ProjectXml project)
    {
        if (!project.ReplaceSdk())
        {
            return false;
        }

        project.RemoveSchema();
        project.Rebase(Path.GetRelativePath(options.Output, options.Folder).Replace('\\', '/'));
        var missing = options.Properties.Where(property => !project.Sets(property.Key)).ToLookup(property => s_forImages.Contains(property.Key));
        project.AddGroup("PropertyGroup", "What SchemaDeploy.Sdk has set.", missing[false].Select(Property));
        project.AddGroup("ItemGroup", "The library that the application is written for, and the databases that it can run on.", options.Packages.Select(package => Package(package, options)));
        project.AddGroup("ItemGroup", "What is tested.", options.References.Select(reference => Item("ProjectReference", Path.GetRelativePath(options.Output, reference).Replace('\\', '/'))));
        if (options.ListsSources)
        {
            project.AddGroup("ItemGroup", "What was generated.", options.Sources.Select(source => Item("Compile", Ejector.PathOf(source, options))));
        }

        project.AddGroup("ItemGroup", "What the library serves. It looks for these names.", options.Documents.SelectMany(Document));
        if (options.Port is { } port)
        {
            project.AddGroup("PropertyGroup", "The image: dotnet publish -t:PublishContainer", missing[true].Select(Property));
            project.AddGroup("ItemGroup", "Its port, and no sockets for debuggers.",
            [
                Item("ContainerPort", port, ("Type", "tcp")),
                Item("ContainerEnvironmentVariable", "ASPNETCORE_HTTP_PORTS", ("Value", port)),
                Item("ContainerEnvironmentVariable", "DOTNET_EnableDiagnostics", ("Value", "0")),
            ]);
        }

        return true;
    }

    private static XElement Property(KeyValuePair<string, string> property) => new(property.Key, property.Value);

    // Where one file says the versions for all projects, a project overrides them, if it may.
    private static XElement Package(KeyValuePair<string, string> package, EjectionOptions options) => options switch
    {
        { HasCentralVersions: false } => Item("PackageReference", package.Key, ("Version", package.Value)),
        { AllowsVersionOverrides: true } => Item("PackageReference", package.Key, ("VersionOverride", package.Value)),
        _ => Item("PackageReference", package.Key),
    };

    private static IEnumerable<XElement> Document(string document)
    {
        var name = Path.GetFileName(document);
        if (Path.GetExtension(name) == ".json")
        {
            // The web SDK publishes every .json file.
            yield return new XElement("Content", new XAttribute("Remove", Ejector.DocumentPath(name)));
        }

        yield return Item("EmbeddedResource", Ejector.DocumentPath(name), ("LogicalName", $"SchemaDeploy.{name}"), ("WithCulture", "false"));
    }

    private static XElement Item(string type, string include, params IEnumerable<(string Name, string Value)> metadata) =>
        new(type, new XAttribute("Include", include), metadata.Select(value => new XAttribute(value.Name, value.Value)));
}
