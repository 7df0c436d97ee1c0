using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.Testing.Http;

/// <summary>Bodies of requests.</summary>
public static class Body
{
    /// <summary>Requests as clients write them: what is null is left out.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new DateTimeJsonConverter() },
    };

    /// <summary>A request of the application as JSON.</summary>
    public static JsonObject Of<T>(T request) => JsonSerializer.SerializeToNode(request, Json)!.AsObject();

    /// <summary>The same body with another value of a field.</summary>
    /// <param name="body">The body.</param>
    /// <param name="field">The field.</param>
    /// <param name="json">The value as JSON text.</param>
    public static JsonObject With(this JsonObject body, string field, string json)
    {
        body[field] = JsonNode.Parse(json);
        return body;
    }

    /// <summary>The same body without a field.</summary>
    public static JsonObject Without(this JsonObject body, string field)
    {
        body.Remove(field);
        return body;
    }

    /// <summary>A body with nothing but the fields of <paramref name="row"/> that are named.</summary>
    public static JsonObject Only(this JsonNode row, params IEnumerable<string> fields) =>
        new(fields.Where(field => row[field] is not null).Select(field => KeyValuePair.Create(field, row[field]?.DeepClone())));

    /// <summary>A body with one field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="json">The value as JSON text.</param>
    public static JsonObject Of(string field, string json) => new JsonObject().With(field, json);

    /// <summary>The same body with all fields of <paramref name="others"/>.</summary>
    public static JsonObject With(this JsonObject body, JsonObject others)
    {
        foreach (var (field, value) in others)
        {
            body[field] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>A JSON text that is so many bytes in Base64.</summary>
    public static string BytesOf(int length) => $"\"{Convert.ToBase64String(new byte[length])}\"";

    /// <summary>A JSON text of so many characters.</summary>
    public static string TextOf(int length) => $"\"{new string('x', length)}\"";
}
