using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Azure;

/// <summary>Whether Azure's own compiler of Bicep has anything to say about the bundle.</summary>
[Trait("Category", "Integration")]
public sealed class BicepTests : IDisposable
{
    private static readonly string s_compiler =
        typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Bicep").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("base.bicep")]
    [InlineData("job.bicep")]
    [InlineData("app.bicep")]
    [InlineData("shared.bicep")]
    public async Task The_compiler_has_nothing_to_say(string file)
    {
        Write();

        Assert.Empty((await CompileAsync(file)).Diagnostics);
    }

    [Theory]
    [InlineData("app.bicep", "targetPort: 3000", "targetPrt: 3000", "BCP089")]
    [InlineData("app.bicep", "weight: 100", "weight: '100'", "BCP036")]
    [InlineData("job.bicep", "      triggerType: 'Manual'\n", "", "BCP035")]
    [InlineData("job.bicep", "param location string", "param unused string\nparam location string", "no-unused-params")]
    [InlineData("base.bicep", "'Microsoft.KeyVault/vaults@2023-07-01'", "'Microsoft.KeyVault/vaultz@2023-07-01'", "BCP081")]
    [InlineData("shared.bicep", "toUpper(", "toUpperr(", "BCP070")]
    public async Task What_is_wrong_is_told(string file, string right, string wrong, string code)
    {
        Write();
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(code, (await CompileAsync(file)).Diagnostics);
    }

    [Fact]
    public async Task Deploying_gives_each_template_the_parameters_that_it_asks_for()
    {
        using var scripts = AzureScripts.Ready();
        var result = await scripts.RunAsync("deploy.sh", "production");
        Assert.True(result.ExitCode == 0, result.Error);
        Write();

        foreach (var name in new[] { "job", "app" })
        {
            using var template = JsonDocument.Parse((await CompileAsync($"{name}.bicep")).Template);
            using var given = JsonDocument.Parse(scripts.Kept($"{name}.json"));
            var parameters = template.RootElement.GetProperty("parameters").EnumerateObject().ToList();
            var names = given.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToList();

            Assert.Empty(names.Except(parameters.Select(parameter => parameter.Name)));
            Assert.Empty(parameters.Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name).Except(names));
            // What the application gets, quoted as JSON wants it.
            Assert.Equal(
                [("ADMIN_EMAIL", "\"ada\\@acme.org")],
                given.RootElement.GetProperty("parameters").GetProperty("settings").GetProperty("value").EnumerateArray()
                    .Select(setting => (setting.GetProperty("name").GetString()!, setting.GetProperty("value").GetString()!)));
        }
    }

    private void Write() => new BundleFolder(_folder).Write(Bundle.Generate(DatabaseKind.PostgreSql, target: DeployTarget.Azure), new DiagnosticBag());

    private async Task<(string Template, IReadOnlyList<string> Diagnostics)> CompileAsync(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "The compiler of Bicep is for Linux on x64.");
        var run = await Command.RunAsync("env", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", s_compiler, "build", Path.Combine(_folder, file), "--stdout", "--diagnostics-format", "sarif"]);
        using var report = JsonDocument.Parse(run.Error);
        return (run.Output, [.. report.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(result => result.GetProperty("ruleId").GetString()!)]);
    }
}
