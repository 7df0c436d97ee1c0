using System.Globalization;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>A project that names an application tests it.</summary>
[Trait("Category", "Integration")]
public sealed partial class GeneratedTestsTests(PackedSdk sdk)
{
    [Fact]
    public async Task A_project_that_names_the_sample_tests_it()
    {
        using var project = new TestProject(sdk, folder: "App");
        project.Write("schema.sql", await File.ReadAllTextAsync(
            Path.Combine(PackedSdk.RepositoryRoot, "samples", "DocumentGenerator", "schema.sql"), TestContext.Current.CancellationToken));
        project.Write("../App.Tests/App.Tests.csproj", $"""
            <Project Sdk="SchemaDeploy.Sdk/{sdk.Version}">
              <PropertyGroup><SchemaTestsFor>../App/App.csproj</SchemaTestsFor></PropertyGroup>
            </Project>
            """);

        var result = await project.DotNetAsync("test", "-nologo", "../App.Tests");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.DoesNotContain("warning", result.Output, StringComparison.Ordinal);
        Assert.InRange(int.Parse(PassedPattern().Match(result.Output).Groups[1].Value, CultureInfo.InvariantCulture), 60, 1000);
    }

    [Theory]
    [InlineData("../Elsewhere/App.csproj", "SD5012")]
    [InlineData("../Other/Other.csproj", "SD5013")]
    public async Task A_project_that_names_no_application_is_told_so(string tested, string code)
    {
        using var project = new TestProject(sdk, $"<SchemaTestsFor>{tested}</SchemaTestsFor>", folder: "App.Tests");
        project.Write("../Other/Other.csproj", """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);

        var result = await project.BuildAsync();

        Assert.True(result.ExitCode != 0 && result.Output.Contains($"App.csproj : error {code}:", StringComparison.Ordinal), result.Output);
    }

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedPattern();
}
