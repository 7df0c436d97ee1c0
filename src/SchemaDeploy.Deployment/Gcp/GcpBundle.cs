using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Cloud;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;

namespace SchemaDeploy.Deployment.Gcp;

/// <summary>A service and a job of Cloud Run.</summary>
internal static class GcpBundle
{
    private static readonly (string Template, string Path, bool IsProgram)[] s_files =
    [
        ("gcp.service.yaml.sbn", "service.yaml", false),
        ("gcp.job.yaml.sbn", "job.yaml", false),
        ("gcp.secrets.sh.sbn", "secrets.sh", true),
        ("gcp.deploy.sh.sbn", "deploy.sh", true),
        ("gcp.README.md.sbn", "README.md", false),
    ];

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates) =>
        CloudBundle.Generate(CloudHost.Gcp, s_files, ("gcp.env.sbn", ".env"), api, options, templates);
}
