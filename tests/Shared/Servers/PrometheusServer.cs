using System.Net.Http.Json;
using System.Text.Json;

namespace SchemaDeploy.Tests.Servers;

/// <summary>A Prometheus that looks at the replicas of an application every second.</summary>
/// <param name="job">What it calls the application.</param>
/// <param name="rules">The text of its rules.</param>
/// <param name="targets">The ports of the replicas' metrics.</param>
public sealed class PrometheusServer(string job, string rules, params int[] targets) : TestServer
{
    private static readonly HttpClient s_client = new();

    public static string? WhyMissing => Command.Exists("prometheus") ? null : "Prometheus is not installed (Debian package prometheus).";

    protected override IReadOnlyList<string> ServerCommand =>
        ["prometheus", $"--config.file={PathOf("prometheus.yml")}", $"--storage.tsdb.path={DataFolder}", $"--web.listen-address=127.0.0.1:{PortText}", "--log.level=warn"];

    /// <summary>The series that an expression gives, as JSON.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string expression)
    {
        var answer = await s_client.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{PortText}/api/v1/query?query={Uri.EscapeDataString(expression)}"));
        return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>The names of the alerts that fire.</summary>
    public async Task<IReadOnlyList<string>> AlertsAsync()
    {
        var firing = await QueryAsync("""ALERTS{alertstate="firing"}""");
        return [.. firing.Select(alert => alert.GetProperty("metric").GetProperty("alertname").GetString()!)];
    }

    protected override async Task InstallAsync()
    {
        await File.WriteAllTextAsync(PathOf("alerts.yml"), rules);
        await File.WriteAllTextAsync(PathOf("prometheus.yml"), $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [alerts.yml]
            scrape_configs:
              - job_name: {{job}}
                static_configs: [{ targets: [{{string.Join(", ", targets.Select(target => $"\"127.0.0.1:{target}\""))}}] }]
            """);
    }

    protected override async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await s_client.GetAsync(new Uri($"http://127.0.0.1:{PortText}/-/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
