using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Writes rows and pages as JSON, whole or cut to the fields asked for.</summary>
internal readonly struct ResponseWriter<TResponse>(HttpContext http, JsonTypeInfo<TResponse> json, ImmutableArray<string> fields)
{
    // Text stays readable: the escapes of the default encoder are for JSON within HTML.
    private static readonly JsonWriterOptions s_options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async Task WriteRowAsync(TResponse row)
    {
        await using var writer = Begin();
        WriteRow(writer, row);
    }

    public async Task WritePageAsync(Page<TResponse> page)
    {
        await using var writer = Begin();
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

    private Utf8JsonWriter Begin()
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return new Utf8JsonWriter(http.Response.BodyWriter, s_options);
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
