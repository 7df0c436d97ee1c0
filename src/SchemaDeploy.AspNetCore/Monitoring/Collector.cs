using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>Where telemetry is sent, by the settings of OpenTelemetry. What names no collector sends nothing.</summary>
internal static class Collector
{
    private const string All = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether a collector is named for METRICS, TRACES or LOGS.</summary>
    /// <exception cref="StartupException">Its address is none.</exception>
    public static bool IsNamed(IConfiguration configuration, string signal) =>
        Read(configuration, SettingOf(signal)) is not null || Read(configuration, All) is not null;

    /// <summary>Sends a signal to the address of its own, which OpenTelemetry reads only where it adds all exporters itself.</summary>
    public static Action<OtlpExporterOptions> Of(IConfiguration configuration, string signal) => exporter =>
    {
        if (Read(configuration, SettingOf(signal)) is { } address)
        {
            exporter.Endpoint = address;
        }
    };

    private static string SettingOf(string signal) => $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";

    // OpenTelemetry itself would send to this machine instead, and say nothing.
    private static Uri? Read(IConfiguration configuration, string setting)
    {
        if (configuration[setting] is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new StartupException($"{setting} is '{text}', and must be a URL such as http://collector:4317.");
    }
}
