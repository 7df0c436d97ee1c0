namespace SchemaDeploy.Generation.Tests.Diagrams;

/// <summary>
/// The npm package mermaid, kept under artifacts/. The full test run (<c>SCHEMADEPLOY_TESTS=full</c>) installs it where
/// it is absent; a quick run uses it where it is there.
/// </summary>
internal static class MermaidPackage
{
    private const string Version = "12.3.0";

    private static readonly SemaphoreSlim s_installing = new(1, 1);

    /// <summary>The path of the package's module; skips the test where a quick run finds no package.</summary>
    public static async Task<string> ModuleAsync(CancellationToken cancellation)
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed.");
        var folder = Path.Combine(RepositoryRoot(), "artifacts", $"mermaid-{Version}");
        var module = Path.Combine(folder, "node_modules", "mermaid", "dist", "mermaid.core.mjs");
        await s_installing.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(module))
            {
                var isFull = Environment.GetEnvironmentVariable("SCHEMADEPLOY_TESTS") == "full";
                Assert.SkipUnless(isFull, "The npm package mermaid is installed by the full test run only (SCHEMADEPLOY_TESTS=full).");
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
