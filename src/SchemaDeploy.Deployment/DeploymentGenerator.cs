using SchemaDeploy.Deployment.Aws;
using SchemaDeploy.Deployment.Azure;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Docker;
using SchemaDeploy.Deployment.Gcp;
using SchemaDeploy.Deployment.Kubernetes;
using SchemaDeploy.Deployment.Netlify;
using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Deployment.Vercel;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment;

/// <summary>The stage's entry: the bundle that a target needs, from the model of the API.</summary>
public static class DeploymentGenerator
{
    /// <summary>The files of the bundle, with paths relative to its folder.</summary>
    /// <param name="target">Where the application goes.</param>
    /// <param name="api">The application.</param>
    /// <param name="options">What the project says about its deployment.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="diagnostics">Gets what cannot be deployed as it is.</param>
    public static IReadOnlyList<BundleFile> Generate(
        DeployTarget target, ApiModel api, DeploymentOptions options, string? templatesFolder, DiagnosticBag diagnostics)
    {
        var templates = new TemplateSet(typeof(DeploymentGenerator).Assembly, templatesFolder, diagnostics);
        return target switch
        {
            DeployTarget.Docker => DockerBundle.Generate(api, options, templates, diagnostics),
            DeployTarget.K8s => KubernetesBundle.Generate(api, options, templates, diagnostics),
            DeployTarget.Vercel => VercelBundle.Generate(api, options, templates, diagnostics),
            DeployTarget.Netlify => NetlifyBundle.Generate(api, options, templates, diagnostics),
            DeployTarget.Gcp => GcpBundle.Generate(api, options, templates),
            DeployTarget.Azure => AzureBundle.Generate(api, options, templates),
            DeployTarget.Aws => AwsBundle.Generate(api, options, templates),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
        };
    }

    /// <summary>The folder of a target's bundle within that of all bundles.</summary>
    public static string FolderOf(DeployTarget target) => target switch
    {
        DeployTarget.Docker => "docker",
        DeployTarget.K8s => "k8s",
        DeployTarget.Vercel => "vercel",
        DeployTarget.Netlify => "netlify",
        DeployTarget.Gcp => "gcp",
        DeployTarget.Azure => "azure",
        DeployTarget.Aws => "aws",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
    };

    /// <summary>The folder of the application itself within a target's bundle; null where the bundle is of text alone.</summary>
    public static string? ApplicationFolderOf(DeployTarget target) => FunctionHost.Of(target)?.ApplicationFolder;
}
