using System.Globalization;
using SchemaDeploy.Deployment.Tests.Cloud;

namespace SchemaDeploy.Deployment.Tests.Gcp;

/// <summary>Whether Cloud Run would understand what deploy.sh sends it.</summary>
[Trait("Category", "Integration")]
public sealed class ManifestTests
{
    [Fact]
    public async Task Every_field_and_annotation_is_one_of_Cloud_Run()
    {
        using var scripts = GcpScripts.Ready();
        scripts.Set("GCP_SQL_INSTANCE=", "GCP_SQL_INSTANCE=shop:europe-west1:main");
        scripts.Set("GCP_NETWORK=", "GCP_NETWORK=default");
        scripts.Set("GCP_SUBNET=", "GCP_SUBNET=default");
        var (service, job) = await DeployAsync(scripts);
        using var plain = GcpScripts.Ready(redis: false);
        var (leastService, leastJob) = await DeployAsync(plain);

        // What it is not stands beside what it is, and shows that it would be told.
        string[] wrong =
        [
            service.Replace("containerConcurrency", "containerConcurency", StringComparison.Ordinal),
            job.Replace("maxRetries", "maxRetry", StringComparison.Ordinal),
            service.Replace("      containerConcurrency: 80", "      initContainers: []", StringComparison.Ordinal),
            service.Replace("timeoutSeconds: 60", "timeoutSeconds: \"60\"", StringComparison.Ordinal),
            service.Replace("/cloudsql-instances", "/cloudsql-instance", StringComparison.Ordinal),
            service.Replace("containerPort: 3000", "protocol: TCP", StringComparison.Ordinal),
        ];
        var faults = await FaultsAsync([service, job, leastService, leastJob, .. wrong]);

        Assert.DoesNotContain(faults, fault => fault.Manifest < 4);
        Assert.Contains(faults, fault => fault.Manifest == 4 && fault.Text.Contains("containerConcurency", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Manifest == 5 && fault.Text.Contains("maxRetry", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Manifest == 6 && fault.Text.Contains("initContainers", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Manifest == 7 && fault.Text.Contains("'string' is not assignable to type 'number", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Manifest == 8 && fault.Text == "run.googleapis.com/cloudsql-instance is no annotation of Cloud Run");
        Assert.Contains(faults, fault => fault.Manifest == 9 && fault.Text.Contains("containerPort", StringComparison.Ordinal));

        Assert.Contains("run.googleapis.com/cloudsql-instances: shop:europe-west1:main\n", service, StringComparison.Ordinal);
        Assert.Contains("secretName: \"shop-production-redis-url\", items: [{ key: \"7\", path: value }]", service, StringComparison.Ordinal);
        Assert.DoesNotMatch("cloudsql|network|redis", leastService + leastJob);
        Assert.All([service, job, leastService, leastJob], text => Assert.DoesNotMatch(@"(?m)^[^#\n]*\$\{", text));
    }

    private static async Task<(string Service, string Job)> DeployAsync(CloudScripts scripts)
    {
        var result = await scripts.RunAsync("deploy.sh", "production");
        Assert.True(result.ExitCode == 0, result.Error);
        return (scripts.Kept("service.yaml"), scripts.Kept("job.yaml"));
    }

    private static async Task<(int Manifest, string Text)[]> FaultsAsync(string[] manifests)
    {
        var modules = await NpmPackage.InstallAsync("@googleapis/run@34.0.0", "@kubernetes-models/knative@4.0.0", "typescript@5.9.2", "yaml@2.9.1");
        var run = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Gcp", "validate.mjs"), modules], string.Join("---\n", manifests));
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).Select(parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))];
    }
}
