namespace SchemaDeploy.Tests;

/// <summary>Packages of npm, kept under artifacts/ and installed there by the first test that needs them.</summary>
internal static class NpmPackage
{
    private static readonly SemaphoreSlim s_installing = new(1, 1);

    /// <summary>The folder node_modules with the packages; skips the test where Node.js is not to be had.</summary>
    /// <param name="packages">Each with its version, such as <c>mermaid@12.3.0</c>.</param>
    public static async Task<string> InstallAsync(params string[] packages)
    {
        Assert.SkipUnless(Command.Exists("node") && Command.Exists("npm"), "Node.js with npm is not installed.");
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Path.Combine(RepositoryRoot(), "artifacts", string.Join('-', packages).Replace('@', '-').Replace('/', '-'));
        var complete = Path.Combine(folder, "complete");
        await s_installing.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(complete))
            {
                Directory.CreateDirectory(folder);
                var install = await Command.RunAsync(
                    "npm", ["install", "--prefix", folder, "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", .. packages]);
                Assert.True(install.ExitCode == 0, install.Error);
                await File.WriteAllTextAsync(complete, "", cancellation);
            }
        }
        finally
        {
            s_installing.Release();
        }

        return Path.Combine(folder, "node_modules");
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SchemaSdk.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
