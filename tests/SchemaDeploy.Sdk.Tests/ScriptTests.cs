namespace SchemaDeploy.Sdk.Tests;

/// <summary><c>dotnet build -t:SchemaScript</c> writes the DDL for every database.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests(PackedSdk sdk)
{
    private static readonly string[] s_names =
    [
        "mysql.snapshot.json", "mysql.sql", "postgres.snapshot.json", "postgres.sql",
        "sqlite.snapshot.json", "sqlite.sql", "sqlserver.snapshot.json", "sqlserver.sql",
    ];

    [Fact]
    public async Task A_script_is_written_for_each_database_and_leaves_the_build_alone()
    {
        using var project = new TestProject(sdk);
        project.Write("schema.sql", "CREATE TABLE note (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100)) AUTO_INCREMENT=1000;");
        await project.BuildCleanlyAsync();
        var assets = project.Read("obj/project.assets.json");

        await ScriptAsync(project);

        var scripts = Read(project, "obj/schema/sql");
        Assert.Equal(s_names, scripts.Keys);
        Assert.Contains("CREATE TABLE `note`", scripts["mysql.sql"], StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE note", scripts["postgres.sql"], StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE \"note\"", scripts["sqlite.sql"], StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE [note]", scripts["sqlserver.sql"], StringComparison.Ordinal);
        Assert.Contains("IDENTITY(1000, 1)", scripts["sqlserver.sql"], StringComparison.Ordinal);
        Assert.Equal(assets, project.Read("obj/project.assets.json"));
        await project.BuildCleanlyAsync("--no-restore");
    }

    [Fact]
    public async Task The_folder_and_the_databases_can_be_chosen_and_a_second_run_writes_the_same()
    {
        using var project = new TestProject(sdk, "<SchemaScriptPath>db/scripts</SchemaScriptPath><SchemaScriptDatabases>PostgreSql</SchemaScriptDatabases>");

        await ScriptAsync(project);
        var first = Read(project, "db/scripts");
        await ScriptAsync(project);

        Assert.Equal(["postgres.snapshot.json", "postgres.sql", "sqlite.snapshot.json", "sqlite.sql"], first.Keys);
        Assert.Equal(first, Read(project, "db/scripts"));
    }

    [Fact]
    public async Task A_schema_with_a_mistake_is_an_error_of_the_schema()
    {
        using var project = new TestProject(sdk, "<SchemaScriptDatabases>PostgreSql</SchemaScriptDatabases>");
        project.Write("schema.sql", "CREATE TABLE note (id INT PRIMARY KEY,);");

        var result = await project.BuildAsync("-t:SchemaScript");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("schema.sql(1,", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Folder, "obj/schema/sql")));
    }

    private static async Task ScriptAsync(TestProject project)
    {
        var result = await project.BuildAsync("-t:SchemaScript");
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private static SortedDictionary<string, string> Read(TestProject project, string folder) => new(
        Directory.GetFiles(Path.Combine(project.Folder, folder)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText),
        StringComparer.Ordinal);
}
