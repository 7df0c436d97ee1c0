using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.AspNetCore.Tests.Authentication;
using SchemaDeploy.AspNetCore.Tests.Documentation;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>What Prometheus reads. Measurements are of all applications of a process together, so nothing else runs meanwhile.</summary>
[Collection("alone")]
public sealed partial class MetricsTests : IAsyncLifetime
{
    private const string Requests = "http_server_request_duration_seconds_count";
    private const string Refusals = "schemadeploy_refusals_total";

    // Which meter a series comes from.
    private static readonly string[] s_scope = ["otel_scope_name", "otel_scope_version"];

    private static readonly Dictionary<string, string[]> s_documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "monitoring.md"))
        .Select(line => Row().Match(line))
        .Where(match => match.Success)
        .ToDictionary(
            match => match.Groups["name"].Value,
            match => Label().Matches(match.Groups["labels"].Value).Select(label => label.Groups["name"].Value).Order(StringComparer.Ordinal).ToArray());

    // For a third of a second Prometheus is given the same answer again.
    private static readonly TimeSpan s_cached = TimeSpan.FromSeconds(0.5);

    private readonly string _marker = Path.GetTempFileName();
    private readonly MonitoredApp _app;
    private IReadOnlyList<Sample> _before = [];

    public MetricsTests() => _app = new MonitoredApp($"--BACKUP_MARKER={_marker}");

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        _before = await Sample.ReadAsync(_app.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_marker);
    }

    [Fact]
    public async Task Requests_are_counted_by_resource_and_operation()
    {
        await BookAsync("a");
        await BookAsync("b");
        await _app.GetAsync("/api/bookings");
        await _app.GetAsync("/api/bookings/999999");

        await ExpectAsync(2, Requests, ("resource", "bookings"), ("operation", "createBooking"), ("http_response_status_code", "201"));
        await ExpectAsync(1, Requests, ("resource", "bookings"), ("operation", "listBookings"), ("http_response_status_code", "200"));
        await ExpectAsync(1, Requests, ("resource", "bookings"), ("operation", "getBooking"), ("http_response_status_code", "404"));
    }

    [Fact]
    public async Task Refusals_are_counted_by_reason()
    {
        await BookAsync("a");
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _app.PostAsync("/api/bookings", """{"room":"a"}""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await _app.PostAsync("/api/gadgets", """{"text":"twice"}""")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _app.PostAsync("/api/gadgets", """{"text":"twice"}""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _app.PostAsync("/api/bookings", """{"room":"b","seats":7}""")).Status);
        for (var i = 0; i < 6; i++)
        {
            await _app.LoginAsync("nobody@example.org");
        }

        await ExpectAsync(1, Refusals, ("reason", "duplicate_row"), ("resource", "bookings"));
        await ExpectAsync(1, Refusals, ("reason", "duplicate_request"));
        await ExpectAsync(1, Refusals, ("reason", "rule"), ("resource", "bookings"));
        await ExpectAsync(5, Refusals, ("reason", "login"), ("resource", "authentication"));
        await ExpectAsync(1, Refusals, ("reason", "lock_out"), ("resource", "authentication"));
        await ExpectAsync(0, Refusals, ("reason", "rate_limit"));
    }

    [Fact]
    public async Task Requests_over_the_limit_are_counted()
    {
        await using var app = new RunningApp { Arguments = ["--METRICS=true", "--RateLimits:Enabled=true", "--RateLimits:Anonymous:Requests=2"] };
        await app.InitializeAsync();
        for (var i = 0; i < 5; i++)
        {
            await app.GetAsync("/api/bookings");
        }

        await ExpectAsync(3, Refusals, ("reason", "rate_limit"), ("resource", "bookings"));
    }

    [Fact]
    public async Task Rows_of_the_audit_log_are_counted_by_action()
    {
        var booking = (await BookAsync("audited"))["Location"]!;
        await _app.PatchAsync(booking, """{"seats":2}""");
        await _app.PatchAsync(booking, """{"seats":3}""");
        await _app.SendAsync(HttpMethod.Delete, booking);

        await ExpectAsync(1, "schemadeploy_audit_rows_total", ("action", "CREATE"));
        await ExpectAsync(2, "schemadeploy_audit_rows_total", ("action", "UPDATE"));
        await ExpectAsync(1, "schemadeploy_audit_rows_total", ("action", "DELETE"));
    }

    [Fact]
    public async Task Health_and_the_state_of_the_migration_are_told()
    {
        await PublishHealthAsync();
        var samples = await Sample.ReadAsync(_app.Port);
        Assert.Equal(1, Assert.Single(samples, sample => sample.Name == "schemadeploy_health" && sample["check"] == "database").Value);
        Assert.Equal(0, Assert.Single(samples, sample => sample.Name == "schemadeploy_migration_pending").Value);
        Assert.Equal(0, Assert.Single(samples, sample => sample.Name == "schemadeploy_migration_failed").Value);

        File.Delete(_app.DatabaseFile);
        await PublishHealthAsync();
        samples = await Sample.ReadAsync(_app.Port);
        Assert.Equal(0, Assert.Single(samples, sample => sample.Name == "schemadeploy_health" && sample["check"] == "database").Value);
    }

    [Fact]
    public async Task The_time_of_the_last_backup_is_what_its_maker_says()
    {
        foreach (var (text, expected) in ((string, double)[])[("1700000000\n", 1_700_000_000), ("nonsense", 1_700_000_000), ("0", 0)])
        {
            await File.WriteAllTextAsync(_marker, text, TestContext.Current.CancellationToken);
            await PublishHealthAsync();

            Assert.Equal(expected, Assert.Single(await Sample.ReadAsync(_app.Port), sample => sample.Name == "schemadeploy_backup_timestamp_seconds").Value);
        }
    }

    [Fact]
    public async Task Nothing_that_clients_send_becomes_a_label_and_probes_are_no_requests()
    {
        const string sent = "zebra";
        await _app.GetAsync($"/api/bookings/{sent}");
        await _app.GetAsync($"/{sent}?{sent}={sent}");
        await _app.SendAsync(new HttpMethod(sent), "/api/bookings");
        await _app.SendAsync(HttpMethod.Get, "/api/bookings", headers: [("Host", sent), ("User-Agent", sent)]);
        await _app.PostAsync("/api/bookings", $$"""{"room":"{{sent}}","state":"{{sent}}","{{sent}}":1}""");
        await _app.LoginAsync($"{sent}@example.org");
        await ExpectAsync(6, Requests);
        foreach (var path in (string[])["/live", "/ready", "/health"])
        {
            await _app.GetAsync(path);
        }

        await Task.Delay(s_cached, TestContext.Current.CancellationToken);
        var samples = await Sample.ReadAsync(_app.Port);
        Assert.Equal(6, samples.Sum(Requests) - _before.Sum(Requests));
        Assert.DoesNotContain(samples, sample => sample.Labels.Any(label => label.Value.Contains(sent, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task On_the_port_of_clients_metrics_are_ADMINs_whatever_they_send()
    {
        var admin = Tokens.Of(await _app.LoginAsync("admin@example.org"));
        var user = await _app.JoinAsync("user@example.org");

        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.SendAsync(HttpMethod.Get, "/metrics", headers: ("Host", $"localhost:{_app.Port}"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _app.SendAsync(HttpMethod.Get, "/metrics", headers: Client.Bearer(user.Access))).Status);
        var answer = await _app.SendAsync(HttpMethod.Get, "/metrics", headers: Client.Bearer(admin.Access));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(Sample.Parse(answer.Text), sample => sample.Name == "dotnet_process_cpu_count");
    }

    [Fact]
    public async Task On_the_management_port_there_is_nothing_but_metrics_and_hosts_do_not_matter()
    {
        await using var app = new MonitoredApp("--AllowedHosts=shop.example.org", "--HTTPS_PORT=443");
        await app.InitializeAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{app.Port}") };

        var metrics = await client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        foreach (var path in (string[])["/", "/api/bookings", "/api/auth/login", "/health", "/docs", "/openapi/v1.json"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task The_documented_metrics_are_those_that_there_are()
    {
        await BookAsync("a");
        await _app.LoginAsync("nobody@example.org");
        await File.WriteAllTextAsync(_marker, "0", TestContext.Current.CancellationToken);
        await PublishHealthAsync();
        // Applications with GraphQL count them.
        Instruments.Subscriptions.Add(0);
        var samples = await Sample.ReadAsync(_app.Port);

        var own = samples.Where(sample => sample.Name.StartsWith("schemadeploy_", StringComparison.Ordinal)).Select(sample => sample.Name).Distinct();
        Assert.Equal(own.Order(StringComparer.Ordinal), s_documented.Keys.Where(name => name.StartsWith("schemadeploy_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(s_documented, metric =>
        {
            var series = samples.Where(sample => sample.Name == metric.Key || sample.Name == metric.Key + "_count").ToList();
            Assert.NotEmpty(series);
            Assert.Equal(metric.Value, series.SelectMany(sample => sample.Labels.Keys).Except(s_scope).Distinct().Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task The_management_port_is_there_beside_the_ports_that_images_are_given()
    {
        var port = TestServer.FreePort();
        await using var app = new MonitoredApp("--urls=", $"--http_ports={port}");
        await app.InitializeAsync();

        Assert.NotEmpty(await Sample.ReadAsync(app.Port));
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Switched_off_nothing_is_measured()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync("/metrics")).Status);
        Assert.Null(app.Services.GetService<MeterProvider>());
        Assert.Empty(app.Services.GetServices<IHealthCheckPublisher>());
    }

    private async Task<Answer> BookAsync(string room)
    {
        var created = await _app.PostAsync("/api/bookings", $$"""{"room":"{{room}}"}""");
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        return created;
    }

    // What the framework does every few seconds.
    private async Task PublishHealthAsync()
    {
        var report = await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        await Assert.Single(_app.Services.GetServices<IHealthCheckPublisher>()).PublishAsync(report, TestContext.Current.CancellationToken);
        await Task.Delay(s_cached, TestContext.Current.CancellationToken);
    }

    private async Task ExpectAsync(double added, string name, params (string Name, string Value)[] labels)
    {
        // A request is measured after it was answered.
        var end = DateTime.UtcNow.AddSeconds(5);
        double actual;
        while ((actual = (await Sample.ReadAsync(_app.Port)).Sum(name, labels) - _before.Sum(name, labels)) != added && DateTime.UtcNow < end)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(added, actual);
    }

    // A row of the table of metrics, whose names have no capitals.
    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (?<labels>[^|]*?) ?\|")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[a-z_]+)`")]
    private static partial Regex Label();
}
