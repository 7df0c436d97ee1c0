using System.Text.Json.Serialization;

namespace SchemaDeploy.AspNetCore.Health;

/// <summary>What /health answers.</summary>
internal sealed record HealthReportBody(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("uptime")] double Uptime,
    [property: JsonPropertyName("timestamp")] DateTime Timestamp,
    [property: JsonPropertyName("checks")] IReadOnlyDictionary<string, string> Checks,
    [property: JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);
