using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Writes answers, values in the form that they have in REST.</summary>
internal static class ResultWriter
{
    // Text stays readable: the escapes of the default encoder are for JSON within HTML.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes data, where the request was carried out, and what went wrong.</summary>
    public static async Task WriteAsync(HttpResponse response, ExecutionResult result, IReadOnlyList<GraphError> errors)
    {
        await using var writer = new Utf8JsonWriter(response.BodyWriter, s_options);
        writer.WriteStartObject();
        if (errors.Count > 0)
        {
            writer.WriteStartArray("errors");
            foreach (var error in errors)
            {
                error.Write(writer);
            }

            writer.WriteEndArray();
        }

        if (result.Executed)
        {
            writer.WritePropertyName("data");
            Write(writer, result.Data as ExecutionNode);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ExecutionNode? node)
    {
        switch (node)
        {
            case ObjectExecutionNode { SubFields: { } fields }:
                writer.WriteStartObject();
                foreach (var field in fields)
                {
                    writer.WritePropertyName(field.Name!);
                    Write(writer, field);
                }

                writer.WriteEndObject();
                break;
            case ArrayExecutionNode { SerializedResult: { } values }:
                // Lists of scalars and enums have no nodes of their own.
                WriteValue(writer, values);
                break;
            case ArrayExecutionNode { Items: { } items }:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ValueExecutionNode value:
                WriteValue(writer, value.ToValue());
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or short or byte:
                writer.WriteNumberValue(Convert.ToInt32(value, null));
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case JsonNode node:
                node.WriteTo(writer);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                // Dates, times, UUIDs.
                JsonSerializer.Serialize(writer, value, value.GetType());
                break;
        }
    }
}
