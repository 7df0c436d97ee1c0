using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Tests.Golden;

/// <summary>Each folder here is the bundle for a database, made from schema.model.json. UPDATE_GOLDEN=1 writes them anew.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("docker-postgresql", DatabaseKind.PostgreSql)]
    [InlineData("docker-mariadb", DatabaseKind.MySql)]
    [InlineData("docker-sqlite", DatabaseKind.Sqlite)]
    [InlineData("docker-sqlserver", DatabaseKind.SqlServer)]
    public void A_model_gives_the_bundle_that_is_recorded(string name, DatabaseKind database)
    {
        var folder = Path.Combine(Bundle.GoldenFolder, name);
        var files = Bundle.Generate(database);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            foreach (var file in files)
            {
                File.WriteAllText(Path.Combine(folder, file.Path), file.Text);
            }
        }

        Assert.Equal(
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(folder, file.Path)).ReplaceLineEndings("\n"), file.Text));
    }
}
