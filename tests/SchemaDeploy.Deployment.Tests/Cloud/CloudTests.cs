using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Cloud;

/// <summary>What the bundles of all clouds have in common.</summary>
public sealed class CloudTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<DeployTarget> Clouds => [DeployTarget.Gcp, DeployTarget.Azure, DeployTarget.Aws];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Clouds))]
    public void No_file_holds_a_password(DeployTarget cloud)
    {
        foreach (var database in Enum.GetValues<DatabaseKind>())
        {
            Assert.All(Bundle.Generate(database, target: cloud), file => Assert.DoesNotMatch(@"(?im)^(?:.*_)?(?:password|secret)[ \t]*[:=][ \t]*['""]?\w", file.Text));
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void The_page_and_the_readme_name_every_file_of_the_bundle(DeployTarget cloud)
    {
        var files = Bundle.Generate(DatabaseKind.PostgreSql, target: cloud);
        var page = TargetPage.Read(cloud);

        foreach (var text in new[] { page, files.TextOf("README.md") })
        {
            var named = text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => line.Split('|')[1].Split('`').Where((_, index) => index % 2 == 1)).ToList();
            Assert.All(files.Select(file => file.Path).Except(["README.md", ".gitignore"]), path => Assert.Contains(path, named));
        }

        Assert.Equal(TargetPage.Sections, TargetPage.HeadingsOf(page));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void The_files_of_environments_are_the_users(DeployTarget cloud)
    {
        var files = Bundle.Generate(DatabaseKind.PostgreSql, target: cloud);
        new BundleFolder(_folder).Write(files, new DiagnosticBag());
        var settings = files.Where(file => file.IsUsers).Select(file => file.Path).ToList();
        Assert.Equal(["production", "staging"], settings.Select(path => path.Split('.')[0]).Distinct());
        File.WriteAllText(Path.Combine(_folder, settings[0]), "mine");

        var bag = new DiagnosticBag();
        new BundleFolder(_folder).Write(files, bag);

        Assert.Empty(bag.ToImmutable());
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, settings[0])));
    }

    [Theory]
    [InlineData(DeployEnvironment.Production, "production")]
    [InlineData(DeployEnvironment.Staging, "staging")]
    [InlineData(DeployEnvironment.Local, "staging")]
    public void The_environment_that_is_meant_is_the_scripts_default(DeployEnvironment environment, string expected)
    {
        var files = Bundle.Generate(DatabaseKind.PostgreSql, Bundle.Options with { Environment = environment }, target: DeployTarget.Gcp);

        Assert.Contains($"\nenvironment={expected}\n", files.TextOf("deploy.sh"), StringComparison.Ordinal);
        Assert.Contains($"environment=${{1:-{expected}}}\n", files.TextOf("secrets.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_as_short_as_the_cloud_wants_them()
    {
        var files = Bundle.Generate(
            DatabaseKind.PostgreSql, Bundle.Options with { Image = new ImageName("registry.example.com/a_name-that.is-very-long", "1") }, target: DeployTarget.Gcp);

        Assert.Contains("SERVICE=a-name-that-is-very-$environment\n", files.TextOf("deploy.sh"), StringComparison.Ordinal);
    }

}
