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

    /// <summary>Whether a target takes the program itself.</summary>
    public bool HasFunction => Options.Targets.Contains(DeployTarget.Vercel);

    public string GitLabProject => PipelineText.GitLab(Options.Project);

    public string GitLabBuild => PipelineText.GitLab(Options.Build);

    public string GitLabBill => PipelineText.GitLab($"artifacts/publish/{Options.AssemblyName}.cdx.json");

    public string GitLabRepository => PipelineText.GitLab(Options.Image.Repository);

    public string GitLabVersion => PipelineText.GitLab(Options.Image.Tag);

    public string GitLabFunction => PipelineText.GitLab($"{Options.BundlesFolder}/{DeploymentGenerator.FolderOf(DeployTarget.Vercel)}");
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

    public string GitLabBundle => PipelineText.GitLab(Folder);

    /// <summary>What GitLab waits for.</summary>
    public string GitLabNeeds => (TakesImage ? "push" : "scan-packages, function") + (Environment == "staging" ? "" : $", {DeploymentGenerator.FolderOf(Target)}-staging");

    /// <summary>The image with the commands that the target wants.</summary>
    public string Image => Target switch
    {
        DeployTarget.Aws => "public.ecr.aws/aws-cli/aws-cli:2.27.50",
        DeployTarget.Azure => "mcr.microsoft.com/azure-cli:2.75.0",
        DeployTarget.Gcp => "gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0-slim",
        DeployTarget.K8s => "docker.io/alpine/k8s:1.33.3",
        _ => "docker.io/library/node:22-bookworm",
    };
}

/// <summary>Texts of the project's as pipelines quote them.</summary>
internal static class PipelineText
{
    /// <summary>A string of YAML in which GitHub finds no expression.</summary>
    public static string GitHub(string text) => BundleText.Json(text.Replace("${{", "${{ '${{' }}", StringComparison.Ordinal));

    /// <summary>A string of YAML in which GitLab finds no variable.</summary>
    public static string GitLab(string text) => BundleText.Json(text.Replace("$", "$$", StringComparison.Ordinal));
}
