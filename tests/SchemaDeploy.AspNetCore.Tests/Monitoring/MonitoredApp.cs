using System.Net;
using System.Net.Sockets;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>The application with metrics, on a port of their own too.</summary>
public class MonitoredApp : RunningApp
{
    public MonitoredApp(params string[] arguments) => Arguments =
    [
        "--METRICS=true", $"--MANAGEMENT_PORT={Port}", "--Fingerprints:Enabled=true", "--ADMIN_EMAIL=admin@example.org", $"--ADMIN_PASSWORD={Authentication.Client.Password}", .. arguments,
    ];

    /// <summary>The port that needs no token.</summary>
    public int Port { get; } = FreePort();

    /// <summary>A port that nobody listens at.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
