using System.Text.Encodings.Web;
using System.Text.Json;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>The OpenAPI 3.1 document of the API, made from its model: no application has to start for it.</summary>
public static class OpenApiDocument
{
    private static readonly JsonWriterOptions s_options = new()
    {
        // The document is served as JSON and never pasted into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the document of <paramref name="model"/>; the same model gives the same bytes.</summary>
    public static void Write(ApiModel model, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, s_options);
        writer.WriteStartObject();
        writer.WriteString("openapi", "3.1.0");
        writer.WriteStartObject("info");
        writer.WriteString("title", model.Title);
        writer.WriteString("version", model.Version);
        writer.WriteEndObject();
        WriteTags(writer, model);
        WriteSecurity(writer);
        var filters = new FilterParameters(model);
        new PathWriter(writer, filters).Write(model);
        WriteComponents(writer, model, filters);
        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, ApiModel model)
    {
        writer.WriteStartArray("tags");
        foreach (var resource in model.Resources.DistinctBy(resource => resource.Names.Plural))
        {
            writer.WriteStartObject();
            writer.WriteString("name", resource.Names.Plural);
            writer.WriteString("description", resource.Description);
            writer.WriteEndObject();
        }

        AuthenticationDocument.WriteTag(writer);

        writer.WriteEndArray();
    }

    // Every operation needs a token, unless it says that it does not.
    private static void WriteSecurity(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("security");
        writer.WriteStartObject();
        writer.WriteStartArray(CommonComponents.BearerScheme);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteComponents(Utf8JsonWriter writer, ApiModel model, FilterParameters filters)
    {
        writer.WriteStartObject("components");
        SchemaWriter.Write(writer, model);
        CommonComponents.WriteParameters(writer, filters);
        CommonComponents.WriteHeaders(writer);
        CommonComponents.WriteResponses(writer);
        CommonComponents.WriteSecuritySchemes(writer);
        writer.WriteEndObject();
    }
}
