using System.Text.Json;
using System.Text.Json.Serialization;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Reads times in every form of ISO 8601 that JSON clients write. One with an offset is a moment and becomes UTC,
/// whatever the server's own time zone; one without is taken as it stands.
/// </summary>
public sealed class DateTimeJsonConverter : JsonConverter<DateTime>
{
    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ScalarText.ParseDateTime(reader.GetString()!) is { } time
            ? time
            : throw new InvalidFieldException($"must be {ScalarText.Describe(typeof(DateTime))}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
