using System.Net;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>What the bundle for Kubernetes has for a node to run, run by podman, which stands in for the node.</summary>
[Trait("Category", "Integration")]
public sealed class PodmanTests : IAsyncLifetime
{
    private static readonly string[] s_kindsOfNodes = ["ConfigMap", "PersistentVolumeClaim", "Deployment"];

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-podman-").FullName;
    private readonly TestProject _project;

    public PodmanTests(PackedSdk sdk) => _project = new TestProject(sdk, "<DeployImage>localhost/app</DeployImage>");

    public ValueTask InitializeAsync()
    {
        // All that podman keeps goes with the folder. The rest is for machines without systemd.
        Write("containers.conf", $"""
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [network]
            network_config_dir = "{_folder}/networks"
            """);
        Write("storage.conf", $"""
            [storage]
            driver = "overlay"
            graphroot = "{_folder}/storage"
            runroot = "{_folder}/run"
            """);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (FindWhyMissing() is null)
        {
            await RunAsync("podman", "pod", "rm", "--all", "--force");
        }

        _project.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_deployment_makes_its_tables_serves_with_no_rights_and_ends_in_peace()
    {
        var missing = FindWhyMissing();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var published = await _project.DotNetAsync("publish", "-nologo", "-p:DeployTarget=k8s", "-p:UseAppHost=false", "-o", Path.Combine(_folder, "image", "app"));
        Assert.True(published.ExitCode == 0, published.Output);
        await MakeImageAsync();
        Write("pod.yaml", await ManifestsAsync());

        await SucceedAsync("podman", "play", "kube", "pod.yaml");

        var first = await SucceedAsync("podman", "ps", "--quiet", "--filter", "name=infra");
        var address = await SucceedAsync("podman", "inspect", first, "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}:3000") };
        Assert.Equal(HttpStatusCode.OK, await WaitUntilReadyAsync(client));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/notes", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(
            "1654:1654 true [] 268435456 [no-new-privileges]",
            await SucceedAsync("podman", "inspect", "app-pod-0-app", "--format", "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.EffectiveCaps}} {{.HostConfig.Memory}} {{.HostConfig.SecurityOpt}}"));

        await SucceedAsync("podman", "stop", "--time", "30", "app-pod-0-app");
        Assert.Equal("0 false", await SucceedAsync("podman", "inspect", "app-pod-0-app", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}"));
    }

    /// <summary>The published application on this machine's .NET, as the Dockerfile of the other bundle lays it out.</summary>
    private async Task MakeImageAsync()
    {
        var script = Path.Combine(PackedSdk.RepositoryRoot, "tests", "SchemaDeploy.Sdk.Tests", "Engine", "stand-ins.sh");
        await SucceedAsync("bash", script, "aspnet", "localhost/aspnet:10");
        var tried = await RunAsync("podman", "run", "--rm", "localhost/aspnet:10", "dotnet", "--list-runtimes");
        Assert.SkipUnless(tried.ExitCode == 0, $"podman runs no container here: {tried.Output}");
        Directory.CreateDirectory(Path.Combine(_folder, "image", "data"));
        Write("Dockerfile", "FROM localhost/aspnet:10\nCOPY --chown=1654:1654 image /\nWORKDIR /app\nENTRYPOINT [\"dotnet\", \"App.dll\"]\n");
        await SucceedAsync("podman", "build", "--tag", "localhost/app:1.0.0", ".");
    }

    private async Task<string> ManifestsAsync()
    {
        var bundle = Path.Combine(_project.Folder, "deploy", "k8s");
        var rendered = await SucceedAsync("kubectl", "kustomize", Path.Combine(bundle, "overlays", "dev"));
        Write("jwt_secret", new string('a', 64));
        Write("admin_password", new string('b', 64));
        var secret = await SucceedAsync(
            "kubectl", "create", "secret", "generic", "app", "--from-file=jwt_secret", "--from-file=admin_password", "--dry-run=client", "--output=yaml");
        var manifests = string.Join("\n---\n", rendered.Split("\n---\n").Where(one => s_kindsOfNodes.Any(kind => one.Contains($"\nkind: {kind}\n", StringComparison.Ordinal))).Prepend(secret));
        // What podman 4.3 cannot do without: it wants this word of secrets, and never ends an init container of pods that are always restarted.
        return manifests
            .Replace("          secretName: app", "          secretName: app\n          optional: false", StringComparison.Ordinal)
            .Replace("      enableServiceLinks: false", "      enableServiceLinks: false\n      restartPolicy: OnFailure", StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode?> WaitUntilReadyAsync(HttpClient client)
    {
        HttpStatusCode? status = null;
        for (var attempt = 0; status != HttpStatusCode.OK && attempt < 60; attempt++)
        {
            try
            {
                status = (await client.GetAsync("/ready", TestContext.Current.CancellationToken)).StatusCode;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
                await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
            }
        }

        return status;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private async Task<string> SucceedAsync(string command, params string[] arguments)
    {
        var result = await RunAsync(command, arguments);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output.Trim();
    }

    private Task<CommandResult> RunAsync(string command, params string[] arguments) => RunningCommand.RunAsync(
        command,
        arguments,
        _folder,
        PackedSdk.Limit,
        new Dictionary<string, string>
        {
            ["CONTAINERS_CONF"] = Path.Combine(_folder, "containers.conf"),
            ["CONTAINERS_STORAGE_CONF"] = Path.Combine(_folder, "storage.conf"),
            ["ENGINE"] = "podman",
        });

    private static string? FindWhyMissing() =>
        Environment.UserName != "root" ? "podman without root has no network that the tests reach."
        : !File.Exists("/usr/bin/podman") || !File.Exists("/usr/bin/catatonit") ? "podman is not installed (Debian packages podman and catatonit)."
        : !File.Exists("/usr/bin/kubectl") ? "kubectl is not installed."
        : null;
}
