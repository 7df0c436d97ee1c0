using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Health;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll wait</c>: waits until /ready would answer 200, and ends. For what starts before the application:
/// an orchestrator's replicas wait with it until another process has made the tables.
/// </summary>
internal static class WaitCommand
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "wait";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Keeps a check that is not passed yet, which is what is waited for, from being logged every time as an error.</summary>
    public static void Quiet(ILoggingBuilder logging) => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

    /// <summary>0 once the application could serve; 1 where it still cannot after ten minutes, or was told to stop.</summary>
    /// <param name="app">The application, which is not started.</param>
    /// <param name="output">Gets a line when there is something to wait for, and when that changes.</param>
    public static async Task<int> RunAsync(WebApplication app, TextWriter output)
    {
        var checks = app.Services.GetRequiredService<HealthCheckService>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        limit.CancelAfter(s_patience);
        string? said = null;
        try
        {
            while (true)
            {
                var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthEndpoints.ReadyTag), limit.Token);
                if (report.Status != HealthStatus.Unhealthy)
                {
                    return 0;
                }

                var reasons = string.Join(' ', report.Entries.Values.Where(entry => entry.Status == HealthStatus.Unhealthy).Select(Describe));
                if (reasons != said)
                {
                    await output.WriteLineAsync($"Waiting. {reasons}");
                    said = reasons;
                }

                await Task.Delay(s_interval, limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return 1;
        }
    }

    private static string Describe(HealthReportEntry entry) =>
        entry.Exception is { } exception ? $"{entry.Description} {exception.Message}" : $"{entry.Description}";
}
