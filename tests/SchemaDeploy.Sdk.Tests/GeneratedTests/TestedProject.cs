using System.Globalization;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests.GeneratedTests;

/// <summary>An application of a schema, and beside it the project of two lines that tests it.</summary>
internal sealed partial class TestedProject : IDisposable
{
    private const string Tests = "../App.Tests";

    public TestedProject(PackedSdk sdk, string schema, string properties = "")
    {
        App = new TestProject(sdk, properties, folder: "App");
        App.Write("schema.sql", schema);
        App.Write($"{Tests}/App.Tests.csproj", $"""
            <Project Sdk="SchemaDeploy.Sdk/{sdk.Version}">
              <PropertyGroup><SchemaTestsFor>../App/App.csproj</SchemaTestsFor></PropertyGroup>
            </Project>
            """);
    }

    public TestProject App { get; }

    /// <summary>The schema of a project in samples.</summary>
    public static string Sample(string name) => File.ReadAllText(Path.Combine(PackedSdk.RepositoryRoot, "samples", name, "schema.sql"));

    /// <summary>Builds both without a warning, expects all tests to pass, and says how many.</summary>
    public async Task<int> TestAsync()
    {
        var result = await App.DotNetAsync("test", "-nologo", Tests);
        Assert.True(result.ExitCode == 0, result.Output);
        return PassedIn(result);
    }

    /// <summary>How many tests passed.</summary>
    public static int PassedIn(CommandResult result) => int.Parse(PassedPattern().Match(result.Output).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Runs the tests as they were built.</summary>
    public Task<CommandResult> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        RunningCommand.RunAsync("dotnet", ["exec", "bin/Debug/net10.0/App.Tests.dll", .. arguments], Path.Combine(App.Folder, Tests), PackedSdk.Limit, environment);

    public void Dispose() => App.Dispose();

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedPattern();
}
