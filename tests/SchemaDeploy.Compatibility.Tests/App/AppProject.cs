using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Compatibility.Tests.App;

/// <summary>
/// An app made of one schema file: the tool's outputs, compiled by an ordinary web project that references the runtime
/// library. The packed SDK does the same with a few seconds more to each project; SchemaDeploy.Sdk.Tests tests that.
/// </summary>
internal sealed partial class AppProject : IDisposable
{
    // Far more than either needs; a hang fails with its name.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    private static readonly ImmutableArray<DatabaseKind> s_databases = [DatabaseKind.PostgreSql, DatabaseKind.MySql, DatabaseKind.SqlServer];

    private static readonly string s_assembly = Path.Combine("bin", "Debug", "net10.0", "App.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public AppProject(string schemaFile)
    {
        File.Copy(schemaFile, Path.Combine(_folder, "schema.sql"));
        File.WriteAllText(Path.Combine(_folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {LibraryPackages()}
                <PackageReference Include="Microsoft.Data.SqlClient" Version="6.1.8" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.SqlServer" Version="9.0.23" />
                <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="9.0.4" />
                <PackageReference Include="Pomelo.EntityFrameworkCore.MySql" Version="9.0.0" />
                <Reference Include="{AssemblyOf("Runtime")}" />
              </ItemGroup>
              <ItemGroup>
                <EmbeddedResource Include="schema/openapi.json" LogicalName="SchemaDeploy.openapi.json" />
                <EmbeddedResource Include="schema/schema.html" LogicalName="SchemaDeploy.schema.html" />
                <EmbeddedResource Include="schema/schema.seed.jsonl" LogicalName="SchemaDeploy.schema.seed.jsonl" Condition="Exists('schema/schema.seed.jsonl')" />
              </ItemGroup>
            </Project>
            """);
        // What is tried here is what the schema became; who may use it has tests of its own.
        File.WriteAllText(Path.Combine(_folder, "Everybody.cs"), """
            using System.Security.Claims;
            using System.Text.Encodings.Web;
            using Microsoft.AspNetCore.Authentication;
            using Microsoft.Extensions.Options;
            using SchemaDeploy.AspNetCore.Security;

            namespace App;

            public static partial class Api
            {
                static partial void ConfigureServices(WebApplicationBuilder builder) =>
                    builder.Services.AddAuthentication("Everybody").AddScheme<AuthenticationSchemeOptions, EverybodyIsAdmin>("Everybody", null);
            }

            internal sealed class EverybodyIsAdmin(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
                : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
            {
                protected override Task<AuthenticateResult> HandleAuthenticateAsync()
                {
                    var identity = new ClaimsIdentity([new Claim(CallerClaims.Admin, "true")], Scheme.Name);
                    return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
                }
            }
            """);
    }

    /// <summary>An app that is compiled and built without any message.</summary>
    public static async Task<AppProject> BuildAsync(string schemaFile)
    {
        var project = new AppProject(schemaFile);
        var (exitCode, output) = await project.CompileSchemaAsync();
        Assert.True(exitCode == 0, output);
        (exitCode, var messages) = await project.BuildAsync();
        Assert.True(exitCode == 0 && messages.Length == 0, string.Join('\n', messages));
        return project;
    }

    /// <summary>The database, once <see cref="CompileSchemaAsync"/> has succeeded.</summary>
    public DatabaseModel Database => DatabaseModelJson.Read(File.ReadAllBytes(Path.Combine(_folder, "schema", "schema.model.json")));

    /// <summary>The seed data's file, where <see cref="CompileSchemaAsync"/> was asked for it and the schema has some.</summary>
    public string SeedFile => Path.Combine(_folder, "schema", "schema.seed.jsonl");

    /// <summary>Runs the tool; its exit code and what it printed.</summary>
    public Task<CommandResult> CompileSchemaAsync(bool withSeed = false)
    {
        File.WriteAllLines(Path.Combine(_folder, "schema.rsp"),
        [
            $"--file={Path.Combine(_folder, "schema.sql")}",
            $"--project-directory={_folder}",
            $"--output={Path.Combine(_folder, "schema")}",
            "--namespace=App",
            "--assembly-name=App",
            "--api=Rest",
            "--database=PostgreSql;MySql;SqlServer",
            .. withSeed ? ["--seed=true"] : Array.Empty<string>(),
        ]);
        return RunningCommand.RunAsync("dotnet", ["exec", AssemblyOf("Tool"), "compile", "@schema.rsp"], _folder, s_limit);
    }

    /// <summary>The design that the tool printed the app from: how the API calls each table and column.</summary>
    public static ApiModel Design(DatabaseModel database) =>
        ApiDesigner.Design(database, new DesignOptions { Namespace = "App", Title = "App", Databases = s_databases, AllowUnindexed = true }, new DiagnosticBag());

    /// <summary>Builds the app; its exit code and the distinct warnings and errors.</summary>
    public async Task<(int ExitCode, string[] Messages)> BuildAsync()
    {
        var (exitCode, output) = await RunningCommand.RunAsync("dotnet", ["build", "-nologo", "-verbosity:quiet", "-m:1"], _folder, s_limit);
        return (exitCode, [.. output.Split('\n').Where(line => MessagePattern().IsMatch(line)).Select(line => line.Trim()).Distinct()]);
    }

    /// <summary>Has the app write its scripts; gives them by the name of the database.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WriteScriptsAsync()
    {
        var (exitCode, output) = await RunningCommand.RunAsync("dotnet", ["exec", s_assembly, "script", "--output", "scripts"], _folder, s_limit);
        Assert.True(exitCode == 0, output);
        return Directory.GetFiles(Path.Combine(_folder, "scripts")).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>Has the app compare a database with its schema; its exit code and what it printed.</summary>
    public Task<CommandResult> CheckAsync(AppDatabase database) =>
        RunningCommand.RunAsync("dotnet", ["exec", s_assembly, "migrate", "--check", $"--DATABASE_URL={database.Url}"], _folder, s_limit);

    /// <summary>Starts the app on a port of its own.</summary>
    public RunningApp Start(AppDatabase database) => new(_folder, s_assembly, database);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What the library's package would bring with it.
    private static string LibraryPackages([CallerFilePath] string source = "")
    {
        var root = Path.GetFullPath("../../..", Path.GetDirectoryName(source)!);
        var versions = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);
        return string.Concat(XDocument.Load(Path.Combine(root, "src/SchemaDeploy.AspNetCore/SchemaDeploy.AspNetCore.csproj")).Descendants("PackageReference")
            .Select(package => (string)package.Attribute("Include")!)
            .Select(name => $"""<PackageReference Include="{name}" Version="{versions[name]}" />"""));
    }

    private static string AssemblyOf(string name) => typeof(AppProject).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name)
        .Value!;

    [GeneratedRegex(@"\b(warning|error)\b( [A-Z]+\d+)?:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MessagePattern();
}
