using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>What depends on the project, in the files of the Kubernetes bundle.</summary>
public sealed class KubernetesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_file_holds_a_password()
    {
        foreach (var database in Enum.GetValues<DatabaseKind>())
        {
            Assert.All(Generate(database), file =>
            {
                Assert.DoesNotMatch(@"(?im)^[^#\n]*(?:password|secret(?!Name|Key))\w*[ \t]*[:=][ \t]*['""]?(?!yes\b)\w", file.Text);
                Assert.DoesNotContain("latest", file.Text, StringComparison.Ordinal);
            });
        }
    }

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData("my_shop.api", "my-shop-api")]
    [InlineData("2go", "app-2go")]
    [InlineData("a-name-that-is-very-long-and-goes-on-until-it-has-no-room", "a-name-that-is-very-long-and-goes-on-unt")]
    public void Everything_is_called_by_the_images_name_as_far_as_kubernetes_allows(string image, string expected) =>
        Assert.Contains(
            $"\n  name: {expected}\n",
            Generate(DatabaseKind.PostgreSql, Bundle.Options with { Image = new ImageName($"registry.example.com/{image}", "1") }).TextOf("base/service-account.yaml"),
            StringComparison.Ordinal);

    [Fact]
    public void Sqlite_has_one_replica_and_is_warned_of()
    {
        var bag = new DiagnosticBag();

        var files = Bundle.Generate(DatabaseKind.Sqlite, diagnostics: bag, target: DeployTarget.K8s);

        Assert.Equal(("SD4016", DiagnosticSeverity.Warning), Assert.Single(bag.ToImmutable()) is var only ? (only.Code, only.Severity) : default);
        Assert.Contains("replicas: 1\n  strategy:\n    type: Recreate\n", files.TextOf("base/deployment.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain(files, file => file.Path is "base/autoscaler.yaml" or "base/disruption-budget.yaml" or "base/migration.yaml");
    }

    [Theory]
    [InlineData(DeployEnvironment.Production, "production")]
    [InlineData(DeployEnvironment.Staging, "staging")]
    [InlineData(DeployEnvironment.Local, "dev")]
    public void The_environment_that_is_meant_is_the_scripts_default(DeployEnvironment environment, string expected)
    {
        var files = Generate(DatabaseKind.PostgreSql, Bundle.Options with { Environment = environment });

        Assert.Contains($"\nenvironment={expected}\n", files.TextOf("deploy.sh"), StringComparison.Ordinal);
        Assert.Contains($"environment=${{1:-{expected}}}\n", files.TextOf("secrets.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_the_users_is_written_once_and_what_is_not_is_pointed_out_when_it_was_changed()
    {
        var bag = new DiagnosticBag();
        var custom = Path.Combine(_folder, "overlays", "custom", "staging", "kustomization.yaml");
        var deployment = Path.Combine(_folder, "base", "deployment.yaml");
        new BundleFolder(_folder).Write(Generate(DatabaseKind.PostgreSql), bag);
        File.WriteAllText(custom, "mine");
        File.WriteAllText(deployment, "mine too");

        new BundleFolder(_folder).Write(Generate(DatabaseKind.MySql), bag);

        Assert.Equal("mine", File.ReadAllText(custom));
        Assert.Equal(["SD4010"], bag.ToImmutable().Select(diagnostic => diagnostic.Code));
        Assert.Equal("mine too", File.ReadAllText($"{deployment}.edited"));
        Assert.DoesNotContain("custom", File.ReadAllText(Path.Combine(_folder, ".generated.sha256")), StringComparison.Ordinal);

        File.Delete(custom);
        new BundleFolder(_folder).Write(Generate(DatabaseKind.MySql), bag);
        Assert.StartsWith("# Yours", File.ReadAllText(custom), StringComparison.Ordinal);
    }

    private static IReadOnlyList<BundleFile> Generate(DatabaseKind database, DeploymentOptions? options = null) =>
        Bundle.Generate(database, options, target: DeployTarget.K8s);
}
