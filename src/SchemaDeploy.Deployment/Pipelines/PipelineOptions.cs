using System.Collections.Immutable;

namespace SchemaDeploy.Deployment.Pipelines;

/// <summary>What the project says about its pipeline. Paths are relative to the repository, with forward slashes.</summary>
public sealed record PipelineOptions
{
    /// <summary>The project file of the application.</summary>
    public required string Project { get; init; }

    /// <summary>The solution or project that is built and tested.</summary>
    public required string Build { get; init; }

    /// <summary>The name of the app's assembly.</summary>
    public required string AssemblyName { get; init; }

    /// <summary>The folder of all bundles.</summary>
    public required string BundlesFolder { get; init; }

    /// <summary>The version of .NET, such as <c>10.0</c>.</summary>
    public required string DotNetVersion { get; init; }

    /// <summary>The branch that is deployed.</summary>
    public required string Branch { get; init; }

    /// <summary>Where the application goes.</summary>
    public required ImmutableArray<DeployTarget> Targets { get; init; }

    /// <summary>The image, where a registry is to have it.</summary>
    public required ImageName Image { get; init; }
}
