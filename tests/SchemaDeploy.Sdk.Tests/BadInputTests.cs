using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>What a project can get wrong ends in one coded error.</summary>
[Trait("Category", "Integration")]
public sealed partial class BadInputTests(PackedSdk sdk)
{
    [Fact]
    public async Task A_project_without_target_framework_is_told_to_add_one()
    {
        using var project = new TestProject(sdk, targetFramework: "");

        AssertOneError("SD5001", "<TargetFramework>net10.0</TargetFramework>", await project.BuildAsync());
    }

    [Fact]
    public async Task Without_a_schema_file_the_error_names_what_was_looked_for()
    {
        using var project = new TestProject(sdk);
        project.Delete("schema.sql");

        var result = await project.BuildAsync();

        AssertOneError("SD5002", Path.Combine(project.Folder, "schema.sql"), result);
        Assert.Contains(Path.Combine(project.Folder, "schema/"), result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_default_items_the_error_asks_for_an_item()
    {
        using var project = new TestProject(sdk, "<EnableDefaultSchemaItems>false</EnableDefaultSchemaItems>");

        AssertOneError("SD5002", "<SchemaFile Include=\"schema.sql\" />", await project.BuildAsync());
    }

    [Theory]
    [InlineData("SchemaDialect", "MySQLi", "SD5003", "Did you mean 'MySql'?")]
    [InlineData("SchemaDatabase", "PostgresSql", "SD5004", "Did you mean 'PostgreSql'?")]
    [InlineData("SchemaDatabase", "Oracle", "SD5004", "It takes Sqlite, PostgreSql, MySql, SqlServer.")]
    [InlineData("SchemaApi", "Rset", "SD5005", "Did you mean 'Rest'?")]
    [InlineData("SchemaUnindexedQueries", "Refused", "SD5009", "Did you mean 'Refuse'?")]
    [InlineData("SchemaSeed", "yes", "SD5011", "It takes true, false.")]
    [InlineData("DeployTarget", "dokcer", "SD4001", "Did you mean 'docker'?")]
    [InlineData("DeployEnvironment", "prodution", "SD4002", "Did you mean 'production'?")]
    [InlineData("SchemaPipelineFor", "githb", "SD4026", "Did you mean 'github'?")]
    [InlineData("SchemaClientLanguage", "TypeScrip", "SD5016", "Did you mean 'TypeScript'?")]
    public async Task An_unknown_value_is_refused_with_a_suggestion(string property, string value, string code, string expected)
    {
        using var project = new TestProject(sdk, $"<{property}>{value}</{property}>");

        AssertOneError(code, expected, await project.BuildAsync());
    }

    [Theory]
    [InlineData("vercel", "", "SD4020", "SQLite is a file")]
    [InlineData("netlify", "", "SD4020", "runs on netlify keeps no file")]
    [InlineData("docker;aws", "", "SD4020", "runs on aws keeps no file")]
    [InlineData("vercel", "<SchemaDatabase>SqlServer</SchemaDatabase>", "SD4021", "no ICU")]
    [InlineData("vercel", "<SchemaDatabase>PostgreSql;SqlServer</SchemaDatabase>", "SD4021", "no ICU")]
    public async Task A_target_is_refused_a_database_that_it_cannot_use_before_anything_is_built(string target, string properties, string code, string expected)
    {
        using var project = new TestProject(sdk, properties);

        var result = await project.DotNetAsync("publish", "-nologo", $"-p:DeployTarget=\"{target}\"");

        AssertOneError(code, expected, result);
        Assert.False(project.Exists("bin/Release/net10.0/linux-x64/App.dll"));
    }

    [Fact]
    public async Task An_error_in_the_schema_is_reported_at_its_place_and_leaves_no_output()
    {
        using var project = new TestProject(sdk);
        project.Write("schema.sql", TestProject.Schema + "CREATE TABLE OOPS OOPS (id INT);\n");

        var result = await project.BuildAsync();

        AssertOneError("SD1", Path.Combine(project.Folder, "schema.sql") + "(3,", result);
        Assert.False(project.Exists("obj/schema/schema.outputs"));
        Assert.False(project.Exists("obj/schema/schema.stamp"));
    }

    [Fact]
    public async Task A_schema_file_that_does_not_exist_is_named()
    {
        using var project = new TestProject(sdk);
        project.Write("Directory.Build.props", """<Project><ItemGroup><SchemaFile Include="missing.sql" /></ItemGroup></Project>""");

        AssertOneError("SD", "missing.sql", await project.BuildAsync());
    }

    [Fact]
    public async Task A_tool_that_dies_without_a_word_is_an_error_of_its_own()
    {
        using var project = new TestProject(sdk);

        AssertOneError("SD5008", "ended with exit code", await project.BuildAsync("-p:SchemaToolPath=missing.dll"));
    }

    [Fact]
    public async Task An_obj_folder_that_cannot_be_written_is_a_coded_error()
    {
        using var project = new TestProject(sdk);
        await project.DotNetAsync("restore");

        // A file where the folder is to be stops the superuser too.
        project.Write("obj/schema", "");

        AssertOneError("MSB3191", Path.Combine(project.Folder, "obj", "schema"), await project.BuildAsync("--no-restore"));
    }

    /// <summary>One error (the summary repeats it), no trace of a crash, exit code 1.</summary>
    private static void AssertOneError(string code, string expected, CommandResult result)
    {
        Assert.True(result.ExitCode == 1, result.Output);
        var errors = ErrorLine().Matches(result.Output).Select(match => match.Value.Trim()).Distinct().ToArray();
        var error = Assert.Single(errors);
        Assert.Contains($"error {code}", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^.*\berror [A-Z]+\d+:.*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
