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

    /// <summary>Writes the values of an object whose members are always the same and in the same order, each in its one form.</summary>
    public static void WriteMembers(ReadOnlySpan<byte> document, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, s_options);
        var reader = new Utf8JsonReader(document);
        writer.WriteStartArray();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Write(writer, JsonElement.ParseValue(ref reader));
                    break;
                case JsonTokenType.Number when reader.TryGetDecimal(out var number):
                    WriteNumber(writer, number);
                    break;
                default:
                    writer.WriteRawValue(document[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], skipInputValidation: true);
                    break;
            }
        }

        writer.WriteEndArray();
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
                WriteNumber(writer, number);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
    // Dividing by one with 28 zeros takes the zeros behind the point away.
    private static void WriteNumber(Utf8JsonWriter writer, decimal number) => writer.WriteNumberValue(number / 1.0000000000000000000000000000m);
}
