namespace SchemaDeploy.Generation.Tests.Diagrams;

/// <summary>
/// The npm package mermaid, kept under artifacts/ and installed there by the first test that needs it.
/// </summary>
internal static class MermaidPackage
{
    private const string Version = "12.3.0";

    private static readonly SemaphoreSlim s_installing = new(1, 1);

    /// <summary>The path of the package's module; skips the test where Node.js is not to be had.</summary>
    public static async Task<string> ModuleAsync(CancellationToken cancellation)
    {
        Assert.SkipUnless(Command.Exists("node") && Command.Exists("npm"), "Node.js with npm is not installed.");
        var folder = Path.Combine(RepositoryRoot(), "artifacts", $"mermaid-{Version}");
        var module = Path.Combine(folder, "node_modules", "mermaid", "dist", "mermaid.core.mjs");
        await s_installing.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(module))
            {
                Directory.CreateDirectory(folder);
                var install = await Command.RunAsync(
                    "npm", ["install", "--prefix", folder, "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", $"mermaid@{Version}"]);
                Assert.True(install.ExitCode == 0, install.Error);
            }
        }
        finally
        {
            s_installing.Release();
        }

        return module;
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
