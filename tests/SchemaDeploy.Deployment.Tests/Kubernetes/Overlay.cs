using System.Collections.Concurrent;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>An environment of the bundle for a database, as kubectl renders it.</summary>
public sealed record Overlay(DatabaseKind Database, string Environment)
{
    private static readonly ConcurrentDictionary<Overlay, Task<string>> s_rendered = new();

    public static IEnumerable<Overlay> All { get; } =
        [.. from database in Enum.GetValues<DatabaseKind>() from environment in new[] { "production", "staging", "dev" } select new Overlay(database, environment)];

    public bool HasReplicas => Database != DatabaseKind.Sqlite && Environment != "dev";

    public bool IsReachable => Environment != "dev";

    public override string ToString() => $"{Database} {Environment}";

    /// <summary>What the cluster gets; each overlay is rendered once for all tests.</summary>
    internal Task<string> RenderAsync() => s_rendered.GetOrAdd(this, static overlay => overlay.RenderOnceAsync());

    internal async Task<Manifests> ReadAsync() => Manifests.Read(await RenderAsync());

    /// <summary>Renders a folder; skips the test where kubectl is missing or too old.</summary>
    internal static async Task<Command.Result> KustomizeAsync(string folder)
    {
        Assert.SkipUnless(Command.Exists("kubectl"), "kubectl is not installed.");
        var help = await Command.RunAsync("kubectl", ["version", "--client"]);
        // Its kustomize learned of labels in templates with 5.0, which is in kubectl 1.27.
        Assert.SkipUnless(help.Output.Contains("Kustomize Version: v5", StringComparison.Ordinal), "kubectl is older than 1.27.");
        return await Command.RunAsync("kubectl", ["kustomize", folder]);
    }

    private async Task<string> RenderOnceAsync()
    {
        var folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
        try
        {
            new BundleFolder(folder).Write(Bundle.Generate(Database, target: DeployTarget.K8s), new DiagnosticBag());
            var result = await KustomizeAsync(Path.Combine(folder, "overlays", Environment));
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Equal("", result.Error);
            return result.Output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
