using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Health;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll health [url]</c>: asks the application that runs with the same settings how it is. For the
/// HEALTHCHECK of images, which need neither curl nor a shell for it.
/// </summary>
internal static class HealthCommand
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "health";

    // The application's own checks give up after half of this.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Prints the answer; 0 where the application is well, 1 where it is not or does not answer.</summary>
    /// <param name="arguments">Nothing, or the URL to ask.</param>
    /// <param name="settings">Settings of the application.</param>
    /// <param name="output">Gets one line.</param>
    public static async Task<int> RunAsync(string[] arguments, string[] settings, TextWriter output)
    {
        try
        {
            using var request = Request(arguments, settings);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = s_patience };
            using var response = await client.SendAsync(request);
            await output.WriteLineAsync($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is StartupException or HttpRequestException)
        {
            await output.WriteLineAsync(exception.Message);
        }
        catch (TaskCanceledException)
        {
            await output.WriteLineAsync($"No answer within {s_patience.TotalSeconds} seconds.");
        }

        return 1;
    }

    private static HttpRequestMessage Request(string[] arguments, string[] settings)
    {
        switch (arguments)
        {
            case []:
                var configuration = SchemaApplication.CreateBuilder(settings).Configuration;
                var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(configuration));
                request.Headers.Host = HostOf(configuration["AllowedHosts"]);
                return request;
            case [var url] when Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https":
                return new HttpRequestMessage(HttpMethod.Get, address);
            default:
                throw new StartupException($"Usage: {Name} [URL], where the URL is one such as http://localhost:3000{HealthEndpoints.Health}");
        }
    }

    /// <summary>Where the application listens, as this process reaches it.</summary>
    internal static Uri AddressOf(ConfigurationManager configuration)
    {
        var first = FirstOf(configuration["urls"])
            ?? (FirstOf(configuration["http_ports"]) is { } port ? $"http://*:{port}" : null)
            ?? configuration.GetSection("Kestrel:Endpoints").GetChildren().Where(endpoint => !ManagementPort.Has(endpoint)).Select(endpoint => endpoint["Url"]).FirstOrDefault(url => url is not null);
        try
        {
            var address = BindingAddress.Parse(first ?? SchemaApplication.DefaultUrl);
            return new UriBuilder(address.Scheme, address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host, address.Port, HealthEndpoints.Health).Uri;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartupException($"'{first}' is no address that can be asked. Name one: {Name} http://localhost:3000{HealthEndpoints.Health}");
        }
    }

    /// <summary>A host by which the application answers; null for that of the address.</summary>
    internal static string? HostOf(string? allowed) => FirstOf(allowed) is { } host and not "*" ? host.Replace("*.", "health.", StringComparison.Ordinal) : null;

    private static string? FirstOf(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
