using System.Reflection;
using System.Text.RegularExpressions;
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
                <PackageReference Include="Microsoft.AspNetCore.Authentication.JwtBearer" Version="10.0.15" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.15" />
                <PackageReference Include="Scalar.AspNetCore" Version="2.19.0" />
                <PackageReference Include="StackExchange.Redis" Version="3.4.35" />
                <Reference Include="{AssemblyOf("Runtime")}" />
              </ItemGroup>
              <ItemGroup>
                <EmbeddedResource Include="schema/openapi.json" LogicalName="SchemaDeploy.openapi.json" />
                <EmbeddedResource Include="schema/schema.html" LogicalName="SchemaDeploy.schema.html" />
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

    /// <summary>The database, once <see cref="CompileSchemaAsync"/> has succeeded.</summary>
    public DatabaseModel Database => DatabaseModelJson.Read(File.ReadAllBytes(Path.Combine(_folder, "schema", "schema.model.json")));

    /// <summary>Runs the tool; its exit code and what it printed.</summary>
    public Task<CommandResult> CompileSchemaAsync()
    {
        File.WriteAllLines(Path.Combine(_folder, "schema.rsp"),
        [
            $"--file={Path.Combine(_folder, "schema.sql")}",
            $"--project-directory={_folder}",
            $"--output={Path.Combine(_folder, "schema")}",
            "--namespace=App",
            "--assembly-name=App",
            "--api=Rest",
        ]);
        return RunningCommand.RunAsync("dotnet", ["exec", AssemblyOf("Tool"), "compile", "@schema.rsp"], _folder, s_limit);
    }

    /// <summary>The design that the tool printed the app from: how the API calls each table and column.</summary>
    public static ApiModel Design(DatabaseModel database) =>
        ApiDesigner.Design(database, new DesignOptions { Namespace = "App", Title = "App" }, new DiagnosticBag());

    /// <summary>Builds the app; its exit code and the distinct warnings and errors.</summary>
    public async Task<(int ExitCode, string[] Messages)> BuildAsync()
    {
        var (exitCode, output) = await RunningCommand.RunAsync("dotnet", ["build", "-nologo", "-verbosity:quiet", "-m:1"], _folder, s_limit);
        return (exitCode, [.. output.Split('\n').Where(line => MessagePattern().IsMatch(line)).Select(line => line.Trim()).Distinct()]);
    }

    /// <summary>Starts the app on a port of its own with an empty SQLite database.</summary>
    public RunningApp Start() => new(_folder, Path.Combine("bin", "Debug", "net10.0", "App.dll"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string AssemblyOf(string name) => typeof(AppProject).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name)
        .Value!;

    [GeneratedRegex(@"\b(warning|error)\b( [A-Z]+\d+)?:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MessagePattern();
}
