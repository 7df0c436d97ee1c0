using System.Text.Encodings.Web;
using System.Text.Json;

namespace SchemaDeploy.Deployment.Docker;

/// <summary>Texts of the project's as the languages of the bundle quote them.</summary>
internal static class DockerText
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A path as seen from a folder, with forward slashes; "." for the folder itself.</summary>
    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>A text without line breaks, which would end comments and labels.</summary>
    public static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A string of an exec form, where nothing is expanded.</summary>
    public static string Json(string text) => JsonSerializer.Serialize(text, s_json);

    /// <summary>The list of COPY, where Docker expands variables.</summary>
    public static string JsonList(IEnumerable<string> texts) =>
        $"[{string.Join(", ", texts.Select(text => Json(text.Replace("$", "\\$", StringComparison.Ordinal))))}]";

    /// <summary>The value of a label.</summary>
    public static string Label(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"";

    /// <summary>A string of Compose, which expands variables; every JSON string is one of YAML.</summary>
    public static string Yaml(string text) => Json(text).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A list of them.</summary>
    public static string YamlList(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Yaml))}]";

    /// <summary>A word of a shell.</summary>
    public static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
