namespace BuildBenchmark;

/// <summary>A project on the SDK, and one on the web SDK alone that has the sources which the SDK generates for the first.</summary>
internal sealed class ProjectPair
{
    private static readonly string[] s_outputs = ["bin", "obj/Debug", "obj/schema"];

    private ProjectPair(string ours, string theirs) => (Ours, Theirs) = (ours, theirs);

    public string Ours { get; }

    public string Theirs { get; }

    /// <summary>Makes both below <paramref name="work"/>, and builds them.</summary>
    public static ProjectPair Create(string work, int tables, string sdkVersion, string packages)
    {
        var pair = new ProjectPair(
            Directory.CreateDirectory(Path.Combine(work, "ours")).FullName, Directory.CreateDirectory(Path.Combine(work, "theirs")).FullName);
        File.WriteAllText(Path.Combine(work, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="schemadeploy" value="{packages}" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(pair.Ours, "schema.sql"), BenchmarkSchema.TSql(tables, 50));
        File.WriteAllText(Path.Combine(pair.Ours, "Ours.csproj"), $"""
            <Project Sdk="SchemaDeploy.Sdk/{sdkVersion}">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        Measured.Run(pair.Ours, "dotnet", "build", "-nologo");

        var generated = Path.Combine(pair.Ours, "obj", "schema", "generated");
        foreach (var file in Directory.EnumerateFiles(generated, "*.cs", SearchOption.AllDirectories))
        {
            var target = Path.Combine(pair.Theirs, Path.GetRelativePath(generated, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(pair.Theirs, "Theirs.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SchemaDeploy.AspNetCore" Version="{sdkVersion}" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.15" />
              </ItemGroup>
            </Project>
            """);
        Measured.Run(pair.Theirs, "dotnet", "build", "-nologo");
        return pair;
    }

    /// <summary>Builds a project of which nothing is built and all packages are there.</summary>
    public static Measured BuildCold(string project)
    {
        foreach (var folder in s_outputs.Select(folder => Path.Combine(project, folder)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Measured.Run(project, "dotnet", "build", "-nologo", "--no-restore");
    }
}
