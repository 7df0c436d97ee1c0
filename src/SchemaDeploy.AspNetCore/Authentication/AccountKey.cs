using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The key of a user's row as the text that tokens and sessions carry.</summary>
internal static class AccountKey
{
    public static string Format<TKey>(TKey key) => ScalarText.Format(key!);

    public static bool TryParse<TKey>(string text, [MaybeNullWhen(false)] out TKey key)
        where TKey : IParsable<TKey> => ScalarText.TryParse(text, out key);

    public static TKey Parse<TKey>(string text)
        where TKey : IParsable<TKey> => TryParse<TKey>(text, out var key) ? key : throw new FormatException();

    /// <summary>The key as the resource shows it.</summary>
    public static JsonNode ToJson<TKey>(TKey key) => key switch
    {
        string or Guid => JsonValue.Create(Format(key)),
        _ => JsonNode.Parse(Format(key))!,
    };
}
