using SchemaDeploy.Sdk.Tests;

[assembly: AssemblyFixture(typeof(PackedSdk))]

namespace SchemaDeploy.Sdk.Tests;

/// <summary>
/// The packages that this repository makes, packed once for all tests under a version of their own, and the NuGet cache
/// that the tests share: packages of others stay in it from run to run, ours go with the run. SCHEMADEPLOY_PACKED names
/// the version where somebody has packed for several test projects, and will tidy up.
/// </summary>
public sealed class PackedSdk : IAsyncLifetime
{
    private static readonly string? s_packed = System.Environment.GetEnvironmentVariable("SCHEMADEPLOY_PACKED") is { Length: > 0 } version ? version : null;

    private string? _version = s_packed;

    /// <summary>The folder that holds SchemaSdk.sln.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public static string PackageFolder { get; } = Path.Combine(RepositoryRoot, "artifacts", "packages");

    public static string CacheFolder { get; } = Path.Combine(RepositoryRoot, "artifacts", "nuget");

    /// <summary>A package cache that no other build on this machine sees.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["NUGET_PACKAGES"] = CacheFolder };

    /// <summary>How long a command may take.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(10);

    public string Version => _version ?? throw new InvalidOperationException("Not packed yet.");

    public string SdkPackage => Path.Combine(PackageFolder, $"SchemaDeploy.Sdk.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        if (_version is not null)
        {
            return;
        }

        var result = await RunningCommand.RunAsync("bash", [Path.Combine(RepositoryRoot, "eng", "pack.sh")], RepositoryRoot, Limit, Environment);
        Assert.True(result.ExitCode == 0, result.Output);
        _version = result.Output.TrimEnd().Split('\n')[^1].Trim();
    }

    public ValueTask DisposeAsync()
    {
        if (s_packed is not null)
        {
            return ValueTask.CompletedTask;
        }

        foreach (var package in Directory.GetFiles(PackageFolder, $"*.{Version}.nupkg"))
        {
            File.Delete(package);
        }

        // Of packages that no test of this run needed, only other versions are there.
        foreach (var unpacked in Directory.GetDirectories(CacheFolder, "schemadeploy.*").Select(folder => Path.Combine(folder, Version.ToLowerInvariant())).Where(Directory.Exists))
        {
            Directory.Delete(unpacked, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private static string FindRepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SchemaSdk.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
