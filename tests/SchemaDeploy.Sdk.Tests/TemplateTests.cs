namespace SchemaDeploy.Sdk.Tests;

/// <summary>What <c>dotnet new</c> makes of the packed templates.</summary>
[Trait("Category", "Integration")]
public sealed class TemplateTests(PackedSdk sdk)
{
    [Fact]
    public async Task A_new_application_of_each_dialect_passes_its_tests()
    {
        using var project = new TestProject(sdk, folder: "Elsewhere");
        await InstallAsync(project);
        foreach (var dialect in (string[])["mysql", "tsql", "postgresql"])
        {
            // In the place of the one before, which is built faster than one in a folder of its own.
            await NewAsync(project, "schemadeploy", "--name", "Shop", "--output", "../Shop", "--dialect", dialect, "--force");

            var result = await project.DotNetAsync("test", "../Shop", "-nologo");

            Assert.True(result.ExitCode == 0, dialect + result.Output);
            Assert.DoesNotContain("warning", result.Output, StringComparison.Ordinal);
            Assert.Contains("Passed!", result.Output, StringComparison.Ordinal);
            Assert.Contains("\"applicationUrl\": \"http://localhost:3000\"", project.Read("../Shop/Shop/Properties/launchSettings.json"), StringComparison.Ordinal);
            Assert.True(project.Exists("../Shop/.gitignore"));
        }
    }

    [Fact]
    public async Task Tests_for_an_application_that_is_there_name_it()
    {
        using var project = new TestProject(sdk, folder: "App");
        await InstallAsync(project);
        await NewAsync(project, "schemadeploy-tests", "--name", "App.Tests", "--output", "../App.Tests", "--application", "../App/App.csproj");

        Assert.Equal($"""
            <Project Sdk="SchemaDeploy.Sdk/{sdk.Version}">

              <PropertyGroup>
                <SchemaTestsFor>../App/App.csproj</SchemaTestsFor>
              </PropertyGroup>

            </Project>

            """, project.Read("../App.Tests/App.Tests.csproj"));
    }

    private Task InstallAsync(TestProject project) =>
        NewAsync(project, "install", Path.Combine(PackedSdk.PackageFolder, $"SchemaDeploy.Templates.{sdk.Version}.nupkg"));

    // With templates of this run alone, whatever is installed on the machine.
    private static async Task NewAsync(TestProject project, params string[] arguments)
    {
        var result = await project.DotNetAsync(["new", .. arguments, "--debug:custom-hive", Path.Combine(project.Folder, "hive")]);
        Assert.True(result.ExitCode == 0, result.Output);
    }
}
