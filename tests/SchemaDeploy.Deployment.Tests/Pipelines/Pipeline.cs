using SchemaDeploy.Deployment.Pipelines;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>Pipelines of an application as the tests deploy it.</summary>
internal static class Pipeline
{
    public static PipelineOptions Options { get; } = new()
    {
        Project = "src/Shop/Shop.csproj",
        Build = "Shop.sln",
        AssemblyName = "Shop",
        BundlesFolder = "src/Shop/deploy",
        DotNetVersion = "10.0",
        Branch = "main",
        Targets = [.. Enum.GetValues<DeployTarget>()],
        Image = new ImageName("ghcr.io/acme/shop", "1.2.3"),
    };

    /// <summary>Registries whose passwords come by different ways.</summary>
    public static TheoryData<string> Registries =>
        ["ghcr.io", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "acme.azurecr.io", "europe-west1-docker.pkg.dev", "registry.example.com:5000"];

    public static string Generate(PipelineSystem system, PipelineOptions? options = null) =>
        Assert.Single(PipelineGenerator.Generate(system, options ?? Options, templatesFolder: null, new DiagnosticBag())).Text;

    public static PipelineOptions To(string registry) => Options with { Image = new ImageName($"{registry}/acme/shop", "1.2.3") };
}
