using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Cloud;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;

namespace SchemaDeploy.Deployment.Aws;

/// <summary>A service of ECS on Fargate and what it needs, in CloudFormation.</summary>
internal static class AwsBundle
{
    private static readonly (string Template, string Path, bool IsProgram)[] s_files =
    [
        ("aws.repository.yaml.sbn", "repository.yaml", false),
        ("aws.base.yaml.sbn", "base.yaml", false),
        ("aws.migration.yaml.sbn", "migration.yaml", false),
        ("aws.app.yaml.sbn", "app.yaml", false),
        ("aws.secrets.sh.sbn", "secrets.sh", true),
        ("aws.deploy.sh.sbn", "deploy.sh", true),
        ("aws.README.md.sbn", "README.md", false),
    ];

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates) =>
        CloudBundle.Generate(CloudHost.Aws, s_files, ("aws.env.sbn", ".env"), api, options, templates);
}
