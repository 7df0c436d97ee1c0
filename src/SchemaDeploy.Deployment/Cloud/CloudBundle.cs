using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;

namespace SchemaDeploy.Deployment.Cloud;

/// <summary>What the bundles of all clouds have in common: an image that is ready, two environments, and scripts.</summary>
internal static class CloudBundle
{
    /// <summary>A cloud is never the machine of whoever develops.</summary>
    public static readonly ImmutableArray<string> Environments = ["production", "staging"];

    /// <summary>The files of the bundle, out of those of the cloud and one for each environment, which is the user's.</summary>
    public static IReadOnlyList<BundleFile> Generate(
        CloudHost host, IEnumerable<(string Template, string Path, bool IsProgram)> files, (string Template, string Extension) settings,
        ApiModel api, DeploymentOptions options, TemplateSet templates)
    {
        var view = View(host, api, options);
        return
        [
            .. files.Append((Template: "cloud.gitignore.sbn", Path: ".gitignore", IsProgram: false)).Select(file => new BundleFile(file.Path, templates.Render(file.Template, view), file.IsProgram)),
            .. Environments.Select(name => new BundleFile($"{name}{settings.Extension}", templates.Render(settings.Template, view with { Overlay = name }), IsUsers: true)),
        ];
    }

    private static CloudView View(CloudHost host, ApiModel api, DeploymentOptions options) => new()
    {
        Host = host,
        Title = BundleText.Line(api.Title),
        Name = ResourceName.Of(options.Image.ShortName, host.LongestName),
        Image = options.Image,
        Environment = options.Environment == DeployEnvironment.Production ? "production" : "staging",
        Project = BundleText.Relative(Path.Combine(options.OutputDirectory, host.Folder), options.ProjectFile),
        Database = api.Database,
    };
}
