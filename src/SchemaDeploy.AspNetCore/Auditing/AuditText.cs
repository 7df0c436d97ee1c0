using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>Makes what is recorded fit into columns: no write fails because its record is too long.</summary>
public static class AuditText
{
    /// <summary>The first <paramref name="length"/> characters of a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>
    /// A JSON object of at most <paramref name="length"/> characters: where it is longer, members that do not fit are
    /// left out, and a member named … says so.
    /// </summary>
    [return: NotNullIfNotNull(nameof(json))]
    public static string? CutJson(string? json, int length)
    {
        if (json is null || json.Length <= length)
        {
            return json;
        }

        const string omission = "\"…\":true}";
        var cut = new StringBuilder("{");
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var name = JsonEncodedText.Encode(member.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            var value = member.Value.GetRawText();
            if (cut.Length + name.Length + value.Length + "\"\":,".Length + omission.Length <= length)
            {
                cut.Append('"').Append(name).Append("\":").Append(value).Append(',');
            }
        }

        return cut.Append(omission).ToString();
    }
}
