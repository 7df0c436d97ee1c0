using System.Diagnostics;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>What <c>dotnet publish -p:DeployTarget=…</c> adds to publishing.</summary>
[Trait("Category", "Integration")]
public sealed class DeployTests(PackedSdk sdk)
{
    private static readonly string[] s_bundle =
    [
        ".env.example", ".generated.sha256", ".gitignore", "Dockerfile", "Dockerfile.dockerignore", "README.md", "RUNBOOK.md", "backup.sh", "compose.yaml", "deploy.sh",
        "monitoring/alertmanager.yml", "monitoring/alerts.yml", "monitoring/collector.yml", "monitoring/grafana/dashboards/application.json",
        "monitoring/grafana/provisioning/dashboards/application.yml", "monitoring/grafana/provisioning/datasources/prometheus.yml",
        "monitoring/loki.yml", "monitoring/prometheus.yml", "secrets.sh",
    ];

    private static readonly string[] s_clouds = ["gcp", "azure", "aws"];

    [Fact]
    public async Task Publishing_for_docker_writes_the_bundle_and_says_what_to_type_next()
    {
        using var project = new TestProject(sdk, "<SchemaDatabase>PostgreSql</SchemaDatabase>");
        var result = await PublishAsync(project);

        Assert.Contains("Next: ./secrets.sh production && ./deploy.sh production", result.Output, StringComparison.Ordinal);
        Assert.Equal(s_bundle, Files(project, "deploy/docker"));
        Assert.Contains("image: ${IMAGE:-app:1.0.0}", Read(project, "deploy/docker/compose.yaml"), StringComparison.Ordinal);
        Assert.Contains("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled\n", Read(project, "deploy/docker/Dockerfile"), StringComparison.Ordinal);

        const string bill = "bin/Release/net10.0/publish/App.cdx.json";
        var materials = Read(project, bill);
        Assert.Contains("\"purl\": \"pkg:nuget/Npgsql@", materials, StringComparison.Ordinal);

        // Once more: nothing is started, and nothing written.
        var again = await PublishAsync(project, "--no-restore", "-v:normal");
        Assert.Contains("Skipping target \"_DeployWriteBundles\"", again.Output, StringComparison.Ordinal);

        Assert.Contains("Skipping target \"_SchemaWriteSbom\"", again.Output, StringComparison.Ordinal);

        // A file that is gone comes back; one that was changed is pointed out, and kept.
        project.Delete("deploy/docker/secrets.sh");
        project.Write("deploy/docker/Dockerfile", "FROM mine\n");
        project.Delete("obj/schema/App.cdx.json");
        var changed = await PublishAsync(project, "--no-restore");
        Assert.Contains($"{Path.Combine(project.Folder, "deploy", "docker", "Dockerfile")}(1,1): warning SD4010", changed.Output, StringComparison.Ordinal);
        Assert.Equal(materials, Read(project, bill));
        Assert.Equal("FROM mine\n", Read(project, "deploy/docker/Dockerfile.edited"));
        Assert.Equal([.. s_bundle, "Dockerfile.edited"], Files(project, "deploy/docker").OrderBy(name => name.EndsWith(".edited", StringComparison.Ordinal)));

        // All clouds at once, and a pipeline that deploys to them.
        await PublishAsync(project, "--no-restore", "-p:DeployTarget=\"gcp;azure;aws\"", "-p:DeployImage=ghcr.io/acme/shop");
        Assert.All(s_clouds, cloud => AssertSaysWhatItWouldDo(project, cloud));
        Directory.CreateDirectory(Path.Combine(project.Folder, ".git"));
        var piped = await project.DotNetAsync("build", "-nologo", "--no-restore", "-t:SchemaPipeline", "-p:DeployTarget=\"gcp;azure;aws\"", "-p:DeployImage=ghcr.io/acme/shop", "-p:SchemaPipelineFor=\"github;gitlab\"");
        Assert.True(piped.ExitCode == 0, piped.Output);
        Assert.All([".github/workflows/deploy.yml", ".gitlab-ci.yml"], file => Assert.Contains("aws-production:\n", Read(project, file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Properties_say_where_the_bundle_goes_what_the_image_is_called_and_which_environment_is_meant()
    {
        using var project = new TestProject(sdk, """
            <DeployDir>ops/out</DeployDir>
            <DeployImage>ghcr.io/acme/shop</DeployImage>
            <DeployEnvironment>staging</DeployEnvironment>
            <Version>2.1.0+abc</Version>
            <ContainerBaseImage>registry.example.com/base:1</ContainerBaseImage>
            """);
        // A semicolon would end the property on the command line.
        var result = await PublishAsync(project, "-p:DeployTarget=docker%3Bk8s");

        Assert.Contains("./deploy.sh staging", result.Output, StringComparison.Ordinal);
        // SQLite has no server that the script could back up.
        Assert.Equal(s_bundle.Except(["backup.sh"]), Files(project, "ops/out/docker"));
        Assert.Contains("image: ${IMAGE:-ghcr.io/acme/shop:2.1.0-abc}", Read(project, "ops/out/docker/compose.yaml"), StringComparison.Ordinal);
        Assert.Contains("ARG BASE_IMAGE=registry.example.com/base:1\n", Read(project, "ops/out/docker/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("\nenvironment=staging\n", Read(project, "ops/out/docker/deploy.sh"), StringComparison.Ordinal);
        Assert.Contains("          image: ghcr.io/acme/shop:2.1.0-abc\n", Read(project, "ops/out/k8s/base/deployment.yaml"), StringComparison.Ordinal);
        Assert.Contains("\nenvironment=staging\n", Read(project, "ops/out/k8s/deploy.sh"), StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(project.Folder, "App.csproj")}(1,1): warning SD4016", result.Output, StringComparison.Ordinal);

        // The .NET SDK's own names for the same.
        var answer = await project.DotNetAsync("msbuild", "-nologo", "-getProperty:ContainerRegistry,ContainerRepository,ContainerImageTag");
        Assert.Contains("\"ContainerRegistry\": \"ghcr.io\"", answer.Output, StringComparison.Ordinal);
        Assert.Contains("\"ContainerRepository\": \"acme/shop\"", answer.Output, StringComparison.Ordinal);
        Assert.Contains("\"ContainerImageTag\": \"2.1.0-abc\"", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_called_latest_is_refused()
    {
        using var project = new TestProject(sdk, "<DeployImage>shop:latest</DeployImage>");

        var result = await project.DotNetAsync("publish", "-nologo", "-p:DeployTarget=docker");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{Path.Combine(project.Folder, "App.csproj")}(1,1): error SD4003", result.Output, StringComparison.Ordinal);
        Assert.False(project.Exists("deploy/docker/Dockerfile"));
    }

    private static async Task<CommandResult> PublishAsync(TestProject project, params string[] arguments)
    {
        var result = await project.DotNetAsync(["publish", "-nologo", "-p:DeployTarget=docker", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output);
        return result;
    }

    private static void AssertSaysWhatItWouldDo(TestProject project, string cloud)
    {
        var settings = Path.Combine(project.Folder, "deploy", cloud, "production.env");
        File.WriteAllText(settings, File.ReadAllText(settings)
            .Replace("ADMIN_EMAIL=admin@example.com", "ADMIN_EMAIL=ada@acme.org", StringComparison.Ordinal)
            .Replace("GCP_PROJECT=", "GCP_PROJECT=acme", StringComparison.Ordinal)
            .Replace("AWS_SUBNETS=", "AWS_SUBNETS=one,two", StringComparison.Ordinal));

        using var plan = Process.Start(new ProcessStartInfo("bash", [Path.Combine(project.Folder, "deploy", cloud, "deploy.sh"), "production", "--plan"]) { RedirectStandardOutput = true })!;
        var said = plan.StandardOutput.ReadToEnd();
        plan.WaitForExit();

        Assert.Equal(0, plan.ExitCode);
        Assert.Contains("Image:       ghcr.io/acme/shop:1.0.0\n", said, StringComparison.Ordinal);
    }

    private static string Read(TestProject project, string path) => File.ReadAllText(Path.Combine(project.Folder, path));

    private static IEnumerable<string> Files(TestProject project, string folder) =>
        Directory.GetFiles(Path.Combine(project.Folder, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(project.Folder, folder), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
