namespace SchemaDeploy.Tool.Tests.Verbs;

public sealed class EjectVerbTests
{
    private const string Project = """
        <Project Sdk="SchemaDeploy.Sdk/1.0.0">

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <!-- The company's. -->
            <SchemaDatabase>PostgreSql</SchemaDatabase>
            <Nullable>disable</Nullable>
            <SchemaUsed>kept</SchemaUsed>
            <Product>$(SchemaUsed)</Product>
          </PropertyGroup>

          <PropertyGroup>
            <DeployImage>registry.example.org/shop</DeployImage>
          </PropertyGroup>

          <Import Project="build/rules.props" />
          <ItemGroup>
            <SchemaFile Include="../db/schema.sql" />
            <!-- What others may use. -->
            <ProjectReference Include="../Common/Common.csproj" />
            <Compile Include="..\Shared\*.cs;Own.cs" />
          </ItemGroup>

        </Project>
        """;

    [Fact]
    public void The_project_says_itself_what_the_SDK_said_and_keeps_the_rest()
    {
        using var run = new ToolRun();

        Assert.Equal(0, Eject(run, Project, "--property=Nullable=disable", "--property=ImplicitUsings=enable", "--property=ContainerFamily=noble-chiseled", "--port=3000"));

        Assert.Equal("""
            <Project Sdk="Microsoft.NET.Sdk.Web">

              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>disable</Nullable>
                <SchemaUsed>kept</SchemaUsed>
                <Product>$(SchemaUsed)</Product>
              </PropertyGroup>

              <Import Project="build/rules.props" />
              <ItemGroup>
                <!-- What others may use. -->
                <ProjectReference Include="../../Common/Common.csproj" />
                <Compile Include="../..\Shared\*.cs;Own.cs" />
              </ItemGroup>

              <!-- What SchemaDeploy.Sdk has set. -->
              <PropertyGroup>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>

              <!-- The library that the application is written for, and the databases that it can run on. -->
              <ItemGroup>
                <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="10.0.3" />
                <PackageReference Include="SchemaDeploy.AspNetCore" Version="1.0.0" />
              </ItemGroup>

              <!-- What the library serves. It looks for these names. -->
              <ItemGroup>
                <Content Remove="Documents/openapi.json" />
                <EmbeddedResource Include="Documents/openapi.json" LogicalName="SchemaDeploy.openapi.json" WithCulture="false" />
              </ItemGroup>

              <!-- The image: dotnet publish -t:PublishContainer -->
              <PropertyGroup>
                <ContainerFamily>noble-chiseled</ContainerFamily>
              </PropertyGroup>

              <!-- Its port, and no sockets for debuggers. -->
              <ItemGroup>
                <ContainerPort Include="3000" Type="tcp" />
                <ContainerEnvironmentVariable Include="ASPNETCORE_HTTP_PORTS" Value="3000" />
                <ContainerEnvironmentVariable Include="DOTNET_EnableDiagnostics" Value="0" />
              </ItemGroup>

            </Project>

            """, Read(run, "Shop.csproj"));
    }

    [Fact]
    public void Sources_stand_where_one_puts_them_and_are_generated_no_more()
    {
        using var run = new ToolRun();

        Assert.Equal(0, Eject(run, Project, "--property=Nullable=enable", "--port=3000"));

        Assert.Equal(
            [
                ".generated.sha256", ".gitignore", "Documents/db/schema.sql", "Documents/openapi.json", "Models/Book.cs", "Own.cs", "Program.cs",
                "Properties/launchSettings.json", "README.md", "Shop.csproj", "build/rules.props",
            ],
            Files(run));
        Assert.Equal("using System;\n\nclass Book;\n", Read(run, "Models/Book.cs"));
        Assert.Equal("own", Read(run, "Program.cs"));
        Assert.Equal("{\n  \"openapi\": \"3.1.0\"\n}\n", Read(run, "Documents/openapi.json"));
        Assert.Contains("\"applicationUrl\": \"http://localhost:3000\"", Read(run, "Properties/launchSettings.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_of_a_project_without_nullable_types_say_that_they_have_them()
    {
        using var run = new ToolRun();

        Eject(run, Project, "--property=Nullable=disable");

        Assert.Equal("#nullable enable\n\nusing System;\n\nclass Book;\n", Read(run, "Models/Book.cs"));
    }

    [Theory]
    [InlineData("""<Project><Sdk Name="SchemaDeploy.Sdk" Version="1.0.0" /></Project>""", """<Project><Sdk Name="Microsoft.NET.Sdk.Web" />""")]
    [InlineData("""<Project Sdk="Other.Sdk/2.0;SchemaDeploy.Sdk"></Project>""", """<Project Sdk="Other.Sdk/2.0;Microsoft.NET.Sdk.Web">""")]
    [InlineData("""<Project><Import Project="Sdk.props" Sdk="SchemaDeploy.Sdk/1.0.0" /></Project>""", """<Project><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk.Web" />""")]
    public void Every_form_of_naming_the_SDK_is_known(string project, string expected)
    {
        using var run = new ToolRun();

        Assert.Equal(0, Eject(run, project));

        Assert.StartsWith(expected, Read(run, "Shop.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void Central_versions_and_named_sources_stay_so()
    {
        using var run = new ToolRun();

        Eject(run, Project, "--central-versions=true", "--lists-sources=true");

        Assert.Contains("<PackageReference Include=\"SchemaDeploy.AspNetCore\" VersionOverride=\"1.0.0\" />", Read(run, "Shop.csproj"), StringComparison.Ordinal);
        Assert.Contains("<Compile Include=\"Models/Book.cs\" />", Read(run, "Shop.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_that_the_project_may_not_say_are_asked_for()
    {
        using var run = new ToolRun();

        Assert.Equal(0, Eject(run, Project, "--central-versions=true", "--version-overrides=false"));

        Assert.Contains("<PackageReference Include=\"SchemaDeploy.AspNetCore\" />", Read(run, "Shop.csproj"), StringComparison.Ordinal);
        var told = Assert.Single(run.Lines, line => line.Contains("warning SD5036: ", StringComparison.Ordinal));
        Assert.Contains("<PackageVersion Include=\"SchemaDeploy.AspNetCore\" Version=\"1.0.0\" />", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_keep_their_mark_where_analyzers_are_strict()
    {
        using var run = new ToolRun();

        Assert.Equal(0, Eject(run, Project, "--property=Nullable=enable", "--strict-analysis=true"));

        Assert.StartsWith("// <auto-generated/>\n#nullable enable\n", Read(run, "Models/Book.cs"), StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.Contains(" SD5035: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_project_does_not_give_any_more_goes()
    {
        using var run = new ToolRun();
        Eject(run, Project, "--port=3000");

        Assert.Equal(0, Eject(run, Project, "--property=Nullable=enable"));

        Assert.DoesNotContain("Properties/launchSettings.json", Files(run));
        Assert.StartsWith("using", Read(run, "Models/Book.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_on_the_ejected_project_is_not_overwritten()
    {
        using var run = new ToolRun();
        Eject(run, Project);
        run.Write("App/ejected/Models/Book.cs", "class Mine;");

        Assert.Equal(1, Eject(run, Project, "--property=ImplicitUsings=enable"));

        Assert.Contains($"{Path.Combine(run.Directory, "App", "ejected", "Models/Book.cs")}(1,1): error SD5034: ", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Equal("class Mine;", Read(run, "Models/Book.cs"));
        Assert.DoesNotContain("ImplicitUsings", Read(run, "Shop.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_others_and_a_project_of_others_are_left_alone()
    {
        using var run = new ToolRun();
        Assert.Equal(1, Eject(run, """<Project Sdk="Microsoft.NET.Sdk" />"""));
        Assert.Contains("Shop.csproj(1,1): error SD5032: ", Assert.Single(run.Lines), StringComparison.Ordinal);

        run.Write("App/ejected/letter.txt", "");
        Assert.Equal(1, Eject(run, Project));
        Assert.Contains("error SD5033: ", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Files(run));
    }

    private static int Eject(ToolRun run, string project, params string[] options)
    {
        run.Write("db/schema.sql", "CREATE TABLE books (id INT PRIMARY KEY);");
        run.Write("App/build/rules.props", "<Project />");
        run.Write("App/obj/schema/openapi.json", """{"openapi":"3.1.0"}""");
        run.Write("App/obj/schema/generated/Models/Book.cs", "// <auto-generated/>\n#nullable enable\n\nusing System;\n\nclass Book;\n");
        return run.Run(
            [
                "eject", $"--project={run.Write("App/Shop.csproj", project)}", $"--output={Path.Combine(run.Directory, "App", "ejected")}/", "--assembly-name=Shop",
                $"--sources-folder={Path.Combine(run.Directory, "App", "obj", "schema", "generated")}",
                $"--source={Path.Combine(run.Directory, "App", "obj", "schema", "generated", "Models", "Book.cs")}",
                $"--document={Path.Combine(run.Directory, "App", "obj", "schema", "openapi.json")}",
                $"--schema-file={Path.Combine(run.Directory, "db", "schema.sql")}",
                "--package=SchemaDeploy.AspNetCore=1.0.0", "--package=Npgsql.EntityFrameworkCore.PostgreSQL=10.0.3",
                $"--file={run.Write("App/Own.cs", "class Own;")}", $"--file={run.Write("App/Program.cs", "own")}", $"--file={run.Write("Shared/Elsewhere.cs", "")}", .. options,
            ]);
    }

    private static string Read(ToolRun run, string path) => File.ReadAllText(Path.Combine(run.Directory, "App", "ejected", path));

    private static IEnumerable<string> Files(ToolRun run)
    {
        var folder = Path.Combine(run.Directory, "App", "ejected");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
    }
}
