using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SchemaDeploy.Schema.Model;

/// <summary>
/// Writes seed data as lines of JSON: an object for each block, and behind it an array for each of its rows, so that it
/// is read row by row and compared line by line.
/// </summary>
public static class SeedDataWriter
{
    // Text is shown as people write it; the file is no part of a page.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes <paramref name="seed"/> to <paramref name="output"/>.</summary>
    public static void Write(SeedData seed, Stream output)
    {
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(output);
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line, s_options);
        foreach (var block in seed.Blocks)
        {
            WriteHead(json, block);
            End(json, line, output);
            foreach (var row in block.Rows)
            {
                WriteRow(json, row);
                End(json, line, output);
            }
        }
    }

    private static void WriteHead(Utf8JsonWriter json, SeedBlock block)
    {
        json.WriteStartObject();
        if (block.Schema is not null)
        {
            json.WriteString("schema", block.Schema);
        }

        json.WriteString("table", block.Table);
        if (block.Key.Length > 0)
        {
            WriteNames(json, "key", block.Key);
        }

        WriteNames(json, "columns", block.Columns);
        json.WriteNumber("rows", block.Rows.Length);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string member, ImmutableArray<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, ImmutableArray<SeedValue> row)
    {
        json.WriteStartArray();
        foreach (var value in row)
        {
            switch (value.Kind)
            {
                case SeedValueKind.Json:
                    json.WriteRawValue(value.Text!, skipInputValidation: true);
                    break;
                case SeedValueKind.Text:
                    json.WriteStringValue(value.Text);
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        json.WriteEndArray();
    }

    private static void End(Utf8JsonWriter json, ArrayBufferWriter<byte> line, Stream output)
    {
        json.Flush();
        output.Write(line.WrittenSpan);
        output.WriteByte((byte)'\n');
        line.ResetWrittenCount();
        json.Reset();
    }
}
