using System.Text;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>Projects that choose how clients talk to them.</summary>
[Trait("Category", "Integration")]
public sealed class GraphQLTests(PackedSdk sdk)
{
    [Theory]
    [InlineData("Rest;GraphQL", true)]
    [InlineData("GraphQL", false)]
    public async Task A_project_that_chooses_graphql_serves_it(string api, bool hasPaths)
    {
        using var project = new TestProject(sdk, $"<SchemaApi>{api}</SchemaApi>");

        await project.BuildCleanlyAsync();
        using var app = project.StartDotNet("run", "--no-build", "--", "--urls", "http://127.0.0.1:0");
        await app.WaitForAsync("Application started", PackedSdk.Limit);
        using var client = new HttpClient { BaseAddress = ListeningAddress.Find(app.Output) };
        using var query = new StringContent("""{"query":"{ notes { nodes { id body } } }"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/graphql", query, TestContext.Current.CancellationToken);

        Assert.Contains("UNAUTHORIZED", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(hasPaths, project.Read("obj/schema/openapi.json").Contains("\"/api/note\"", StringComparison.Ordinal));
        Assert.Contains("type Query {", project.Read("obj/schema/schema.graphql"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_does_not_carries_nothing_of_it()
    {
        using var project = new TestProject(sdk);

        await project.BuildCleanlyAsync();

        Assert.DoesNotContain(
            Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories),
            file => file.Contains("GraphQL", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(".cache", StringComparison.Ordinal));
    }
}
