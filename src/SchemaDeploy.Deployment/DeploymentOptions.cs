using System.Collections.Immutable;
using SchemaDeploy.Deployment.Serverless;

namespace SchemaDeploy.Deployment;

/// <summary>What the project says about its deployment. Paths are full.</summary>
public sealed record DeploymentOptions
{
    /// <summary>The project file.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>The name of the app's assembly.</summary>
    public required string AssemblyName { get; init; }

    /// <summary>The folder that images are built from.</summary>
    public required string ContextDirectory { get; init; }

    /// <summary>The folder of all bundles.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The image to be built.</summary>
    public required ImageName Image { get; init; }

    /// <summary>The project's version.</summary>
    public required string Version { get; init; }

    /// <summary>The project's description, or nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The image that the application's image begins with.</summary>
    public required string BaseImage { get; init; }

    /// <summary>The image with the .NET SDK that builds it.</summary>
    public required string SdkImage { get; init; }

    /// <summary>The environment that is meant where none is named.</summary>
    public DeployEnvironment Environment { get; init; }

    /// <summary>The files that restoring reads beside the project.</summary>
    public ImmutableArray<string> RestoreFiles { get; init; } = [];

    /// <summary>The application as it was published, for targets whose bundles hold it; null for others.</summary>
    public PublishedApplication? Application { get; init; }
}
