using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>What a collector of OpenTelemetry's is sent, by the settings that all languages have.</summary>
[Collection("alone")]
public sealed class CollectorTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
    private WebApplication _collector = null!;

    private string Address => _collector.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _collector = builder.Build();
        _collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            // Protocol buffers, in which texts stand as they are.
            _received.Enqueue((request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await _collector.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task One_address_gets_metrics_traces_and_logs()
    {
        await UseAsync("--METRICS=false", $"--OTEL_EXPORTER_OTLP_ENDPOINT={Address}", "--OTEL_SERVICE_NAME=named-by-the-operator");

        foreach (var (path, text) in (ReadOnlySpan<(string, string)>)
            [("/v1/metrics", "createBooking"), ("/v1/traces", "POST /api/bookings"), ("/v1/logs", "Now listening on: http://127.0.0.1:"), ("/v1/traces", "named-by-the-operator")])
        {
            Assert.Contains(_received, message => message.Path == path && message.Body.Contains(text, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(_received, message => message.Body.Contains("s3cr3t-value", StringComparison.Ordinal));
        Assert.DoesNotContain(_received, message => message.Path == "/v1/traces" && message.Body.Contains("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_for_one_signal_gets_that_one()
    {
        await UseAsync($"--OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={Address}/v1/traces");

        Assert.NotEmpty(_received);
        Assert.All(_received, message => Assert.Equal("/v1/traces", message.Path));
    }

    [Fact]
    public async Task A_line_of_the_log_names_the_trace_of_its_request()
    {
        await using (var app = new RunningApp
        {
            Arguments =
            [
                "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", $"--OTEL_EXPORTER_OTLP_LOGS_ENDPOINT={Address}/v1/logs",
                "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information",
            ],
        })
        {
            await app.InitializeAsync();
            await app.SendAsync(HttpMethod.Get, "/live", headers: ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        }

        var trace = Encoding.Latin1.GetString(Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.Contains(_received, message => message.Path == "/v1/logs" && message.Body.Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_address_nothing_is_sent()
    {
        await UseAsync();

        Assert.Empty(_received);
    }

    // Everything is sent when the application stops.
    private static async Task UseAsync(params string[] arguments)
    {
        await using var app = new RunningApp { Arguments = ["--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", .. arguments] };
        await app.InitializeAsync();
        Assert.Equal(HttpStatusCode.Created, (await app.PostAsync("/api/bookings", """{"room":"s3cr3t-value"}""")).Status);
        await app.GetAsync("/api/bookings?room=s3cr3t-value");
        await app.GetAsync("/health");
    }
}
