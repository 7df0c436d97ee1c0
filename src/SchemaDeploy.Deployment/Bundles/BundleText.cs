using System.Text.Encodings.Web;
using System.Text.Json;

namespace SchemaDeploy.Deployment.Bundles;

/// <summary>Texts of the project's as the languages of all bundles quote them.</summary>
internal static class BundleText
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A path as seen from a folder, with forward slashes; "." for the folder itself.</summary>
    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>A text without line breaks, which would end comments and labels.</summary>
    public static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A string of JSON, which is one of YAML too.</summary>
    public static string Json(string text) => JsonSerializer.Serialize(text, s_json);

    /// <summary>A list of them.</summary>
    public static string JsonList(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Json))}]";

    /// <summary>A word of a shell.</summary>
    public static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
