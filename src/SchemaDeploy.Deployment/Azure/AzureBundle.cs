using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Cloud;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;

namespace SchemaDeploy.Deployment.Azure;

/// <summary>An app and a job of Azure Container Apps, in Bicep.</summary>
internal static class AzureBundle
{
    private static readonly (string Template, string Path, bool IsProgram)[] s_files =
    [
        ("azure.base.bicep.sbn", "base.bicep", false),
        ("azure.job.bicep.sbn", "job.bicep", false),
        ("azure.app.bicep.sbn", "app.bicep", false),
        ("azure.shared.bicep.sbn", "shared.bicep", false),
        ("azure.secrets.sh.sbn", "secrets.sh", true),
        ("azure.deploy.sh.sbn", "deploy.sh", true),
        ("azure.README.md.sbn", "README.md", false),
    ];

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates) =>
        CloudBundle.Generate(CloudHost.Azure, s_files, ("azure.env.sbn", ".env"), api, options, templates);
}
