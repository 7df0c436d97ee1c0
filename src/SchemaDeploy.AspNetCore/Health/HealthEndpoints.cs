using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Health;

/// <summary>/live (the process runs), /ready (it can serve) and /health (each part by name).</summary>
internal static class HealthEndpoints
{
    public const string ReadyTag = "ready";
    public const string Health = "/health";

    private const string Live = "/live";
    private const string Ready = "/ready";

    private static readonly DateTime s_start = StartOfProcess();

    /// <summary>Whether a path is one of them.</summary>
    public static bool Has(PathString path) => path == Live || path == Ready || path == Health;

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var checks = routes.ServiceProvider.GetRequiredService<HealthCheckService>();
        var ready = new HealthProbe(checks, static check => check.Tags.Contains(ReadyTag));
        var health = new HealthProbe(checks, static _ => true);
        // Who probes an application wants its answer however many others ask, and is none of the traffic that is measured.
        routes.MapGet(Live, static http => http.Response.WriteAsJsonAsync("OK", RuntimeJsonContext.Default.String)).DisableRateLimiting().AllowAnonymous().DisableHttpMetrics();
        routes.MapGet(Ready, http => ReportAsync(http, ready)).DisableRateLimiting().AllowAnonymous().DisableHttpMetrics();
        routes.MapGet(Health, http => ReportAsync(http, health)).DisableRateLimiting().AllowAnonymous().DisableHttpMetrics();
    }

    private static async Task ReportAsync(HttpContext http, HealthProbe probe)
    {
        var report = await probe.CheckAsync(http.RequestAborted);
        var isHealthy = report.Status == HealthStatus.Healthy;
        // What is degraded still serves. Anybody reads the descriptions: they hold nothing of where and how it runs.
        http.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        var body = new HealthReportBody(
            isHealthy ? "OK" : "DEGRADED",
            Math.Round((DateTime.Now - s_start).TotalSeconds, 3),
            DateTime.UtcNow,
            report.Entries.ToDictionary(entry => entry.Key, entry => TextOf(entry.Value.Status)),
            report.Entries.Values.Where(entry => entry.Status == report.Status).Select(entry => entry.Description).FirstOrDefault(text => text is not null));
        await http.Response.WriteAsJsonAsync(body, RuntimeJsonContext.Default.HealthReportBody);
    }

    private static string TextOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "OK",
        HealthStatus.Degraded => "DEGRADED",
        _ => "ERROR",
    };

    private static DateTime StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime;
    }
}
