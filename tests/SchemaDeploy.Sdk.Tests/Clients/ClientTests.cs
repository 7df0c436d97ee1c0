namespace SchemaDeploy.Sdk.Tests.Clients;

/// <summary>SchemaClient writes a client, with which the application is used.</summary>
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
    public async Task The_client_in_TypeScript_is_strict_and_uses_the_application()
    {
        var modules = await NpmPackage.InstallAsync("typescript@5.9.3", "@types/node@24.10.1");
        using var project = new TestProject(sdk);
        project.Write("schema.sql", Schema);

        await project.BuildCleanlyAsync();
        var written = await project.BuildAsync("-t:SchemaClient", "-p:SchemaClientPath=web/client");
        Assert.True(written.ExitCode == 0 && written.Output.Contains("App -> ", StringComparison.Ordinal), written.Output);

        project.Write("web/use.ts", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Clients", "use.ts"), TestContext.Current.CancellationToken));
        project.Write("web/package.json", """{ "type": "module" }""");
        var web = Path.Combine(project.Folder, "web");
        var compiled = await RunningCommand.RunAsync(
            "node",
            [
                Path.Combine(modules, "typescript", "bin", "tsc"), "use.ts", "--outDir", "out", "--strict", "--exactOptionalPropertyTypes", "--noUnusedLocals",
                "--noUncheckedIndexedAccess", "--erasableSyntaxOnly", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable",
                "--types", "node", "--typeRoots", Path.Combine(modules, "@types"),
            ],
            web, PackedSdk.Limit);
        Assert.True(compiled.ExitCode == 0, compiled.Output);

        using (var app = project.StartDotNet("run", "--no-build", "--", "--urls", "http://127.0.0.1:0"))
        {
            await app.WaitForAsync("Application started", PackedSdk.Limit);
            var used = await RunningCommand.RunAsync("node", ["out/use.js", $"{ListeningAddress.Find(app.Output)}"], web, PackedSdk.Limit);
            Assert.True(used.ExitCode == 0, used.Output + app.Output);
        }

        // A client that is written again has no files of tables that are no more.
        project.Write("schema.sql", TestProject.Schema);
        await project.BuildAsync("-t:SchemaClient", "-p:SchemaClientPath=web/client");
        Assert.False(project.Exists("web/client/notes.ts"));
        Assert.True(project.Exists("web/client/note.ts"));

        var refused = await project.BuildAsync("-t:SchemaClient", "-p:SchemaApi=GraphQL", "-restore");
        Assert.True(refused.ExitCode != 0 && refused.Output.Contains("error SD5015:", StringComparison.Ordinal), refused.Output);
    }
}
