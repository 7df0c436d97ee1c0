namespace SchemaDeploy.Sdk.Tests;

/// <summary>A build hands the sources to the C# compiler while DacFx still examines the schema, and ends with its verdict.</summary>
[Trait("Category", "Integration")]
public sealed class VerdictTests(PackedSdk sdk)
{
    // Nothing that our own checks or the C# compiler would find.
    private const string Refused = """
        CREATE TABLE b (id varchar(10) NOT NULL PRIMARY KEY);
        CREATE TABLE a (u nvarchar(10) NOT NULL PRIMARY KEY, CONSTRAINT fk FOREIGN KEY (u) REFERENCES b (id));
        """;

    [Fact]
    public async Task A_schema_that_is_refused_fails_the_build_and_leaves_what_was_built_before()
    {
        using var project = new TestProject(sdk, "<SchemaDialect>TSql</SchemaDialect>");
        project.Write("schema.sql", "CREATE TABLE b (id varchar(10) NOT NULL PRIMARY KEY);");
        await project.BuildCleanlyAsync();
        var (sources, compiled) = (project.Sources, project.LastCompilation);
        var assembly = File.GetLastWriteTimeUtc(Path.Combine(project.Folder, "bin/Debug/net10.0/App.dll"));
        project.Write("schema.sql", Refused);

        var result = await project.BuildAsync("--no-restore");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("schema.sql(2,54): error SD2029: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 Error(s)", result.Output, StringComparison.Ordinal);
        Assert.Equal(sources, project.Sources);
        Assert.Equal(compiled, project.LastCompilation);
        Assert.Equal(assembly, File.GetLastWriteTimeUtc(Path.Combine(project.Folder, "bin/Debug/net10.0/App.dll")));
        Assert.Empty(Directory.EnumerateFiles(project.Output, "*.tmp", SearchOption.AllDirectories));

        // Neither is it forgotten where nothing but the schema is asked for.
        var alone = await project.BuildAsync("--no-restore", "-t:SchemaCompile");
        Assert.NotEqual(0, alone.ExitCode);
        Assert.Contains("error SD2029: ", alone.Output, StringComparison.Ordinal);

        project.Write("schema.sql", Refused.Replace("nvarchar", "varchar", StringComparison.Ordinal));
        await project.BuildCleanlyAsync("--no-restore");
        Assert.True(project.Exists("obj/schema/schema.dacpac"));
    }

    [Fact]
    public async Task A_mistake_in_code_of_the_users_does_not_cost_another_compilation_of_the_schema()
    {
        using var project = new TestProject(sdk);
        project.Write("Own.cs", "internal static class Own { public static int Number => \"\"; }");

        var refused = await project.BuildAsync();

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("error CS0029", refused.Output, StringComparison.Ordinal);
        Assert.True(project.Exists("obj/schema/schema.dacpac"));

        project.Write("Own.cs", "internal static class Own { public static int Number => 1; }");
        var result = await project.BuildCleanlyAsync("--no-restore", "-v:normal");
        Assert.Contains("Skipping target \"_SchemaRunCompiler\"", result.Output, StringComparison.Ordinal);
    }
}
