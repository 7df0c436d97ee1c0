namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>
/// A Docker engine of the tests' own, with images of this machine's programs under the names of the public ones that
/// bundles begin with.
/// </summary>
public sealed class DockerEngine : IAsyncLifetime
{
    /// <summary>The tests that share it.</summary>
    public const string Collection = "engine";

    // Debian's client; another one on the PATH may lack BuildKit.
    private const string ClientFolder = "/usr/bin";

    private static readonly (string Kind, string Name)[] s_images =
    [
        ("aspnet", "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled"), ("sdk", "mcr.microsoft.com/dotnet/sdk:10.0"),
        ("postgres", "postgres:17"), ("redis", "redis:7.4"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-docker-").FullName;
    private RunningCommand? _engine;

    /// <summary>Why no bundle can be tried here: something is not installed, or the kernel does not let an engine start.</summary>
    public string? WhyMissing { get; private set; } = FindWhyMissing();

    /// <summary>Where clients find it.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string>
    {
        ["DOCKER_HOST"] = $"unix://{_folder}/docker.sock",
        ["DOCKER_CONFIG"] = _folder,
        ["DOCKER_BUILDKIT"] = "1",
        ["PATH"] = $"{ClientFolder}:{Environment.GetEnvironmentVariable("PATH")}",
    };

    public async ValueTask InitializeAsync()
    {
        if (WhyMissing is not null)
        {
            return;
        }

        _engine = new RunningCommand(
            "/usr/sbin/dockerd",
            ["--host", $"unix://{_folder}/docker.sock", "--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/pid"],
            _folder);
        while (!_engine.HasExited && !_engine.Output.Contains("API listen on", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromSeconds(0.1), TestContext.Current.CancellationToken);
        }

        if (_engine.HasExited)
        {
            WhyMissing = $"dockerd does not start here: {_engine.Output.TrimEnd().Split('\n')[^1]}";
            return;
        }

        foreach (var (kind, name) in s_images)
        {
            await MakeImageAsync(kind, name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is { HasExited: false })
        {
            // Asked, and not killed, it takes its containers, mounts and networks with it.
            await RunAsync("bash", "-c", "kill -TERM \"$(cat pid)\"");
            for (var attempt = 0; !_engine.HasExited && attempt < 30; attempt++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }

        _engine?.Dispose();

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Makes an image that stands in for a public one.</summary>
    internal async Task MakeImageAsync(string kind, string name)
    {
        var made = await RunAsync("bash", Path.Combine(PackedSdk.RepositoryRoot, "tests", "SchemaDeploy.Sdk.Tests", "Engine", "stand-ins.sh"), kind, name);
        Assert.True(made.ExitCode == 0, made.Output);
    }

    /// <summary>Runs Docker's client.</summary>
    internal Task<CommandResult> DockerAsync(params string[] arguments) => RunAsync($"{ClientFolder}/docker", arguments);

    /// <summary>Runs a command in the engine's folder.</summary>
    internal Task<CommandResult> RunAsync(string command, params string[] arguments) => RunInAsync(_folder, command, arguments);

    /// <summary>Runs a command in a folder.</summary>
    internal async Task<CommandResult> RunInAsync(string folder, string command, params string[] arguments)
    {
        var result = await RunningCommand.RunAsync(command, arguments, folder, PackedSdk.Limit, ClientEnvironment);
        return result with { Output = result.Output.Trim() };
    }

    private static string? FindWhyMissing() =>
        Environment.UserName != "root" ? "A Docker engine of the tests' own needs root."
        : !File.Exists("/usr/sbin/dockerd") || !File.Exists($"{ClientFolder}/docker") ? "dockerd is not installed (Debian package docker.io)."
        : !File.Exists($"{ClientFolder}/docker-compose") ? "docker-compose is not installed (Debian package docker-compose)."
        : !Directory.Exists("/usr/lib/postgresql") ? "PostgreSQL is not installed (Debian package postgresql)."
        : !File.Exists("/usr/bin/redis-server") ? "Redis is not installed (Debian package redis-server)."
        : null;
}

/// <summary>One engine for all of them.</summary>
[CollectionDefinition(DockerEngine.Collection)]
public sealed class DockerEngineTests : ICollectionFixture<DockerEngine>;
