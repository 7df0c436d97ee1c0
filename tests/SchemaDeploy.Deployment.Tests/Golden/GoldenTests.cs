using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Tests.Golden;

/// <summary>Each folder here is the bundle for a database, made from schema.model.json. UPDATE_GOLDEN=1 writes them anew.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("docker-postgresql", DeployTarget.Docker, DatabaseKind.PostgreSql)]
    [InlineData("docker-mariadb", DeployTarget.Docker, DatabaseKind.MySql)]
    [InlineData("docker-sqlite", DeployTarget.Docker, DatabaseKind.Sqlite)]
    [InlineData("docker-sqlserver", DeployTarget.Docker, DatabaseKind.SqlServer)]
    [InlineData("k8s-postgresql", DeployTarget.K8s, DatabaseKind.PostgreSql)]
    [InlineData("k8s-mariadb", DeployTarget.K8s, DatabaseKind.MySql)]
    [InlineData("k8s-sqlite", DeployTarget.K8s, DatabaseKind.Sqlite)]
    [InlineData("k8s-sqlserver", DeployTarget.K8s, DatabaseKind.SqlServer)]
    [InlineData("vercel", DeployTarget.Vercel, DatabaseKind.PostgreSql)]
    [InlineData("vercel", DeployTarget.Vercel, DatabaseKind.MySql)]
    [InlineData("netlify", DeployTarget.Netlify, DatabaseKind.PostgreSql)]
    [InlineData("netlify", DeployTarget.Netlify, DatabaseKind.MySql)]
    [InlineData("gcp", DeployTarget.Gcp, DatabaseKind.PostgreSql)]
    [InlineData("gcp", DeployTarget.Gcp, DatabaseKind.MySql)]
    [InlineData("azure", DeployTarget.Azure, DatabaseKind.PostgreSql)]
    [InlineData("azure", DeployTarget.Azure, DatabaseKind.MySql)]
    [InlineData("aws-postgresql", DeployTarget.Aws, DatabaseKind.PostgreSql)]
    [InlineData("aws-sqlserver", DeployTarget.Aws, DatabaseKind.SqlServer)]
    public void A_model_gives_the_bundle_that_is_recorded(string name, DeployTarget target, DatabaseKind database)
    {
        var folder = Path.Combine(Bundle.GoldenFolder, name);
        var files = Bundle.Generate(database, target: target);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            foreach (var file in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file.Path))!);
                File.WriteAllText(Path.Combine(folder, file.Path), file.Text);
            }
        }

        Assert.Equal(
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
            files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(folder, file.Path)).ReplaceLineEndings("\n"), file.Text));
    }
}
