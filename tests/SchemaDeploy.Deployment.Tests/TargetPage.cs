using System.Runtime.CompilerServices;

namespace SchemaDeploy.Deployment.Tests;

/// <summary>The page of a target in docs/.</summary>
internal static class TargetPage
{
    /// <summary>What somebody asks who is to run it, in the order of their questions.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        ["Prerequisites", "First deployment", "Secrets", "Custom domain", "Going back", "What it costs", "Limits", "What was verified, and what not"];

    public static string Read(DeployTarget target) => File.ReadAllText(Path.Combine(FolderOfThisFile(), $"../../docs/{DeploymentGenerator.FolderOf(target)}.md"));

    /// <summary>The headings of its sections.</summary>
    public static IEnumerable<string> HeadingsOf(string page) => page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
