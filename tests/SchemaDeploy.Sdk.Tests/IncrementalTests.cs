namespace SchemaDeploy.Sdk.Tests;

/// <summary>What a second build does.</summary>
[Trait("Category", "Integration")]
public sealed class IncrementalTests(PackedSdk sdk, BuiltProject built) : IClassFixture<BuiltProject>
{
    [Fact]
    public async Task A_build_without_a_change_starts_no_tool_and_compiles_nothing()
    {
        var project = await built.AsBuiltAsync();
        project.Write("schema.sql", TestProject.Schema + "-- Changed.\n");
        Assert.Matches(@"\d+ tables → \d+ endpoints, schema\.sql\s", (await project.BuildCleanlyAsync("--no-restore")).Output);
        var compiled = project.LastCompilation;
        var assembly = File.GetLastWriteTimeUtc(Path.Combine(project.Folder, "bin/Debug/net10.0/App.dll"));

        var result = await project.BuildCleanlyAsync("--no-restore", "-v:normal");

        Assert.Contains("Skipping target \"_SchemaRunCompiler\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\"", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\d+ tables → \d+ endpoints, schema\.sql unchanged", result.Output);
        Assert.Equal(compiled, project.LastCompilation);
        Assert.Equal(assembly, File.GetLastWriteTimeUtc(Path.Combine(project.Folder, "bin/Debug/net10.0/App.dll")));
    }

    [Fact]
    public async Task A_changed_column_rewrites_the_files_of_its_table_and_the_next_build_is_idle()
    {
        var project = await built.AsBuiltAsync();
        var before = project.Sources.ToDictionary(source => source, source => File.ReadAllText(Path.Combine(project.Output, source)));
        var times = project.Sources.ToDictionary(source => source, source => File.GetLastWriteTimeUtc(Path.Combine(project.Output, source)));
        project.Write("schema.sql", TestProject.Schema.Replace("email VARCHAR", "mail VARCHAR", StringComparison.Ordinal));

        await project.BuildCleanlyAsync("--no-restore");

        var unchanged = project.Sources.Where(source => File.ReadAllText(Path.Combine(project.Output, source)) == before[source]).ToArray();
        Assert.InRange(unchanged.Length, 1, before.Count - 1);
        Assert.All(unchanged, source => Assert.Equal(times[source], File.GetLastWriteTimeUtc(Path.Combine(project.Output, source))));
        Assert.Contains(unchanged, source => source.Contains("Note", StringComparison.Ordinal));

        var compiled = project.LastCompilation;
        await project.BuildCleanlyAsync("--no-restore");
        Assert.Equal(compiled, project.LastCompilation);
    }

    [Fact]
    public async Task Under_dotnet_watch_the_application_starts_anew_with_a_changed_schema()
    {
        using var project = new TestProject(sdk);
        using (var hotReload = project.StartDotNet("watch", "--non-interactive", "run", "--", "--urls", "http://127.0.0.1:0"))
        {
            await hotReload.WaitForAsync("With --no-hot-reload it starts anew with a changed schema too", PackedSdk.Limit);
        }

        using var watch = project.StartDotNet("watch", "--non-interactive", "--no-hot-reload", "run", "--", "--urls", "http://127.0.0.1:0");
        await watch.WaitForAsync("Now listening on:", PackedSdk.Limit);
        project.Write("schema.sql", TestProject.Schema + "CREATE TABLE tags (id INT NOT NULL PRIMARY KEY);");

        await watch.WaitForAsync("create table tags", PackedSdk.Limit);
        Assert.DoesNotContain("--no-hot-reload", watch.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_comment_compiles_the_schema_but_not_the_assembly()
    {
        var project = await built.AsBuiltAsync();
        var compiled = project.LastCompilation;
        project.Write("schema.sql", TestProject.Schema + "\n-- nothing\n");

        var result = await project.BuildCleanlyAsync("--no-restore", "-v:normal");

        Assert.NotEqual(compiled, project.LastCompilation);
        Assert.Contains("Skipping target \"CoreCompile\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_schema_file_is_noticed_and_what_it_made_goes()
    {
        using var project = new TestProject(sdk);
        project.Delete("schema.sql");
        project.Write("schema/1.sql", "CREATE TABLE users (id INT NOT NULL PRIMARY KEY);\n");
        project.Write("schema/2.sql", "CREATE TABLE note (id INT NOT NULL PRIMARY KEY);\n");
        await project.BuildCleanlyAsync();
        var note = project.Sources.Where(source => source.Contains("Note", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(note);

        project.Delete("schema/2.sql");
        await project.BuildCleanlyAsync("--no-restore");

        Assert.DoesNotContain(project.Sources, source => source.Contains("Note", StringComparison.Ordinal));
        Assert.All(note, source => Assert.False(File.Exists(Path.Combine(project.Output, source))));
    }

    [Fact]
    public async Task A_changed_option_compiles_again()
    {
        var project = await built.AsBuiltAsync();
        var compiled = project.LastCompilation;

        await project.BuildCleanlyAsync("--no-restore", "-p:SchemaNamespace=Elsewhere");

        Assert.NotEqual(compiled, project.LastCompilation);
        Assert.Contains(project.Sources, source => File.ReadAllText(Path.Combine(project.Output, source)).Contains("namespace Elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_output_that_was_deleted_is_made_again()
    {
        var project = await built.AsBuiltAsync();
        File.Delete(Path.Combine(project.Output, project.Sources[0]));

        await project.BuildCleanlyAsync("--no-restore");

        Assert.True(File.Exists(Path.Combine(project.Output, project.Sources[0])));
    }

    [Fact]
    public async Task Files_for_browsers_are_looked_for_once_there_is_a_wwwroot()
    {
        const string list = "bin/Debug/net10.0/App.staticwebassets.endpoints.json";
        var project = await built.AsBuiltAsync();
        Assert.False(project.Exists(list));

        project.Write("wwwroot/robots.txt", "User-agent: *");
        await project.BuildCleanlyAsync("--no-restore");
        Assert.Contains("robots.txt", project.Read(list), StringComparison.Ordinal);

        Directory.Delete(Path.Combine(project.Folder, "wwwroot"), recursive: true);
        await project.BuildCleanlyAsync("--no-restore");
        Assert.False(project.Exists(list));
    }

    [Fact]
    public async Task A_component_in_a_project_without_a_wwwroot_is_warned_of_until_the_project_says_what_it_wants()
    {
        var project = await built.AsBuiltAsync();
        project.Write("Part.razor", "<p>A part</p>");

        var result = await project.BuildAsync("--no-restore");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Matches(@"App\.csproj : warning SD5017: .*: Part\.razor\. Set StaticWebAssetsEnabled to true", result.Output);
        await project.BuildCleanlyAsync("--no-restore", "-p:StaticWebAssetsEnabled=true");
        await project.BuildCleanlyAsync("--no-restore", "-p:StaticWebAssetsEnabled=false");
        project.Delete("Part.razor");
    }

    [Fact]
    public async Task Clean_leaves_nothing_and_rebuild_makes_all_again()
    {
        var project = await built.AsBuiltAsync();
        var sources = project.Sources;

        var clean = await project.DotNetAsync("clean", "-nologo");

        Assert.True(clean.ExitCode == 0, clean.Output);
        Assert.False(Directory.Exists(project.Output));

        await project.BuildCleanlyAsync("--no-restore", "-t:Rebuild");
        Assert.Equal(sources, project.Sources);
    }

    [Fact]
    public async Task Incremental_clean_spares_the_outputs_wherever_obj_is()
    {
        // With one folder for all of obj/, the outputs are within what IncrementalClean looks after.
        using var project = new TestProject(sdk, "<IntermediateOutputPath>obj/</IntermediateOutputPath>");
        await project.BuildCleanlyAsync();

        project.Write("Extra.cs", "internal static class Extra;");
        await project.BuildCleanlyAsync("--no-restore");
        project.Delete("Extra.cs");
        await project.BuildCleanlyAsync("--no-restore");

        Assert.All(project.Sources, source => Assert.True(File.Exists(Path.Combine(project.Output, source))));
        Assert.True(project.Exists("obj/schema/schema.stamp"));
    }

    [Fact]
    public async Task Both_configurations_share_one_compilation()
    {
        var project = await built.AsBuiltAsync();
        var compiled = project.LastCompilation;

        await project.BuildCleanlyAsync("--no-restore", "-c", "Release");

        Assert.Equal(compiled, project.LastCompilation);
    }
}
