using System.Runtime.CompilerServices;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Tests.Serverless;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Deployment.Tests;

/// <summary>Bundles of an application as the tests deploy it.</summary>
internal static class Bundle
{
    public static string GoldenFolder { get; } = Path.Combine(FolderOfThisFile(), "Golden");

    // No such folders are there: a bundle depends on nothing but what is said here.
    private static readonly string s_project = OperatingSystem.IsWindows() ? @"C:\shop" : "/shop";

    public static DeploymentOptions Options { get; } = new()
    {
        ProjectFile = Path.Combine(s_project, "Shop.csproj"),
        AssemblyName = "Shop",
        ContextDirectory = s_project,
        OutputDirectory = Path.Combine(s_project, "deploy"),
        Image = new ImageName("registry.example.com/acme/shop", "1.2.3"),
        Version = "1.2.3",
        BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled",
        SdkImage = "mcr.microsoft.com/dotnet/sdk:10.0",
        Application = Publication.Complete,
    };

    public static IReadOnlyList<BundleFile> Generate(DatabaseKind database, DeploymentOptions? options = null, DiagnosticBag? diagnostics = null, DeployTarget target = DeployTarget.Docker)
    {
        var bag = diagnostics ?? new DiagnosticBag();
        var model = DatabaseModelJson.Read(File.ReadAllBytes(Path.Combine(GoldenFolder, "schema.model.json")));
        var api = ApiDesigner.Design(model, new DesignOptions { Namespace = "Shop", Title = "Shop", Databases = [database], AllowUnindexed = true }, new DiagnosticBag());
        return DeploymentGenerator.Generate(target, api, options ?? Options, templatesFolder: null, bag);
    }

    public static string TextOf(this IReadOnlyList<BundleFile> files, string path) => files.Single(file => file.Path == path).Text;

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
