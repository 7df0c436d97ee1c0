namespace SchemaDeploy.Sdk.Tests.Clients;

/// <summary>SchemaClient writes clients, with which the application is used.</summary>
[Trait("Category", "Integration")]
public sealed class ClientTests(PackedSdk sdk)
{
    // Names that TypeScript has other uses for, or would not take without quotes.
    private const string Schema = """
        CREATE TABLE shelves (id INT AUTO_INCREMENT PRIMARY KEY, `größe` INT NOT NULL, `default` VARCHAR(20) NOT NULL);
        CREATE TABLE users (
            id INT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(200) NOT NULL UNIQUE, password_hash VARCHAR(200) NOT NULL);
        -- Notes of somebody. */ They are short.
        CREATE TABLE notes (
            id INT AUTO_INCREMENT PRIMARY KEY,
            owner_id INT NOT NULL REFERENCES users(id),
            class INT NOT NULL,
            title VARCHAR(50) NOT NULL,
            state ENUM('open', 'done') NOT NULL,
            price DECIMAL(8,2),
            version INT NOT NULL DEFAULT 1,
            FOREIGN KEY (class) REFERENCES shelves(id));
        """;

    [Fact]
    public async Task The_clients_are_strict_and_use_the_application()
    {
        var modules = await NpmPackage.InstallAsync("typescript@5.9.3", "@types/node@24.10.1");
        using var project = new TestProject(sdk, "<SchemaClientPath>clients</SchemaClientPath>", folder: "App");
        project.Write("schema.sql", Schema);

        var written = await project.BuildAsync("-t:SchemaClient", "-p:SchemaClientLanguage=TypeScript%3BCSharp");
        Assert.True(written.ExitCode == 0 && written.Output.Contains("clients/csharp/", StringComparison.Ordinal), written.Output);
        // What is in their folder is not compiled with the application.
        await project.BuildCleanlyAsync();
        await CompileTypeScriptAsync(project, modules);
        await CompileCSharpAsync(project);

        using (var app = project.StartDotNet("run", "--no-build", "--", "--urls", "http://127.0.0.1:0"))
        {
            await app.WaitForAsync("Application started", PackedSdk.Limit);
            var address = $"{ListeningAddress.Find(app.Output)}";
            foreach (var (program, arguments) in new[] { ("node", "../web/out/web/use.js"), ("dotnet", "../Use/bin/Debug/net10.0/Use.dll") })
            {
                var used = await RunningCommand.RunAsync(program, [arguments, address], project.Folder, PackedSdk.Limit);
                Assert.True(used.ExitCode == 0, used.Output + app.Output);
            }
        }

        // A client that is written again has no files of tables that are no more.
        project.Write("schema.sql", TestProject.Schema);
        await project.BuildAsync("-t:SchemaClient", "-p:SchemaClientLanguage=TypeScript%3BCSharp");
        Assert.False(project.Exists("clients/typescript/notes.ts") || project.Exists("clients/csharp/Shelf.cs"));
        Assert.True(project.Exists("clients/typescript/note.ts") && project.Exists("clients/csharp/Note.cs"));

        var refused = await project.BuildAsync("-t:SchemaClient", "-p:SchemaApi=GraphQL", "-restore");
        Assert.True(refused.ExitCode != 0 && refused.Output.Contains("error SD5015:", StringComparison.Ordinal), refused.Output);
    }

    private static async Task CompileTypeScriptAsync(TestProject project, string modules)
    {
        project.Write("../web/use.ts", Use("use.ts"));
        project.Write("../package.json", """{ "type": "module" }""");
        var web = Path.Combine(project.Folder, "..", "web");
        var compiled = await RunningCommand.RunAsync(
            "node",
            [
                Path.Combine(modules, "typescript", "bin", "tsc"), "use.ts", "--outDir", "out", "--strict", "--exactOptionalPropertyTypes", "--noUnusedLocals",
                "--noUncheckedIndexedAccess", "--erasableSyntaxOnly", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable",
                "--types", "node", "--typeRoots", Path.Combine(modules, "@types"),
            ],
            web, PackedSdk.Limit);
        Assert.True(compiled.ExitCode == 0, compiled.Output);
    }

    private static async Task CompileCSharpAsync(TestProject project)
    {
        project.Write("../Use/Use.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <IsAotCompatible>true</IsAotCompatible>
              </PropertyGroup>
              <ItemGroup><Compile Include="../App/clients/csharp/*.cs" /></ItemGroup>
            </Project>
            """);
        project.Write("../Use/Use.cs", Use("use.cs.txt"));
        var compiled = await project.DotNetAsync("build", "-nologo", "../Use");
        Assert.True(compiled.ExitCode == 0, compiled.Output);
    }

    private static string Use(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Clients", name));
}
