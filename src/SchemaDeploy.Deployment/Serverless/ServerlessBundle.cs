using System.Globalization;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Serverless;

/// <summary>What the bundles of all platforms for functions have in common: a launcher in Node.js that starts the application.</summary>
internal static class ServerlessBundle
{
    /// <summary>The part of a limit from which on it is warned of.</summary>
    private const double NearLimit = 0.9;

    /// <summary>The files of the bundle, out of those of the platform; none where the application cannot run there.</summary>
    public static IReadOnlyList<BundleFile> Generate(
        FunctionHost host, IEnumerable<(string Template, string Path, bool IsProgram)> files,
        ApiModel api, DeploymentOptions options, TemplateSet templates, DiagnosticBag diagnostics)
    {
        if (!Check(host, options, diagnostics))
        {
            return [];
        }

        var view = View(host, api, options);
        IReadOnlyList<BundleFile> bundle =
        [
            .. files.Select(file => new BundleFile(file.Path, templates.Render(file.Template, view), file.IsProgram)),
            new BundleFile($"{host.FunctionFolder}/launcher.cjs", templates.Render("serverless.launcher.cjs.sbn", view)),
        ];
        return HasRoom(host, bundle, options, diagnostics) ? bundle : [];
    }

    private static bool Check(FunctionHost host, DeploymentOptions options, DiagnosticBag diagnostics)
    {
        if (options.Application is not { } application || !application.IsSelfContained(options.AssemblyName))
        {
            diagnostics.Report(DeploymentDiagnostics.NotSelfContained, SourceSpan.StartOf(options.ProjectFile), host.Name);
            return false;
        }

        return true;
    }

    // Of all that goes to the platform, as it counts it.
    private static bool HasRoom(FunctionHost host, IReadOnlyList<BundleFile> bundle, DeploymentOptions options, DiagnosticBag diagnostics)
    {
        var function = new FunctionSize(options.Application!, bundle.Where(file => file.Path.StartsWith($"{host.FunctionFolder}/", StringComparison.Ordinal)));
        var fits = Fits(function.Uncompressed, "", host.LargestFunction);
        // Not compressed for nothing.
        return fits && (host.LargestArchive is not { } archive || Fits(function.Compress(), " in its archive", archive));

        bool Fits(long size, string form, int limit)
        {
            if (size > limit * NearLimit)
            {
                diagnostics.Report(
                    size > limit ? DeploymentDiagnostics.FunctionTooLarge : DeploymentDiagnostics.FunctionNearLimit,
                    SourceSpan.StartOf(options.ProjectFile), Megabytes(size), form, Megabytes(limit), host.Name);
            }

            return size <= limit;
        }
    }

    private static ServerlessView View(FunctionHost host, ApiModel api, DeploymentOptions options) => new()
    {
        Host = host,
        Title = BundleText.Line(api.Title),
        Name = options.Image.ShortName,
        Assembly = options.AssemblyName,
        // A platform is never the machine of whoever develops.
        Environment = options.Environment == DeployEnvironment.Production ? "production" : "staging",
        Project = BundleText.Relative(Path.Combine(options.OutputDirectory, DeploymentGenerator.FolderOf(host.Target)), options.ProjectFile),
    };

    private static string Megabytes(long bytes) => $"{(bytes / (1024.0 * 1024.0)).ToString("0.#", CultureInfo.InvariantCulture)} MB";
}
