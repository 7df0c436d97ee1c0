using System.Text.Json;
using SchemaDeploy.Deployment;
using SchemaDeploy.Deployment.BillOfMaterials;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>sbom: from what restoring has found out to the application's bill of materials.</summary>
internal static class SbomVerb
{
    private static readonly string[] s_names = ["assets", "assembly-name", "framework", "output", "runtime", "runtime-pack", "sdk-version", "version"];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var (assets, framework, file) = (line.Required("assets", diagnostics), line.Required("framework", diagnostics), line.Required("output", diagnostics));
        var (name, version, sdkVersion) = (line.Required("assembly-name", diagnostics), line.Required("version", diagnostics), line.Required("sdk-version", diagnostics));
        if (!diagnostics.HasErrors)
        {
            try
            {
                var found = WithRuntime(ProjectAssets.Read(assets, framework, line.Last("runtime")), line.All("runtime-pack"));
                File.WriteAllBytes(file, CycloneDxDocument.Write(name, version, sdkVersion, found));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
            {
                diagnostics.Report(DeploymentDiagnostics.NoBillOfMaterials, SourceSpan.None, exception.Message);
            }
        }

        return new DiagnosticPrinter(Environment.CurrentDirectory, showsInfo: true).Print(diagnostics, output);
    }

    // The runtime that a self-contained application holds is no dependency of the project's.
    private static ProjectAssets WithRuntime(ProjectAssets assets, IReadOnlyList<string> packs)
    {
        var runtime = packs.Select(pack => pack.Split('/', 2)).Select(pack => new Component(pack[0], pack[1], IsPackage: true, IsShipped: true, null, null, [])).ToList();
        return new ProjectAssets(
            [.. assets.Components.Concat(runtime).OrderBy(component => component.Reference, StringComparer.Ordinal)],
            [.. assets.Direct, .. runtime.Select(pack => pack.Name)]);
    }
}
