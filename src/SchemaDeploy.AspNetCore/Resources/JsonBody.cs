using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Reads request bodies; whatever is wrong with one becomes a problem that names the field.</summary>
internal static class JsonBody
{
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> json)
        where T : class
    {
        RequireJson(request, null);
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, json, request.HttpContext.RequestAborted)
                ?? throw new ApiException(400, "The body must not be null.");
        }
        catch (JsonException exception)
        {
            throw Explain(exception);
        }
    }

    public static T Read<T>(JsonNode node, JsonTypeInfo<T> json)
        where T : class
    {
        try
        {
            return node.Deserialize(json)!;
        }
        catch (JsonException exception)
        {
            throw Explain(exception);
        }
    }

    public static async Task<JsonDocument> ReadDocumentAsync(HttpRequest request, string otherMediaType)
    {
        RequireJson(request, otherMediaType);
        try
        {
            return await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }, request.HttpContext.RequestAborted);
        }
        catch (JsonException exception)
        {
            throw Explain(exception);
        }
    }

    private static void RequireJson(HttpRequest request, string? otherMediaType)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase)
            && (otherMediaType is null || !string.Equals(type, otherMediaType, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ApiException(
                415, $"The body must be JSON: send Content-Type: application/json{(otherMediaType is null ? "" : " or " + otherMediaType)}.");
        }
    }

    private static ApiException Explain(JsonException exception)
    {
        var field = FieldOf(exception.Path);
        var message = exception switch
        {
            InvalidFieldException => exception.Message,
            _ when exception.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => "is no field of this request",
            _ when exception.Message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) => "is given twice",
            _ when exception.InnerException is JsonException or null && exception.BytePositionInLine is not null && !exception.Message.Contains("could not be converted", StringComparison.Ordinal) => null,
            _ => "has the wrong type",
        };

        return message is null
            ? new ApiException(400, $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).")
            : field.Length == 0
                ? new ApiException(400, "The body does not have the form of this request.")
                : new ApiException(400, "The request breaks the rules of its fields; errors names them.", new Dictionary<string, string[]> { [field] = [message] });
    }

    // "$.owner_id" and "$[3].owner_id" become "owner_id" and "[3].owner_id".
    private static string FieldOf(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');
}
