using System.Runtime.CompilerServices;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>docs/kubernetes.md.</summary>
internal static class Page
{
    public static string Path { get; } = System.IO.Path.Combine(FolderOfThisFile(), "../../../docs/kubernetes.md");

    private static string FolderOfThisFile([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}
