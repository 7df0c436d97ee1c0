namespace SchemaDeploy.Sdk.Tests;

/// <summary>A project is built and run.</summary>
[Trait("Category", "Integration")]
public sealed class BuildTests(PackedSdk sdk)
{
    [Fact]
    public async Task Five_lines_and_a_schema_build_and_run_in_development()
    {
        using var project = new TestProject(sdk);

        await project.BuildCleanlyAsync();
        using var app = project.StartDotNet("run", "--no-build", "--", "--urls", "http://127.0.0.1:0");
        await app.WaitForAsync("Application started", PackedSdk.Limit);

        Assert.Contains("Hosting environment: Development", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_may_be_in_global_json()
    {
        using var project = new TestProject(sdk, versionInProject: false);
        project.Write("global.json", $$"""{ "msbuild-sdks": { "SchemaDeploy.Sdk": "{{sdk.Version}}" } }""");

        await project.BuildCleanlyAsync();
    }

    [Fact]
    public async Task A_path_may_hold_spaces_and_any_letters()
    {
        using var project = new TestProject(sdk, folder: "Ordner mit Leerzeichen/größe 数据 (1) 50% a'b");

        await project.BuildCleanlyAsync();
        var compiled = project.LastCompilation;
        await project.BuildCleanlyAsync("--no-restore");

        Assert.Equal(compiled, project.LastCompilation);
    }

    [Fact]
    public async Task An_editor_sees_the_generated_types_before_the_first_build()
    {
        using var project = new TestProject(sdk);
        await project.DotNetAsync("restore");

        var compiled = await project.CompiledFilesAsync();

        Assert.NotEmpty(project.Sources);
        Assert.All(project.Sources, source => Assert.Contains(Path.Combine(project.Output, source), compiled));
        Assert.False(project.Exists("bin/Debug/net10.0/App.dll"));
    }

    [Fact]
    public async Task A_file_of_the_users_replaces_the_generated_one_of_its_name()
    {
        using var project = new TestProject(sdk);
        await project.BuildCleanlyAsync();
        var replaced = project.Sources[0];
        project.Write("Own/Place/" + Path.GetFileName(replaced), "// mine");

        var compiled = await project.CompiledFilesAsync();

        Assert.Contains(Path.Combine(project.Folder, "Own", "Place", Path.GetFileName(replaced)), compiled);
        Assert.DoesNotContain(Path.Combine(project.Output, replaced), compiled);
        Assert.All(project.Sources.Skip(1), source => Assert.Contains(Path.Combine(project.Output, source), compiled));
    }

    [Fact]
    public async Task Schema_files_in_the_folder_schema_are_one_schema_in_the_order_of_their_paths()
    {
        using var project = new TestProject(sdk);
        project.Delete("schema.sql");
        project.Write("schema/b.sql", "CREATE TABLE note (id INT NOT NULL PRIMARY KEY);\n");
        project.Write("schema/a/a.sql", "CREATE TABLE users (id INT NOT NULL PRIMARY KEY);\n");
        project.Write("schema/Z.sql", "CREATE TABLE zone (id INT NOT NULL PRIMARY KEY);\n");

        await project.BuildCleanlyAsync();

        var files = (await File.ReadAllLinesAsync(Path.Combine(project.Output, "schema.inputs"), TestContext.Current.CancellationToken))
            .Where(line => line.StartsWith("--file=", StringComparison.Ordinal))
            .Select(line => Path.GetRelativePath(project.Folder, line["--file=".Length..]));
        Assert.Equal(["schema/Z.sql", "schema/a/a.sql", "schema/b.sql"], files);
    }

    [Fact]
    public async Task Targets_of_the_users_run_around_the_compilation()
    {
        using var project = new TestProject(sdk, """
            </PropertyGroup>
            <Target Name="Before" BeforeTargets="BeforeSchemaCompile"><Message Importance="high" Text="before!" /></Target>
            <Target Name="After" AfterTargets="AfterSchemaCompile"><Message Importance="high" Text="after!" /></Target>
            <PropertyGroup>
            <SchemaCompileDependsOn>First</SchemaCompileDependsOn>
            </PropertyGroup>
            <Target Name="First"><Message Importance="high" Text="first!" /></Target>
            <PropertyGroup>
            """);
        project.Write("Directory.Build.targets", """
            <Project><Target Name="AfterSchemaCompile"><Message Importance="high" Text="redefined!" /></Target></Project>
            """);

        var result = await project.BuildCleanlyAsync();

        Assert.Matches("(?s)first!.*before!.*redefined!.*after!", result.Output);
    }

    [Fact]
    public async Task A_repository_with_central_package_versions_needs_none_for_the_sdk()
    {
        using var project = new TestProject(sdk);
        project.Write("Directory.Packages.props", """
            <Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>
            """);

        await project.BuildCleanlyAsync();
    }

    [Fact]
    public async Task A_solution_with_projects_that_reference_the_app_builds_in_parallel()
    {
        using var project = new TestProject(sdk, folder: "App");
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            project.Write($"../{name}/{name}.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><ProjectReference Include="../App/App.csproj" /></ItemGroup>
                </Project>
                """);
        }

        project.Write("../All.slnx", """
            <Solution>
              <Project Path="App/App.csproj" />
              <Project Path="One/One.csproj" />
              <Project Path="Two/Two.csproj" />
              <Project Path="Three/Three.csproj" />
            </Solution>
            """);

        var result = await project.DotNetAsync("build", "-nologo", "-m:4", "../All.slnx");

        Assert.True(result.ExitCode == 0 && result.Output.Contains("0 Warning(s)", StringComparison.Ordinal), result.Output);
    }

    [Fact]
    public async Task Each_target_framework_has_its_own_outputs()
    {
        using var project = new TestProject(sdk, "<TargetFrameworks>net10.0</TargetFrameworks>", targetFramework: "");

        await project.BuildAsync();

        Assert.True(project.Exists("obj/schema/net10.0/schema.outputs"));
        Assert.False(project.Exists("obj/schema/schema.outputs"));
    }

    [Fact]
    public async Task An_editor_keeps_the_last_good_types_while_the_schema_is_wrong()
    {
        using var project = new TestProject(sdk);
        await project.BuildCleanlyAsync();
        project.Write("schema.sql", "CREATE TABLE OOPS (\n");

        var compiled = await project.CompiledFilesAsync();

        Assert.All(project.Sources, source => Assert.Contains(Path.Combine(project.Output, source), compiled));
    }

    [Theory]
    [InlineData("PostgreSql", "Npgsql.EntityFrameworkCore.PostgreSQL/10.")]
    [InlineData("MySql", "Microsoft.EntityFrameworkCore.Sqlite/9.")]
    [InlineData("MySql", "Pomelo.EntityFrameworkCore.MySql/9.")]
    [InlineData("SqlServer", "Microsoft.EntityFrameworkCore.SqlServer/10.")]
    public async Task A_database_brings_its_provider(string database, string package)
    {
        using var project = new TestProject(sdk, $"<SchemaDatabase>{database}</SchemaDatabase>");

        var result = await project.DotNetAsync("restore");

        Assert.True(result.ExitCode == 0 && !result.Output.Contains("warning", StringComparison.Ordinal), result.Output);
        var assets = await File.ReadAllTextAsync(Path.Combine(project.Folder, "obj", "project.assets.json"), TestContext.Current.CancellationToken);
        Assert.Contains('"' + package, assets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_is_the_app_alone()
    {
        using var project = new TestProject(sdk, versionInProject: false);
        project.Write("global.json", $$"""{ "msbuild-sdks": { "SchemaDeploy.Sdk": "{{sdk.Version}}" } }""");

        var result = await project.DotNetAsync("publish", "-nologo", "-o", "out");

        Assert.True(result.ExitCode == 0, result.Output);
        var published = Directory.GetFiles(Path.Combine(project.Folder, "out"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToArray();
        Assert.Contains("App.dll", published);
        Assert.DoesNotContain(published, file => file is "global.json" or "nuget.config" or "schema.sql" || file!.StartsWith("schema.", StringComparison.Ordinal));
    }
}
