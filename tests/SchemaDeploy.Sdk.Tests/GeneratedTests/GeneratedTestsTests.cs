using SchemaDeploy.Schema.Tests;

namespace SchemaDeploy.Sdk.Tests.GeneratedTests;

/// <summary>A project that names an application tests it.</summary>
[Trait("Category", "Integration")]
public sealed class GeneratedTestsTests(PackedSdk sdk)
{
    [Fact]
    public Task The_generated_tests_of_a_published_schema_pass() => PassAsync("mysql", "sqlc__booktest.sql");

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("mysql", "sakila__mysql-schema.sql")]
    [InlineData("postgres", "chinook__PostgreSql_SerialPKs.sql")]
    [InlineData("tsql", "contosoclinic__Clinic.sql")]
    [InlineData("tsql", "northwind__instnwnd.sql")]
    [InlineData("tsql", "pubs__instpubs.sql")]
    public Task The_generated_tests_of_published_schemas_pass(string dialect, string name) => PassAsync(dialect, name);

    [Fact]
    public async Task The_tests_of_an_application_with_both_apis_compare_them()
    {
        using var project = new TestedProject(sdk, TestedProject.Sample("Library"), "<SchemaApi>Rest;GraphQL</SchemaApi>");

        // 503 without GraphQL.
        Assert.InRange(await project.TestAsync(), 650, 10_000);
    }

    [Fact]
    public async Task The_tests_of_a_sample_with_hooks_pass_beside_the_generated_ones()
    {
        using var folder = new TestProject(sdk, folder: "App");
        foreach (var path in Directory.EnumerateFiles(Path.Combine(PackedSdk.RepositoryRoot, "samples"), "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Path.Combine(PackedSdk.RepositoryRoot, "samples"), path).Replace('\\', '/');
            if (name.StartsWith("Shop", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal))
            {
                var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
                folder.Write($"../{name}", text.Replace("SchemaDeploy.Sdk/1.0.0", $"SchemaDeploy.Sdk/{sdk.Version}", StringComparison.Ordinal));
            }
        }

        var result = await folder.DotNetAsync("test", "-nologo", "../Shop.Tests");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.InRange(TestedProject.PassedIn(result), 60, 10_000);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task The_generated_tests_of_a_schema_with_rules_pass()
    {
        using var project = new TestedProject(sdk, RulesApp.Schema);

        Assert.InRange(await project.TestAsync(), 40, 10_000);
    }

    [Theory]
    [InlineData("../Elsewhere/App.csproj", "SD5012")]
    [InlineData("../Other/Other.csproj", "SD5013")]
    [InlineData("../Graph/Graph.csproj", "SD5014")]
    public async Task A_project_that_names_no_application_with_tests_is_told_so(string tested, string code)
    {
        using var project = new TestProject(sdk, $"<SchemaTestsFor>{tested}</SchemaTestsFor>", folder: "App.Tests");
        project.Write("../Other/Other.csproj", """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        project.Write("../Graph/schema.sql", TestProject.Schema);
        project.Write("../Graph/Graph.csproj", $"""
            <Project Sdk="SchemaDeploy.Sdk/{sdk.Version}">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><SchemaApi>GraphQL</SchemaApi></PropertyGroup>
            </Project>
            """);

        var result = await project.BuildAsync();

        Assert.True(result.ExitCode != 0 && result.Output.Contains($"App.csproj : error {code}:", StringComparison.Ordinal), result.Output);
    }

    private async Task PassAsync(string dialect, string name)
    {
        using var project = new TestedProject(sdk, File.ReadAllText(Corpus.FilesOf(dialect).Single(file => file.Name == name).Path));

        Assert.InRange(await project.TestAsync(), 20, 10_000);
    }
}
