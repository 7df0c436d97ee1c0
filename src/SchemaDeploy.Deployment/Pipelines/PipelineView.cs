using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Serverless;

namespace SchemaDeploy.Deployment.Pipelines;

/// <summary>What the templates of pipelines print.</summary>
internal sealed record PipelineView
{
    public required string Title { get; init; }

    public required PipelineOptions Options { get; init; }

    /// <summary>The registry of the image; nothing where no target takes an image.</summary>
    public required string Registry { get; init; }

    public required ImmutableArray<PipelineJob> Jobs { get; init; }

    public bool HasImage => Registry.Length > 0;

    public SignIn RegistrySignIn => SignIn.ToRegistry(Registry);

    public string Project => PipelineText.GitHub(Options.Project);

    public string Build => PipelineText.GitHub(Options.Build);

    public string Bill => PipelineText.GitHub($"artifacts/publish/{Options.AssemblyName}.cdx.json");

    public string Repository => PipelineText.GitHub(Options.Image.Repository);

    /// <summary>Vercel's command, which is installed in the version that was tried.</summary>
    public string VercelVersion { get; } = "64.0.2";

    public string Version => PipelineText.GitHub(Options.Image.Tag);
}

/// <summary>A job that deploys to an environment of a target.</summary>
internal sealed record PipelineJob(DeployTarget Target, string Environment, string Needs, string Folder, SignIn SignIn, string AssemblyName)
{
    public string Name => $"{DeploymentGenerator.FolderOf(Target)}-{Environment}";

    public string TargetName => DeploymentGenerator.FolderOf(Target);

    public bool TakesImage => Target != DeployTarget.Vercel;

    /// <summary>The program of the function.</summary>
    public string Program => PipelineText.GitHub($"{Folder}/{FunctionHost.Vercel.ApplicationFolder}/{AssemblyName}");

    public string Bundle => PipelineText.GitHub(Folder);
}

/// <summary>Texts of the project's as pipelines quote them.</summary>
internal static class PipelineText
{
    /// <summary>A string of YAML in which GitHub finds no expression.</summary>
    public static string GitHub(string text) => BundleText.Json(text.Replace("${{", "${{ '${{' }}", StringComparison.Ordinal));
}
