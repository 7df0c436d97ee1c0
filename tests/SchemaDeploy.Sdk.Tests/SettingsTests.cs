namespace SchemaDeploy.Sdk.Tests;

/// <summary>Settings files beside the source.</summary>
[Trait("Category", "Integration")]
public sealed class SettingsTests(PackedSdk sdk)
{
    private const string Secret = """
        {
          "ConnectionStrings": { "Default": "Host=db;Password=hunter2" }
        }
        """;

    [Fact]
    public async Task A_secret_in_appsettings_is_warned_of_until_it_is_gone()
    {
        using var project = new TestProject(sdk);
        project.Write("appsettings.json", "{ \"AllowedHosts\": \"*\" }");
        project.Write("appsettings.Production.json", Secret);

        var warning = $"{Path.Combine(project.Folder, "appsettings.Production.json")}(2,37): warning SD5027: 'ConnectionStrings:Default' looks like";
        Assert.Contains(warning, (await project.BuildAsync()).Output, StringComparison.Ordinal);
        var again = await project.BuildAsync("--no-restore");
        Assert.Contains(warning, again.Output, StringComparison.Ordinal);
        Assert.True(again.ExitCode == 0 && !again.Output.Contains("hunter2", StringComparison.Ordinal), again.Output);
        await project.BuildCleanlyAsync("--no-restore", "-p:NoWarn=SD5027");

        project.Write("appsettings.Production.json", "{}");
        await project.BuildCleanlyAsync("--no-restore");
        Assert.Contains("Skipping target \"_SchemaCheckSettings\"", (await project.BuildCleanlyAsync("--no-restore", "-v:normal")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_without_settings_starts_nothing()
    {
        using var project = new TestProject(sdk);

        var result = await project.BuildCleanlyAsync("-v:normal");

        Assert.False(File.Exists(Path.Combine(project.Output, "settings.stamp")));
        Assert.DoesNotContain("check-settings", result.Output, StringComparison.Ordinal);
    }
}
