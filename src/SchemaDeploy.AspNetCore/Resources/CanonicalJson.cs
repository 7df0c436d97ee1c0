using System.Buffers;
using System.Text.Json;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// One form for all spellings of a document: members sorted, no blanks, numbers without superfluous digits. JSON
/// columns of PostgreSQL and MySQL keep what a document means, not how it was written.
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions s_options = new() { SkipValidation = true };

    public static byte[] Of(JsonElement document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Write(writer, document);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The values of an object whose members are always the same and in the same order, each in its one form.</summary>
    public static ReadOnlySpan<byte> OfMembers(ReadOnlySpan<byte> document)
    {
        var buffer = new ArrayBufferWriter<byte>(document.Length);
        using var writer = new Utf8JsonWriter(buffer, s_options);
        var reader = new Utf8JsonReader(document);
        writer.WriteStartArray();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                writer.WriteRawValue(document[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], skipInputValidation: true);
            }
            else
            {
                Write(writer, JsonElement.ParseValue(ref reader));
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when element.TryGetDecimal(out var number):
                // Dividing by one with 28 zeros takes the zeros behind the point away.
                writer.WriteNumberValue(number / 1.0000000000000000000000000000m);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
