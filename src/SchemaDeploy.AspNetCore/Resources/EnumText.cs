using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// The literals of an enum as the schema writes them, taken once from the members' <see cref="JsonStringEnumMemberNameAttribute"/>.
/// One table serves the database, JSON and query strings, so that they cannot disagree.
/// </summary>
public static class EnumText<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> s_texts = typeof(TEnum)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToFrozenDictionary(
            field => (TEnum)field.GetValue(null)!,
            field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);

    private static readonly FrozenDictionary<string, TEnum> s_values =
        s_texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The literals, for messages.</summary>
    public static string List { get; } = string.Join(", ", s_texts.OrderBy(pair => pair.Key).Select(pair => pair.Value));

    /// <summary>The literal of <paramref name="value"/>.</summary>
    public static string ToText(TEnum value) => s_texts[value];

    /// <summary>The member of a literal; letters count in their case.</summary>
    public static bool TryParse(string text, out TEnum value) => s_values.TryGetValue(text, out value);

    /// <summary>The member of a literal that the database holds.</summary>
    /// <exception cref="FormatException">The schema's enum has no such member.</exception>
    public static TEnum FromText(string text) => TryParse(text, out var value)
        ? value
        : throw new FormatException($"The database holds '{text}' where {typeof(TEnum).Name} allows {List}.");
}

/// <summary>Stores an enum as the schema's literals.</summary>
public sealed class EnumTextValueConverter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>()
    : ValueConverter<TEnum, string>(value => EnumText<TEnum>.ToText(value), text => EnumText<TEnum>.FromText(text))
    where TEnum : struct, Enum;

/// <summary>Reads and writes an enum as the schema's literals; anything else, numbers included, is refused.</summary>
public sealed class EnumTextJsonConverter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && EnumText<TEnum>.TryParse(reader.GetString()!, out var value)
            ? value
            : throw new InvalidFieldException($"must be one of {EnumText<TEnum>.List}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(EnumText<TEnum>.ToText(value));
}

/// <summary>A JSON value that does not fit its field. The message completes "the field …" and is meant for clients.</summary>
public sealed class InvalidFieldException(string message) : JsonException(message);
