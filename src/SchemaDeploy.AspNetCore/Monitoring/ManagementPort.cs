using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>
/// A port beside those of clients, where Prometheus asks without signing in, and where nothing else is. It stands before
/// the whole pipeline, so that neither allowed hosts nor HTTPS come into it.
/// </summary>
internal sealed class ManagementPort(int port) : IStartupFilter
{
    public const string Setting = "MANAGEMENT_PORT";

    private const string Endpoints = "Kestrel:Endpoints";
    private const string Name = "Management";

    /// <summary>The port that is configured; null for none.</summary>
    /// <exception cref="StartupException">It is no port.</exception>
    public static int? Read(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return null;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw new StartupException($"{Setting} is '{text}', and must be a number from 1 to 65535.");
    }

    /// <summary>Has the server listen there too, in the terms in which its other addresses are configured.</summary>
    public static void Listen(ConfigurationManager configuration)
    {
        if (Read(configuration) is not { } port)
        {
            return;
        }

        var url = $"http://*:{port}";
        if (configuration.GetSection(Endpoints).Exists())
        {
            configuration[$"{Endpoints}:{Name}:Url"] = url;
        }
        else if (configuration["urls"] is { Length: > 0 } urls)
        {
            configuration["urls"] = $"{urls};{url}";
        }
        else
        {
            configuration["http_ports"] = $"{configuration["http_ports"]};{port}";
        }
    }

    /// <summary>Whether an address of the server is this one, which is not for clients.</summary>
    public static bool IsAt(string url, int? port) => port is not null && url.EndsWith($":{port}", StringComparison.Ordinal);

    /// <summary>Whether an endpoint of the section Kestrel:Endpoints is this one.</summary>
    public static bool Has(IConfigurationSection endpoint) => endpoint.Key == Name;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // The port of the connection, which no header of the client's says.
        app.MapWhen(http => http.Connection.LocalPort == port, static management =>
        {
            management.Use(static (http, next) =>
            {
                if (http.Features.Get<IHttpMetricsTagsFeature>() is { } measurement)
                {
                    measurement.MetricsDisabled = true;
                }

                return next(http);
            });
            management.UseOpenTelemetryPrometheusScrapingEndpoint(MonitoringExtensions.Path);
        });
        next(app);
    };
}
