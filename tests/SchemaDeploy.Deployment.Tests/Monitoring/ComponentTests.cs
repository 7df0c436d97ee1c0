using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Tests.Kubernetes;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Monitoring;

/// <summary>What the Prometheus Operator is given.</summary>
[Trait("Category", "Integration")]
public sealed class ComponentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DatabaseKind.PostgreSql)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task The_operator_takes_what_the_component_adds(DatabaseKind database)
    {
        new BundleFolder(_folder).Write(Bundle.Generate(database, target: DeployTarget.K8s), new DiagnosticBag());
        var custom = Path.Combine(_folder, "overlays", "custom", "production", "kustomization.yaml");
        File.WriteAllText(custom, File.ReadAllText(custom)
            .Replace("#components:", "components:", StringComparison.Ordinal)
            .Replace("#  - ../../../components/monitoring", "  - ../../../components/monitoring", StringComparison.Ordinal));

        var result = await Overlay.KustomizeAsync(Path.Combine(_folder, "overlays", "production"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("kind: ServiceMonitor\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("kind: PrometheusRule\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("grafana_dashboard: \"1\"\n", result.Output, StringComparison.Ordinal);
        var modules = await NpmPackage.InstallAsync("kubernetes-models@4.5.1", "@kubernetes-models/prometheus-operator@6.0.0", "yaml@2.9.1");
        Assert.Equal("", await FaultsAsync(result.Output));
        Assert.Contains("ServiceMonitor shop", await FaultsAsync(result.Output.Replace("  endpoints:\n", "  endpoint:\n", StringComparison.Ordinal)), StringComparison.Ordinal);

        async Task<string> FaultsAsync(string text)
        {
            var run = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Kubernetes", "validate.mjs"), modules], text);
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Output;
        }
    }
}
