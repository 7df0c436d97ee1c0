using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>Has no key, so rows can be equal.</summary>
public class LogLine
{
    public string? Level { get; set; }
}

public sealed class LogLineResponse
{
    [JsonPropertyName("level")] public string? Level { get; set; }
}

public sealed class LogLineService(AppDbContext database, Caller caller) : ResourceReader<LogLine, LogLineResponse>(database, caller, ResourceAccess.Of(Grant.Anyone))
{
    public static ResourceShape<LogLine> Shape { get; } = new(
        fields: [ResourceField.Of<LogLine>("level", row => row.Level, FieldUses.FilterAndSort)],
        key: [],
        expansions: []);

    protected override LogLineResponse ToResponse(LogLine entity) => new() { Level = entity.Level };
}

public static class LogLineEndpoints
{
    public static ReadEndpoints<LogLineService, LogLine, LogLineResponse> Handlers { get; } =
        new() { Shape = LogLineService.Shape, Json = AppJsonContext.Default.LogLineResponse };

    public static void MapLogLines(this IEndpointRouteBuilder api) => api.MapGet("/log_lines", Handlers.List);
}
