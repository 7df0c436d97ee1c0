using System.Globalization;
using SchemaDeploy.Generation.Clients;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>
/// The clients of published schemas, of each in a namespace of its own, compiled together as strictly as their users may
/// want it: of a few of each dialect, and of all where SCHEMADEPLOY_ON_ALL_DATABASES asks for so many.
/// </summary>
[Trait("Category", "Integration")]
public sealed class ClientTests
{
    private const int SampleSeed = 2;
    private const int QuickTables = 60;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);
    private static readonly string[] s_dialects = ["mysql", "tsql", "postgres"];

    private static readonly int? s_filesOfEachDialect =
        int.TryParse(Environment.GetEnvironmentVariable("SCHEMADEPLOY_ON_ALL_DATABASES"), CultureInfo.InvariantCulture, out var count) ? count : null;

    // For both languages.
    private static readonly Lazy<IReadOnlyList<(string Name, DatabaseModel Model)>> s_schemas =
        new(() => [.. s_dialects.SelectMany(SampleOf).Select(file => (file.Name, ModelOf(file)))]);

    [Fact]
    public async Task Clients_in_CSharp_compile_without_a_warning()
    {
        using var folder = new ClientFolder(ClientLanguage.CSharp);
        folder.Write("Clients.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <IsAotCompatible>true</IsAotCompatible>
              </PropertyGroup>
            </Project>
            """);

        var built = await RunningCommand.RunAsync("dotnet", ["build", "-nologo", "-m:1"], folder.Path, s_limit);

        Assert.True(built.ExitCode == 0 && built.Output.Contains("0 Warning(s)", StringComparison.Ordinal), built.Output);
    }

    [Fact]
    public async Task Clients_in_TypeScript_are_strict()
    {
        var modules = await NpmPackage.InstallAsync("typescript@5.9.3", "@types/node@24.10.1");
        using var folder = new ClientFolder(ClientLanguage.TypeScript);
        folder.Write("package.json", """{ "type": "module" }""");
        folder.Write("tsconfig.json", """
            {
              "compilerOptions": {
                "strict": true, "exactOptionalPropertyTypes": true, "noUnusedLocals": true, "noUncheckedIndexedAccess": true,
                "erasableSyntaxOnly": true, "noEmit": true, "target": "es2022", "module": "nodenext",
                "lib": ["es2022", "dom", "dom.iterable"], "types": []
              }
            }
            """);

        var compiled = await RunningCommand.RunAsync("node", [Path.Combine(modules, "typescript", "bin", "tsc")], folder.Path, s_limit);

        Assert.True(compiled.ExitCode == 0, compiled.Output);
    }

    private static IEnumerable<CorpusFile> SampleOf(string dialect)
    {
        var files = Corpus.FilesOf(dialect).Where(file => s_filesOfEachDialect is not null || file.CreateTables <= QuickTables).ToArray();
        new Random(SampleSeed).Shuffle(files);
        return files.Take(s_filesOfEachDialect ?? 1);
    }

    private static DatabaseModel ModelOf(CorpusFile file)
    {
        var bag = new DiagnosticBag();
        var script = SchemaScriptReader.Read([new SourceText(file.Name, file.Text)], null, bag);
        using var result = SchemaCompiler.Compile(script!, Environment.CurrentDirectory, bag);
        return result!.Model;
    }

    /// <summary>A folder with the client of each schema in a folder of its own.</summary>
    private sealed class ClientFolder : IDisposable
    {
        public ClientFolder(ClientLanguage language)
        {
            foreach (var (index, schema) in s_schemas.Value.Index())
            {
                var bag = new DiagnosticBag();
                var options = new DesignOptions { Namespace = $"App{index}", Title = $"App{index}", AllowUnindexed = true };
                foreach (var client in ClientGenerator.Generate(schema.Model, options, language, $"App{index}.Client", null, bag))
                {
                    Write(System.IO.Path.Combine($"{index}-{schema.Name}", client.Path), client.Text);
                }

                Assert.False(bag.HasErrors, string.Join('\n', bag.ToImmutable()));
            }
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

        public void Write(string path, string text)
        {
            var file = System.IO.Path.Combine(Path, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
