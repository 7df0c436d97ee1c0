using System.Runtime.CompilerServices;
using SchemaDeploy.Compatibility.Tests.App;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>The samples on every database.</summary>
[Trait("Category", "Integration")]
public sealed class SampleTests
{
    [Theory]
    [InlineData("DocumentGenerator")]
    [InlineData("Shop")]
    public async Task A_sample_answers_alike_on_every_database(string name)
    {
        using var project = await AppProject.BuildAsync(FileOf(name));
        var rounds = await Exercise.EverywhereAsync(project, AppProject.Design(project.Database), project.Database);
        Assert.All(rounds, round => Assert.NotEqual(0, round.Exercised));
    }

    private static string FileOf(string name, [CallerFilePath] string source = "") =>
        Path.GetFullPath($"../../samples/{name}/schema.sql", Path.GetDirectoryName(source)!);
}
