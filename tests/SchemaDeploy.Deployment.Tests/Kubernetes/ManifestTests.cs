using k8s.Models;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>Whether a cluster would understand every overlay.</summary>
[Trait("Category", "Integration")]
public sealed class ManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<Overlay> Overlays => [.. Overlay.All];

    private string Custom => Path.Combine(_folder, "overlays", "custom", "production", "kustomization.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Every_field_is_one_of_kubernetes(Overlay overlay)
    {
        var manifests = await overlay.ReadAsync();

        Assert.Equal($"shop-{overlay.Environment}", manifests.Of<V1Namespace>().Single().Metadata.Name);
        Assert.Equal(overlay.Database == DatabaseKind.Sqlite, !manifests.Of<V1Job>().Any());
        Assert.Equal(overlay.HasReplicas, manifests.Of<V2HorizontalPodAutoscaler>().Any());
        Assert.Equal(
            overlay is { Environment: "dev", Database: not DatabaseKind.Sqlite } ? overlay.Database == DatabaseKind.SqlServer ? ["redis"] : ["database", "redis"] : [],
            manifests.Of<V1StatefulSet>().Select(set => set.Metadata.Name).Order());
        // A field of another spelling, which shows that it would be told.
        var wrong = (await overlay.RenderAsync()).Replace("readOnlyRootFilesystem", "readOnlyRootFileSystem", StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Manifests.Read(wrong));
    }

    [Fact]
    public async Task The_models_of_kubernetes_find_nothing_missing()
    {
        var modules = await NpmPackage.InstallAsync("kubernetes-models@4.5.1", "yaml@2.9.1");
        var all = await Task.WhenAll(Overlay.All.Select(overlay => overlay.RenderAsync()));
        var yaml = string.Join("---\n", all);

        Assert.Equal("", await FaultsAsync(yaml));
        Assert.Contains("Deployment shop", await FaultsAsync(yaml.Replace("containerPort: 3000", "name2: x", StringComparison.Ordinal)), StringComparison.Ordinal);

        async Task<string> FaultsAsync(string text)
        {
            var run = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Kubernetes", "validate.mjs"), modules], text);
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Output;
        }
    }

    [Fact]
    public async Task What_the_user_says_comes_last_and_secrets_may_come_out_of_a_store()
    {
        Write();
        // Every example of the file's own, and a patch of what the overlay itself patches.
        File.WriteAllText(Custom, File.ReadAllText(Custom)
            .Replace("#components:\n#", "components:\n", StringComparison.Ordinal)
            .Replace("#images:\n#", "images:\n", StringComparison.Ordinal)
            .Replace("newTag: 1.2.3", "newTag: 9.9.9", StringComparison.Ordinal)
            .Replace("#- CORS_ORIGINS=", "- CORS_ORIGINS=", StringComparison.Ordinal)
            .Replace("patches:\n", "patches:\n  - target: { kind: HorizontalPodAutoscaler }\n    patch: '- { op: replace, path: /spec/minReplicas, value: 7 }'\n", StringComparison.Ordinal));

        var result = await RenderAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("minReplicas: 7\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("image: registry.example.com/acme/shop:9.9.9\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("shop:1.2.3", result.Output, StringComparison.Ordinal);
        Assert.Contains("  CORS_ORIGINS: https://app.example.org\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nkind: ExternalSecret\n", result.Output, StringComparison.Ordinal);

        // kustomize says what it does not know.
        File.AppendAllText(Custom, "\npaches: []\n");
        Assert.NotEqual(0, (await RenderAsync()).ExitCode);
    }

    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "staging", true)]
    [InlineData(DatabaseKind.MySql, "production", true)]
    [InlineData(DatabaseKind.MySql, "dev", false)]
    [InlineData(DatabaseKind.SqlServer, "production", false)]
    public async Task Servers_with_programs_for_it_are_backed_up_and_the_runbook_makes_a_restore_of_the_same_job(DatabaseKind database, string environment, bool expected)
    {
        var rendered = await new Overlay(database, environment).RenderAsync();
        Assert.Equal(expected, Manifests.Read(rendered).Of<V1CronJob>().Any());
        Assert.Equal(expected, Manifests.Read(rendered).Of<V1PersistentVolumeClaim>().Any());
        if (!expected)
        {
            return;
        }

        // What the runbook does to the Job, done to the CronJob.
        Write();
        var edit = (await File.ReadAllLinesAsync(Path.Combine(_folder, "RUNBOOK.md"), TestContext.Current.CancellationToken)).Single(line => line.TrimStart().StartsWith("sed ", StringComparison.Ordinal)).Split('|')[0];
        var edited = await Command.RunAsync("bash", ["-c", edit], rendered);
        var container = Manifests.Read(edited.Output).Of<V1CronJob>().Single().Spec.JobTemplate.Spec.Template.Spec.Containers.Single();
        Assert.Equal(["restore", "newest"], container.Args);
        Assert.Equal(["bash", "/scripts/backup.sh"], container.Command);
    }

    [Fact]
    public async Task The_examples_of_the_page_are_taken()
    {
        Write();
        var page = await File.ReadAllTextAsync(Page.Path, TestContext.Current.CancellationToken);
        var example = page.Split("```yaml\n")[1].Split("```")[0];
        File.WriteAllText(Custom, $"apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n{example}");

        var result = await RenderAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        var manifests = Manifests.Read(result.Output);
        Assert.Equal("1200", manifests.Of<V1ConfigMap>().Single(map => !map.Metadata.Name.StartsWith("shop-backup", StringComparison.Ordinal)).Data["RateLimits__User__Requests"]);
        Assert.Equal("512Mi", $"{manifests.AppContainer.Resources.Limits["memory"]}");
        Assert.Equal("nginx", manifests.Of<V1Ingress>().Single().Spec.IngressClassName);
        Assert.Equal(
            ["10.20.0.0/24", "0.0.0.0/0"],
            manifests.Of<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "to-data").Spec.Egress.SelectMany(rule => rule.To).Select(to => to.IpBlock.Cidr));
    }

    [Fact]
    public async Task The_pages_example_changes_when_backups_are_made_how_many_are_kept_and_by_which_programs()
    {
        Write();
        var page = await File.ReadAllTextAsync(Page.Path, TestContext.Current.CancellationToken);
        var example = page.Split("```yaml\n").Select(block => block.Split("```")[0]).Single(block => block.Contains("name: shop-backup", StringComparison.Ordinal) && block.StartsWith("patches:", StringComparison.Ordinal));
        File.WriteAllText(Custom, $"apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n{example}");

        var result = await RenderAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        var job = Manifests.Read(result.Output).Of<V1CronJob>().Single().Spec;
        Assert.Equal("0 */6 * * *", job.Schedule);
        var container = job.JobTemplate.Spec.Template.Spec.Containers.Single();
        Assert.Equal("postgres:18", container.Image);
        Assert.Equal("28", container.Env.Single(variable => variable.Name == "BACKUP_KEEP").Value);
    }

    private void Write() => new BundleFolder(_folder).Write(Bundle.Generate(DatabaseKind.PostgreSql, target: DeployTarget.K8s), new DiagnosticBag());

    private Task<Command.Result> RenderAsync() => Overlay.KustomizeAsync(Path.Combine(_folder, "overlays", "production"));
}
