using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SchemaDeploy.AspNetCore.Health;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>Metrics for Prometheus, and metrics, traces and logs for a collector (OTLP), as far as anybody wants them.</summary>
internal static class MonitoringExtensions
{
    public const string Setting = "METRICS";
    public const string Path = "/metrics";

    // As OpenTelemetry's variables name the signals.
    private const string Metrics = "METRICS";
    private const string Traces = "TRACES";
    private const string Logs = "LOGS";

    /// <summary>Adds what the configuration asks for, and nothing where it asks for none.</summary>
    /// <exception cref="StartupException">The configuration cannot be read.</exception>
    public static void AddMonitoring(this WebApplicationBuilder builder, string title)
    {
        var (configuration, services) = (builder.Configuration, builder.Services);
        var isScraped = IsScraped(configuration);
        var (sendsMetrics, sendsTraces, sendsLogs) =
            (Collector.IsNamed(configuration, Metrics), Collector.IsNamed(configuration, Traces), Collector.IsNamed(configuration, Logs));
        if (ManagementPort.Read(configuration) is { } port)
        {
            if (!isScraped)
            {
                throw new StartupException($"{ManagementPort.Setting} is set, and {Setting} is false: there would be nothing to read there.");
            }

            // First of all filters, so that it stands before what the framework puts before the pipeline.
            services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new ManagementPort(port)));
        }

        if (!isScraped && !sendsMetrics && !sendsTraces && !sendsLogs)
        {
            return;
        }

        // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, and wins.
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(title).AddEnvironmentVariableDetector());
        if (isScraped || sendsMetrics)
        {
            services.AddSingleton<BackupMarker>().AddSingleton<IHealthCheckPublisher, HealthPublisher>();
            services.Configure<HealthCheckPublisherOptions>(static options => options.Period = HealthPublisher.Period);
            telemetry.WithMetrics(metrics =>
            {
                // Resources are added after this.
                var streams = new Lazy<MetricStreams>(() => new MetricStreams(services.CountResources()));
                metrics.AddMeter(MetricStreams.Meters).AddView(instrument => streams.Value.Of(instrument));
                if (isScraped)
                {
                    metrics.AddPrometheusExporter();
                }

                if (sendsMetrics)
                {
                    metrics.AddOtlpExporter(Collector.Of(configuration, Metrics));
                }
            });
        }

        if (sendsTraces)
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(static requests => requests.Filter = static http => !IsProbe(http.Request.Path))
                .AddSource(MetricStreams.Drivers)
                .AddOtlpExporter(Collector.Of(configuration, Traces)));
        }

        if (sendsLogs)
        {
            telemetry.WithLogging(logs => logs.AddOtlpExporter(Collector.Of(configuration, Logs)), static logs =>
                (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true));
        }
    }

    /// <summary>Behind routing: measurements of requests name resource and operation.</summary>
    public static void UseMonitoring(this WebApplication app)
    {
        if (app.Services.GetService<MeterProvider>() is not null)
        {
            app.UseMiddleware<RequestLabelsMiddleware>();
        }
    }

    /// <summary>/metrics for ADMIN.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        if (IsScraped(app.Configuration))
        {
            app.MapPrometheusScrapingEndpoint(Path)
                .RequireAuthorization(static policy => policy.RequireClaim(CallerClaims.Admin, "true"))
                .DisableHttpMetrics();
        }
    }

    private static bool IsScraped(IConfiguration configuration) => configuration.ReadSwitch(Setting, otherwise: true);

    private static bool IsProbe(PathString path) => path == Path || HealthEndpoints.Has(path);
}
