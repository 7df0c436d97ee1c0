using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Docker;
using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Vercel;

/// <summary>The output of a build as Vercel takes it ready-made (Build Output API, version 3).</summary>
internal static class VercelBundle
{
    private static readonly (string Template, string Path, bool IsProgram)[] s_files =
    [
        ("vercel.config.json.sbn", ".vercel/output/config.json", false),
        ("vercel.function.json.sbn", $"{FunctionHost.Vercel.FunctionFolder}/.vc-config.json", false),
        ("vercel.index.js.sbn", $"{FunctionHost.Vercel.FunctionFolder}/index.js", false),
        ("vercel.gitignore.sbn", ".gitignore", false),
        ("vercel.secrets.sh.sbn", "secrets.sh", true),
        ("vercel.deploy.sh.sbn", "deploy.sh", true),
        ("vercel.README.md.sbn", "README.md", false),
    ];

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates, DiagnosticBag diagnostics) =>
        ServerlessBundle.Generate(FunctionHost.Vercel, s_files, api, options, templates, diagnostics) is { Count: > 0 } files
        && DockerBundle.ImageFor(DeployTarget.Vercel, "Dockerfile.vercel", api, options, templates, diagnostics) is { Count: > 0 } image
            ? [.. files, .. image]
            : [];
}
