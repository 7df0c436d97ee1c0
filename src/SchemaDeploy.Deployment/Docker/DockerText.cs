using SchemaDeploy.Deployment.Bundles;

namespace SchemaDeploy.Deployment.Docker;

/// <summary>Texts of the project's as Docker's and Compose's languages quote them.</summary>
internal static class DockerText
{
    /// <summary>The list of COPY, where Docker expands variables.</summary>
    public static string CopyList(IEnumerable<string> texts) => BundleText.JsonList(texts.Select(text => text.Replace("$", "\\$", StringComparison.Ordinal)));

    /// <summary>The value of a label.</summary>
    public static string Label(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"";

    /// <summary>A string of Compose, which expands variables; every JSON string is one of YAML.</summary>
    public static string Yaml(string text) => BundleText.Json(text).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A list of them.</summary>
    public static string YamlList(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Yaml))}]";
}
