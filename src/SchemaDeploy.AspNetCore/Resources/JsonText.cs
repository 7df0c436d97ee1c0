using System.Text.Json;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>JSON columns hold text; requests and responses hold the document.</summary>
public static class JsonText
{
    /// <summary>The text of a document; null for none and for JSON's null.</summary>
    public static string? From(JsonElement? document) =>
        document is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } value ? value.GetRawText() : null;

    /// <summary>The document of a text that the database holds.</summary>
    public static JsonElement? ToElement(string? text) => text is null ? null : JsonElement.Parse(text);
}
