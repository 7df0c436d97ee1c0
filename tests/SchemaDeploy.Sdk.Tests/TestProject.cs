using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>A user's project in a folder of its own, outside the repository, built with the packed SDK.</summary>
internal sealed class TestProject : IDisposable
{
    public const string Schema = """
        CREATE TABLE users (id INT NOT NULL PRIMARY KEY, email VARCHAR(200) NOT NULL);
        CREATE TABLE note (id INT NOT NULL PRIMARY KEY, body VARCHAR(500) NOT NULL);

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    /// <summary>The five-line project and a schema of two tables.</summary>
    public TestProject(PackedSdk sdk, string properties = "", string? folder = null, bool versionInProject = true, string targetFramework = "net10.0")
    {
        Folder = folder is null ? _root : Path.Combine(_root, folder);
        Write(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="local" value="{PackedSdk.PackageFolder}" />
                <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
              </packageSources>
            </configuration>
            """);
        Write("App.csproj", $"""
            <Project Sdk="SchemaDeploy.Sdk{(versionInProject ? "/" + sdk.Version : "")}">
              <PropertyGroup>
                {(targetFramework.Length == 0 ? "" : $"<TargetFramework>{targetFramework}</TargetFramework>")}
                {properties}
              </PropertyGroup>
            </Project>
            """);
        Write("schema.sql", Schema);
    }

    public string Folder { get; }

    public string Output => Path.Combine(Folder, "obj", "schema");

    /// <summary>The generated C# files, by their paths relative to <see cref="Output"/>.</summary>
    public IReadOnlyList<string> Sources =>
        [.. File.ReadAllLines(Path.Combine(Output, "schema.outputs")).Where(path => path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>When the tool last ran to its end.</summary>
    public DateTime LastCompilation => File.GetLastWriteTimeUtc(Path.Combine(Output, "schema.stamp"));

    public bool Exists(string path) => File.Exists(Path.Combine(Folder, path));

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    public Task<CommandResult> DotNetAsync(params string[] arguments) =>
        RunningCommand.RunAsync("dotnet", arguments, Folder, PackedSdk.Limit, PackedSdk.Environment);

    /// <summary>Starts a command that goes on until it is disposed of.</summary>
    public RunningCommand StartDotNet(params string[] arguments) => new("dotnet", arguments, Folder, PackedSdk.Environment);

    public Task<CommandResult> BuildAsync(params string[] arguments) => DotNetAsync(["build", "-nologo", "-m:1", .. arguments]);

    /// <summary>Builds and expects neither an error nor a warning.</summary>
    public async Task<CommandResult> BuildCleanlyAsync(params string[] arguments)
    {
        var result = await BuildAsync(arguments);
        Assert.True(result.ExitCode == 0 && result.Output.Contains("0 Warning(s)", StringComparison.Ordinal), result.Output);
        return result;
    }

    /// <summary>The full paths of what goes to the C# compiler, as an editor finds out.</summary>
    public async Task<IReadOnlyList<string>> CompiledFilesAsync()
    {
        var answer = Path.Combine(_root, "answer.json");
        var result = await DotNetAsync(
            "msbuild", "-nologo", "-t:Compile", "-getItem:Compile", $"-getResultOutputFile:{answer}",
            "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
        Assert.True(result.ExitCode == 0, result.Output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(answer));
        return [.. json.RootElement.GetProperty("Items").GetProperty("Compile").EnumerateArray().Select(item => item.GetProperty("FullPath").GetString()!)];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
