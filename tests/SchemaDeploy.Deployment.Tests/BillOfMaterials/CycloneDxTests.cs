using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using SchemaDeploy.Deployment.BillOfMaterials;

namespace SchemaDeploy.Deployment.Tests.BillOfMaterials;

/// <summary>The bill of materials of this very project, which is restored like any other.</summary>
public sealed class CycloneDxTests
{
    private static readonly string s_assets = Path.Combine(Path.GetDirectoryName(Bundle.GoldenFolder)!, "obj", "project.assets.json");

    private static string Text => Encoding.UTF8.GetString(CycloneDxDocument.Write("Shop", "1.2.3", "9.9.9", ProjectAssets.Read(s_assets, "net10.0", runtime: null)));

    [Fact]
    public void It_names_every_package_with_its_licence_its_hash_and_what_it_needs()
    {
        using var document = JsonDocument.Parse(Text);
        var components = document.RootElement.GetProperty("components").EnumerateArray().ToDictionary(component => component.GetProperty("bom-ref").GetString()!);

        var package = components.Single(component => component.Key.StartsWith("pkg:nuget/KubernetesClient@", StringComparison.Ordinal)).Value;
        Assert.Equal(("KubernetesClient", "required"), (package.GetProperty("name").GetString(), package.GetProperty("scope").GetString()));
        Assert.Equal("Apache-2.0", package.GetProperty("licenses")[0].GetProperty("expression").GetString());
        Assert.Matches("^[0-9a-f]{128}$", package.GetProperty("hashes")[0].GetProperty("content").GetString());
        Assert.Equal("excluded", components.Single(component => component.Key.StartsWith("pkg:nuget/xunit.analyzers@", StringComparison.Ordinal)).Value.GetProperty("scope").GetString());
        Assert.False(components["SchemaDeploy.Schema@1.0.0"].TryGetProperty("purl", out _));

        var dependencies = document.RootElement.GetProperty("dependencies").EnumerateArray()
            .ToDictionary(one => one.GetProperty("ref").GetString()!, one => one.GetProperty("dependsOn").EnumerateArray().Select(on => on.GetString()!).ToList());
        Assert.Contains(package.GetProperty("bom-ref").GetString()!, dependencies["Shop@1.2.3"]);
        Assert.Contains("SchemaDeploy.Schema@1.0.0", dependencies["SchemaDeploy.Generation@1.0.0"]);
        Assert.All(dependencies.Values.SelectMany(on => on), reference => Assert.Contains(reference, components.Keys));
    }

    [Fact]
    public void It_holds_neither_a_time_nor_a_folder_of_the_machine()
    {
        Assert.Equal(Text, Text);
        Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("timestamp|serialNumber", Text);
    }

    [Fact]
    public void Another_platform_than_was_restored_for_is_told() =>
        Assert.Contains("has nothing of net10.0/osx-arm64", Assert.Throws<KeyNotFoundException>(() => ProjectAssets.Read(s_assets, "net10.0", "osx-arm64")).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_schema_of_CycloneDX_takes_it()
    {
        var modules = await NpmPackage.InstallAsync("@cyclonedx/cyclonedx-library@10.3.0", "ajv@8.17.1", "ajv-formats@3.0.1", "ajv-formats-draft2019@1.6.1");

        Assert.Equal("", await FaultsAsync(Text));
        Assert.Contains("scope", await FaultsAsync(Text.Replace("\"scope\": \"required\"", "\"scope\": \"wanted\"", StringComparison.Ordinal)), StringComparison.Ordinal);

        async Task<string> FaultsAsync(string text)
        {
            var run = await Command.RunAsync("node", [Path.Combine(FolderOfThisFile(), "validate.mjs"), modules], text);
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Output;
        }
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
