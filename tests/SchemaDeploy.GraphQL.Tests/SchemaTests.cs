using System.Reflection;
using System.Text.RegularExpressions;
using SchemaDeploy.AspNetCore.GraphQL;
using SchemaDeploy.GraphQL.Tests.App;
using SchemaDeploy.Tests;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>schema.graphql and what is served.</summary>
public sealed partial class SchemaTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public void The_page_about_graphql_says_of_every_limit_what_the_code_says()
    {
        var settings = new GraphQLSettings();
        var documented = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "graphql.md"))
            .Select(line => Limit().Match(line))
            .Where(match => match.Success)
            .Select(match => (match.Groups["name"].Value, match.Groups["default"].Value));

        Assert.Equal(typeof(GraphQLSettings).GetProperties().Select(property => (property.Name, $"{property.GetValue(settings)}")), documented);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_schema_that_is_served_is_the_one_that_was_built()
    {
        var modules = await NpmPackage.InstallAsync("graphql-http@1.23.1", "graphql@16.11.0");
        var file = Path.GetTempFileName();
        try
        {
            await using (var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SchemaDeploy.schema.graphql")!)
            await using (var copy = File.Create(file))
            {
                await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
            }

            var check = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Audit", "schema.mjs"), modules, app.Address.ToString(), file]);
            Assert.True(check.ExitCode == 0, check.Output + check.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SchemaSdk.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex(@"^\| `GraphQL:(?<name>\w+)` \| `(?<default>[\w:]*)` \|")]
    private static partial Regex Limit();
}
