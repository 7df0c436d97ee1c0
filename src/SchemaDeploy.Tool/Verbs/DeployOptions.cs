using System.Collections.Immutable;
using SchemaDeploy.Deployment;
using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>What the project asks of <see cref="DeployVerb"/>.</summary>
internal sealed record DeployOptions
{
    private static readonly string[] s_names =
    [
        "base-image", "context", "description", "environment", "image", "list", "model", "output", "project", "published", "published-file",
        "restore-candidate", "restore-file", "sdk-image", "target", "templates", "version", .. DesignArguments.Names,
    ];

    /// <summary>The model that compile has written.</summary>
    public required string Model { get; init; }

    /// <summary>The targets, each once.</summary>
    public required ImmutableArray<DeployTarget> Targets { get; init; }

    /// <summary>The folder of the user's own templates, or null.</summary>
    public required string? Templates { get; init; }

    /// <summary>The file that gets the list of all that was written, for MSBuild.</summary>
    public required string? List { get; init; }

    /// <summary>The API, as compile has it.</summary>
    public required DesignOptions Design { get; init; }

    /// <summary>The deployment; null where it cannot be read.</summary>
    public required DeploymentOptions? Deployment { get; init; }

    /// <summary>Reads the arguments behind the verb. Mistakes go to <paramref name="diagnostics"/>.</summary>
    public static DeployOptions Parse(IEnumerable<string> arguments, DiagnosticBag diagnostics)
    {
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var project = Path.GetFullPath(line.Required("project", diagnostics) is { Length: > 0 } file ? file : "App.csproj");
        var directory = Path.GetDirectoryName(project)!;
        var design = DesignArguments.Read(line, Path.GetFileNameWithoutExtension(project), diagnostics);
        return new DeployOptions
        {
            Model = Path.GetFullPath(line.Required("model", diagnostics), directory),
            Targets = [.. line.All("target").Select(target => NamedValues.Parse<DeployTarget>(DeploymentDiagnostics.UnknownTarget, target, [], diagnostics)).OfType<DeployTarget>().Distinct().Order()],
            Templates = line.Last("templates") is { } templates ? Path.GetFullPath(templates, directory) : null,
            List = line.Last("list") is { } list ? Path.GetFullPath(list, directory) : null,
            Design = design,
            Deployment = ParseDeployment(line, project, directory, design.Title, diagnostics),
        };
    }

    private static DeploymentOptions? ParseDeployment(CommandLine line, string project, string directory, string assemblyName, DiagnosticBag diagnostics)
    {
        var version = line.Last("version") ?? "1.0.0";
        var text = line.Required("image", diagnostics);
        if (!ImageName.TryParse(text, version, out var image, out var fault))
        {
            diagnostics.Report(DeploymentDiagnostics.ImageNotUsable, SourceSpan.StartOf(project), text, fault);
        }

        var environment = NamedValues.Parse<DeployEnvironment>(DeploymentDiagnostics.UnknownEnvironment, line.Last("environment"), [], diagnostics);
        var files = FilesOf("restore-file");
        var context = line.Last("context") is { } given ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(given, directory)) : BuildContext.Of(directory, files);
        return image is null ? null : new DeploymentOptions
        {
            ProjectFile = project,
            AssemblyName = assemblyName,
            ContextDirectory = context,
            OutputDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(line.Required("output", diagnostics), directory)),
            Image = image,
            Version = version,
            Description = line.Last("description") ?? "",
            BaseImage = line.Required("base-image", diagnostics),
            SdkImage = line.Required("sdk-image", diagnostics),
            Environment = environment ?? DeployEnvironment.Production,
            Application = line.Last("published") is { } published ? new PublishedApplication(Path.GetFullPath(published, directory), [.. line.All("published-file")]) : null,
            RestoreFiles = [.. files, .. FilesOf("restore-candidate").Where(file => BuildContext.Has(context, file))],
        };

        List<string> FilesOf(string option) => [.. line.All(option).Select(file => Path.TrimEndingDirectorySeparator(Path.GetFullPath(file, directory)))];
    }
}
