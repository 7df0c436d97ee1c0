using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Writes rows and pages as JSON, whole or cut to the fields asked for.</summary>
internal readonly struct ResponseWriter<TResponse>(HttpContext http, JsonTypeInfo<TResponse> json, ImmutableArray<string> fields)
{
    private const string ContentType = "application/json; charset=utf-8";

    // Text stays readable: the escapes of the default encoder are for JSON within HTML.
    private static readonly JsonWriterOptions s_options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a whole row for those who need what is sent before it is.</summary>
    public static void Serialize(TResponse row, JsonTypeInfo<TResponse> json, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, s_options);
        JsonSerializer.Serialize(writer, row, json);
    }

    /// <summary>Writes a whole answer, such as <see cref="Serialize"/> made.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> content)
    {
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = content.Length;
        await http.Response.BodyWriter.WriteAsync(content);
    }

    public async Task WriteRowAsync(TResponse row)
    {
        using var content = new RentedBuffer();
        using (var writer = new Utf8JsonWriter(content, s_options))
        {
            WriteRow(writer, row);
        }

        await WriteAsync(content.Written);
    }

    public async Task WritePageAsync(Page<TResponse> page)
    {
        // Each row is flushed, which costs less here than in the server's own buffer.
        using var content = new RentedBuffer();
        using (var writer = new Utf8JsonWriter(content, s_options))
        {
            WritePage(writer, page);
        }

        await WriteAsync(content.Written);
    }

    private void WritePage(Utf8JsonWriter writer, Page<TResponse> page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var row in page.Items)
        {
            WriteRow(writer, row);
        }

        writer.WriteEndArray();
        writer.WriteString("next", page.Next);
        writer.WriteString("previous", page.Previous);
        if (page.Total is { } total)
        {
            writer.WriteNumber("total", total);
        }

        writer.WriteEndObject();
    }

    private void WriteRow(Utf8JsonWriter writer, TResponse row)
    {
        if (fields.IsEmpty)
        {
            JsonSerializer.Serialize(writer, row, json);
            return;
        }

        var element = JsonSerializer.SerializeToElement(row, json);
        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            if (fields.Contains(member.Name))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
