using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Serverless;

namespace SchemaDeploy.Deployment.Pipelines;

/// <summary>What the templates of pipelines print.</summary>
/// <param name="options">What the project says about its pipeline.</param>
/// <param name="registry">The registry of the image; nothing where no target takes an image.</param>
/// <param name="jobs">The jobs that deploy.</param>
/// <param name="quote">Makes a string of the system's YAML of a text.</param>
internal sealed class PipelineView(PipelineOptions options, string registry, ImmutableArray<PipelineJob> jobs, Func<string, string> quote)
{
    public string Title { get; } = BundleText.Line(options.AssemblyName);

    public PipelineOptions Options => options;

    public string Registry => registry;

    public ImmutableArray<PipelineJob> Jobs => jobs;

    public bool HasImage => Registry.Length > 0;

    public SignIn RegistrySignIn => SignIn.ToRegistry(Registry);

    public string Project => quote(Options.Project);

    public string Build => quote(Options.Build);

    public string Bill => quote($"artifacts/publish/{Options.AssemblyName}.cdx.json");

    public string Repository => quote(Options.Image.Repository);

    public string Version => quote(Options.Image.Tag);

    /// <summary>Whether a target takes the program itself.</summary>
    public bool HasFunction => FunctionTargets.Any();

    /// <summary>Those that do, as one property on a command line.</summary>
    public string Functions => string.Join("%3B", FunctionTargets);

    /// <summary>The folders of the program's bundles.</summary>
    public string FunctionBundles => string.Join(", ", FunctionTargets.Select(target => quote($"{Options.BundlesFolder}/{target}")));

    private IEnumerable<string> FunctionTargets => Options.Targets.Where(target => FunctionHost.Of(target) is not null).Select(DeploymentGenerator.FolderOf);
}

/// <summary>A job that deploys to an environment of a target.</summary>
/// <param name="target">Where it deploys to.</param>
/// <param name="environment">Which of its environments.</param>
/// <param name="needs">What GitHub waits for.</param>
/// <param name="folder">The folder of the bundle.</param>
/// <param name="signIn">How it comes in.</param>
/// <param name="assemblyName">The name of the app's assembly.</param>
/// <param name="quote">Makes a string of the system's YAML of a text.</param>
internal sealed class PipelineJob(
    DeployTarget target, string environment, string needs, string folder, SignIn signIn, string assemblyName, Func<string, string> quote)
{
    public string Name => $"{TargetName}-{environment}";

    public string TargetName => DeploymentGenerator.FolderOf(target);

    public string Environment => environment;

    public string Needs => needs;

    public SignIn SignIn => signIn;

    public bool TakesImage => FunctionHost.Of(target) is null;

    /// <summary>The package of npm with the target's command, in the version that was tried.</summary>
    public string Command => target switch
    {
        DeployTarget.Vercel => "vercel@64.0.2",
        DeployTarget.Netlify => "netlify-cli@27.10.2",
        _ => "",
    };

    /// <summary>The program of the function.</summary>
    public string Program => quote($"{folder}/{DeploymentGenerator.ApplicationFolderOf(target)}/{assemblyName}");

    public string Bundle => quote(folder);

    /// <summary>What GitLab waits for.</summary>
    public string GitLabNeeds => (TakesImage ? "push" : "scan-packages, function") + (environment == "staging" ? "" : $", {TargetName}-staging");

    /// <summary>The image with the commands that the target wants.</summary>
    public string Image => target switch
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
