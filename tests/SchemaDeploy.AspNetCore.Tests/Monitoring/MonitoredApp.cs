using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>The application with metrics, on a port of their own too.</summary>
public class MonitoredApp : RunningApp
{
    public MonitoredApp(params string[] arguments) => Arguments =
    [
        "--METRICS=true", $"--MANAGEMENT_PORT={Port}", "--Fingerprints:Enabled=true", "--ADMIN_EMAIL=admin@example.org", $"--ADMIN_PASSWORD={Authentication.Client.Password}", .. arguments,
    ];

    /// <summary>The port that needs no token.</summary>
    public int Port { get; } = TestServer.FreePort();
}
