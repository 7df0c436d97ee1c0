using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Netlify;

/// <summary>A site of one function and nothing else.</summary>
internal static class NetlifyBundle
{
    private static readonly (string Template, string Path, bool IsProgram)[] s_files =
    [
        ("netlify.toml.sbn", "netlify.toml", false),
        ("netlify.api.mjs.sbn", $"{FunctionHost.Netlify.FunctionFolder}/api.mjs", false),
        ("netlify.public.gitignore.sbn", "public/.gitignore", false),
        ("netlify.gitignore.sbn", ".gitignore", false),
        ("netlify.secrets.sh.sbn", "secrets.sh", true),
        ("netlify.deploy.sh.sbn", "deploy.sh", true),
        ("netlify.README.md.sbn", "README.md", false),
    ];

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates, DiagnosticBag diagnostics) =>
        ServerlessBundle.Generate(FunctionHost.Netlify, s_files, api, options, templates, diagnostics);
}
