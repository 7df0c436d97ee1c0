using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary><c>dotnet App.dll script</c>.</summary>
[Collection(CommandLine.Turns)]
public sealed class ScriptTests
{
    [Fact]
    public async Task Without_a_database_a_script_is_written_for_each_that_the_application_has()
    {
        var folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
        try
        {
            var (exitCode, output, _) = await CommandLine.RunAsync("script", "--output", Path.Combine(folder, "sql"));
            Assert.Equal(0, exitCode);
            string[] expected = [.. Api.Options.Providers.Select(provider => Path.Combine(folder, "sql", provider + ".sql"))];
            Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.All(expected, file => Assert.Contains("gadgets", File.ReadAllText(file), StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("'--databse' is not understood. Usage: script [--database NAME] [--output FOLDER]", "--databse", "postgres")]
    [InlineData("'--output' is not understood. Usage: script [--database NAME] [--output FOLDER]", "--output")]
    [InlineData("The application has no database 'oracle'. It has sqlite, postgres, mysql.", "--database", "oracle")]
    public async Task A_mistake_on_the_command_line_ends_with_one_line(string message, params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(["script", .. arguments]);
        Assert.Equal((1, "", message), (exitCode, output, error.Trim()));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task PostgreSql_runs_the_script_and_has_what_the_application_would_make() => await CompareAsync("postgres", await SharedServers.PostgreSqlAsync(), new AppOnPostgreSql());

    [Fact]
    [Trait("Category", "Integration")]
    public async Task MariaDb_runs_the_script_and_has_what_the_application_would_make() => await CompareAsync("mysql", await SharedServers.MariaDbAsync(), new AppOnMariaDb());

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Sqlite_runs_the_script_and_has_what_the_application_would_make() => await CompareAsync("sqlite", SharedServers.Sqlite(), new RunningApp());

    private static async Task CompareAsync(string provider, IDatabaseServer server, RunningApp app)
    {
        await using (app)
        {
            await app.InitializeAsync();
            var (_, script, _) = await CommandLine.RunAsync("script", "--database", provider);
            var url = await server.CreateDatabaseAsync();
            await server.RunSqlAsync(url, script);
            Assert.Equal(await server.DumpSchemaAsync(app.DatabaseUrl), await server.DumpSchemaAsync(url));
        }
    }
}
