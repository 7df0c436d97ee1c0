using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>Images that the .NET SDK makes without an engine, in a registry of the tests' own.</summary>
[Trait("Category", "Soak")]
[Collection(DockerEngine.Collection)]
public sealed class RegistryTests(PackedSdk sdk, DockerEngine engine) : IDisposable
{
    private readonly TestProject _project = new(sdk, "<AssemblyName>Documents</AssemblyName><SchemaDatabase>PostgreSql</SchemaDatabase>");
    private readonly int _port = TestServer.FreePort();

    private RunningCommand? _serving;

    private string Registry => $"localhost:{_port}";

    public void Dispose()
    {
        _serving?.Dispose();
        _project.Dispose();
    }

    [Fact]
    public async Task An_image_of_the_dotnet_SDKs_goes_to_a_registry_is_pulled_and_runs()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        await StartRegistryAsync();
        await PublishContainerAsync("7");
        var id = await SucceedWithDockerAsync(
            "run", "--detach", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--memory", "256m", "--env", "DATABASE_URL=sqlite:/tmp/app.db",
            "--env", "MIGRATE_ON_START=true", "--env", "JWT_SECRET=only the tests of this project use it", $"{Registry}/documents:7");
        id = id.Split('\n')[^1];

        CommandResult health;
        var end = DateTime.UtcNow.AddMinutes(1);
        while ((health = await engine.DockerAsync("exec", id, "dotnet", "Documents.dll", "health")).ExitCode != 0 && DateTime.UtcNow < end)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        Assert.True(health.ExitCode == 0, health.Output + (await engine.DockerAsync("logs", id)).Output);
        Assert.Equal("1654 true", await SucceedWithDockerAsync("inspect", "--format", "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}", id));
        await SucceedWithDockerAsync("stop", id);
        Assert.Equal("0", await SucceedWithDockerAsync("inspect", "--format", "{{.State.ExitCode}}", id));
        await SucceedWithDockerAsync("rm", id);
    }

    // Not the same digests: the .NET SDK writes into the layer when it was made.
    [Fact]
    public async Task Images_of_the_dotnet_SDKs_from_the_same_source_hold_the_same_files()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        await StartRegistryAsync();
        await PublishContainerAsync("7");
        foreach (var folder in (string[])["bin", "obj"])
        {
            Directory.Delete(Path.Combine(_project.Folder, folder), recursive: true);
        }

        await PublishContainerAsync("8");

        var (first, second) = (await ImageLayers.ReadAsync(Registry, "documents", "7"), await ImageLayers.ReadAsync(Registry, "documents", "8"));
        Assert.Equal(first.Base, second.Base);
        Assert.Contains(first.Files, file => file.Contains("Documents.dll", StringComparison.Ordinal));
        Assert.Equal(first.Files, second.Files);
    }

    /// <summary>A registry with the base of images.</summary>
    private async Task StartRegistryAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/docker-registry"), "docker-registry is not installed (Debian package of that name).");
        _project.Write("registry.yml", $"version: 0.1\nstorage: {{ filesystem: {{ rootdirectory: {_project.Folder}/registry }} }}\nhttp: {{ addr: '127.0.0.1:{_port}' }}\n");
        _serving = new RunningCommand("/usr/bin/docker-registry", ["serve", "registry.yml"], _project.Folder);
        await _serving.WaitForAsync("listening on", TimeSpan.FromSeconds(20));
        await SucceedWithDockerAsync("tag", "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", $"{Registry}/aspnet:10");
        await SucceedWithDockerAsync("push", $"{Registry}/aspnet:10");
    }

    private async Task PublishContainerAsync(string tag)
    {
        var published = await _project.DotNetAsync(
            "publish", "-nologo", "-t:PublishContainer", $"-p:ContainerBaseImage={Registry}/aspnet:10", $"-p:DeployImage={Registry}/documents:{tag}");
        Assert.True(published.ExitCode == 0, published.Output);
    }

    private async Task<string> SucceedWithDockerAsync(params string[] arguments)
    {
        var result = await engine.DockerAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }
}
