using System.Text.Json;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>What all operations share: parameters of lists, headers, and the answers that are not a success.</summary>
internal static class CommonComponents
{
    /// <summary>The name of the scheme by which callers say who they are.</summary>
    public const string BearerScheme = "bearer";

    private static readonly (int Status, string Description)[] s_problems =
    [
        (400, "The request breaks the rules of its fields or parameters; errors names them."),
        (401, "The request has no token that holds."),
        (403, "The caller may not do this, or not with these fields; errors names them."),
        (404, "There is no such row, or it is somebody else's."),
        (409, "The request conflicts with rows that exist."),
        (412, "The row has changed since the ETag in If-Match was given."),
        (413, "The body is larger than the server takes."),
        (415, "The body is not JSON."),
        (422, "The row refers to rows that do not exist, or a rule of the database refuses it."),
        (429, "Too many requests, or one that was made a moment ago and is taken for a duplicate. Retry-After says when to try again."),
    ];

    public static void WriteParameters(Utf8JsonWriter writer, FilterParameters filters)
    {
        writer.WriteStartObject("parameters");
        WriteParameter(writer, "limit", "query", "Rows at most.", schema =>
        {
            schema.WriteString("type", "integer");
            schema.WriteNumber("minimum", 1);
            schema.WriteNumber("maximum", 500);
            schema.WriteNumber("default", 50);
        });
        WriteParameter(writer, "cursor", "query", "The next or previous of an earlier answer.", schema => schema.WriteString("type", "string"));
        WriteParameter(writer, "count", "query", "Whether all matching rows are counted.", schema => schema.WriteString("type", "boolean"));
        WriteParameter(writer, "fields", "query", "The fields to answer, separated by commas.", schema => schema.WriteString("type", "string"));
        WriteParameter(writer, "If-Match", "header", "The ETag that the row must still have.", schema => schema.WriteString("type", "string"));
        WriteParameter(writer, "If-None-Match", "header", "The ETag that the caller has; 304 where it still holds.", schema => schema.WriteString("type", "string"));
        WriteParameter(
            writer, "Idempotency-Key", "header", "A value that is new for every request, such as a UUID: whoever sends the same again gets the first answer.",
            schema =>
            {
                schema.WriteString("type", "string");
                schema.WriteNumber("maxLength", 255);
            });
        filters.Write(writer);
        writer.WriteEndObject();
    }

    public static void WriteHeaders(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("headers");
        WriteHeader(writer, "ETag", "The version of the row.", "string");
        WriteHeader(writer, "Location", "The path of the new row.", "string");
        WriteHeader(writer, "Retry-After", "Seconds after which the request may succeed.", "integer");
        writer.WriteEndObject();
    }

    public static void WriteSecuritySchemes(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("securitySchemes");
        writer.WriteStartObject(BearerScheme);
        writer.WriteString("type", "http");
        writer.WriteString("scheme", "bearer");
        writer.WriteString("bearerFormat", "JWT");
        writer.WriteString("description", "The access_token that /auth/login answers.");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteResponses(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("responses");
        foreach (var (status, description) in s_problems)
        {
            writer.WriteStartObject($"Problem{status}");
            writer.WriteString("description", description);
            if (status == 429)
            {
                writer.WriteStartObject("headers");
                writer.WriteStartObject("Retry-After");
                writer.WriteString("$ref", "#/components/headers/Retry-After");
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteStartObject("content");
            writer.WriteStartObject("application/problem+json");
            writer.WriteStartObject("schema");
            writer.WriteString("$ref", "#/components/schemas/Problem");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, string name, string place, string description, Action<Utf8JsonWriter> schema)
    {
        writer.WriteStartObject(name);
        writer.WriteString("name", name);
        writer.WriteString("in", place);
        writer.WriteString("description", description);
        writer.WriteStartObject("schema");
        schema(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter writer, string name, string description, string type)
    {
        writer.WriteStartObject(name);
        writer.WriteString("description", description);
        writer.WriteStartObject("schema");
        writer.WriteString("type", type);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
