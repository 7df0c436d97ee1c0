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

    /// <summary>Whether every string of a document is text that a database can hold.</summary>
    internal static bool IsStorable(JsonElement document)
    {
        try
        {
            return document.ValueKind switch
            {
                JsonValueKind.String => IsStorable(document.GetString()!),
                JsonValueKind.Array => document.EnumerateArray().All(IsStorable),
                JsonValueKind.Object => document.EnumerateObject().All(member => IsStorable(member.Name) && IsStorable(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
