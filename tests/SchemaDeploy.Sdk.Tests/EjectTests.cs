using SchemaDeploy.Sdk.Tests.GeneratedTests;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>SchemaEject: nobody is locked in.</summary>
[Trait("Category", "Integration")]
public sealed class EjectTests(PackedSdk sdk)
{
    [Fact]
    public async Task An_ejected_application_builds_without_the_SDK_and_passes_the_same_tests()
    {
        using var project = new TestedProject(sdk, TestedProject.Sample("DocumentGenerator"), "<SchemaApi>Rest;GraphQL</SchemaApi>");
        var app = project.App;
        app.Write("Items/Hooks.cs", """
            namespace App;

            public partial class ItemService
            {
                partial void OnCreating(Item item, ItemCreate request) => item.ItemType = item.ItemType.Trim();
            }

            public static partial class Api
            {
                static partial void Configure(WebApplication app) => app.MapGet("/hello", () => "Hello").AllowAnonymous();
            }
            """);
        app.Write("../App.Tests/HelloTests.cs", """
            namespace App.Tests;

            public sealed class HelloTests(TestApp app)
            {
                [Xunit.Fact]
                public async Task An_endpoint_of_our_own_answers() => (await app.Admin.GetAsync("/hello")).Expect(200);
            }
            """);

        var ejected = await app.DotNetAsync("build", "-nologo", "-t:SchemaEject", "../App.Tests");
        Assert.True(ejected.ExitCode == 0 && ejected.Output.Contains("ejected/App.Tests.csproj", StringComparison.Ordinal), ejected.Output);
        Assert.True(app.Exists("ejected/Items/Hooks.cs"));

        // Nothing of the project that it was is of any use to it.
        app.Delete("App.csproj");
        app.Delete("schema.sql");
        app.Delete("../App.Tests/App.Tests.csproj");
        Directory.Delete(Path.Combine(app.Folder, "obj"), recursive: true);
        var tested = await app.DotNetAsync("test", "-nologo", "../App.Tests/ejected");

        Assert.True(tested.ExitCode == 0, tested.Output);
        Assert.DoesNotContain("warning", tested.Output, StringComparison.Ordinal);
        Assert.InRange(TestedProject.PassedIn(tested), 60, 1000);
        Assert.DoesNotContain("SchemaDeploy.Sdk/", app.Read("ejected/obj/project.assets.json"), StringComparison.OrdinalIgnoreCase);
    }
}
