using SchemaDeploy.Deployment.Bundles;

namespace SchemaDeploy.Deployment.Serverless;

/// <summary>What the templates of the bundles print. Texts of the project's are given as each place quotes them.</summary>
internal sealed record ServerlessView
{
    public required FunctionHost Host { get; init; }

    public required string Title { get; init; }

    /// <summary>The last part of the image's name, by which the application is known.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the program.</summary>
    public required string Assembly { get; init; }

    /// <summary>The environment that is meant where none is named.</summary>
    public required string Environment { get; init; }

    /// <summary>The project, as seen from the bundle.</summary>
    public required string Project { get; init; }

    public string Environments { get; } = "production|staging";

    public string Migrate { get; } = ApplicationCommands.Migrate;

    public string ProgramInJson => BundleText.Json(Assembly);

    public string ProgramInShell => BundleText.Shell(Assembly);

    public string ProjectInShell => BundleText.Shell(Project);
}
