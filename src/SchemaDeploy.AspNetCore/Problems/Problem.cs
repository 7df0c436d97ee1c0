using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SchemaDeploy.AspNetCore.Problems;

/// <summary>The body of every answer that is not a success (RFC 9457, application/problem+json).</summary>
public sealed record Problem
{
    /// <summary>A reference to the meaning of the status.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    [JsonPropertyName("status")]
    public required int Status { get; init; }

    /// <summary>What is wrong with this request.</summary>
    [JsonPropertyName("detail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Messages by JSON field name.</summary>
    [JsonPropertyName("errors")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The trace to look for in the logs.</summary>
    [JsonPropertyName("traceId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}

/// <summary>JSON of the library's own answers.</summary>
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(Health.HealthReportBody))]
internal sealed partial class RuntimeJsonContext : JsonSerializerContext
{
    /// <summary>Writes text for people as it is: quotation marks need no escapes outside HTML.</summary>
    public static RuntimeJsonContext Readable { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
