using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>The samples, each in a dialect of its own, as users would build them.</summary>
[Trait("Category", "Integration")]
public sealed class SampleTests(PackedSdk sdk)
{
    [Theory]
    [InlineData("DocumentGenerator", "MySql")]
    [InlineData("Shop", "TSql")]
    [InlineData("Library", "PostgreSql")]
    public async Task A_sample_is_read_in_its_dialect_and_builds_without_a_warning(string name, string dialect)
    {
        using var project = new TestProject(sdk);
        foreach (var file in Directory.GetFiles(Path.Combine(PackedSdk.RepositoryRoot, "samples", name), "*.sql", SearchOption.AllDirectories))
        {
            project.Write(Path.GetRelativePath(Path.Combine(PackedSdk.RepositoryRoot, "samples", name), file), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        await project.BuildCleanlyAsync();

        using var model = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project.Output, "schema.model.json"), TestContext.Current.CancellationToken));
        Assert.Equal(dialect, model.RootElement.GetProperty("dialect").GetString());
    }
}
