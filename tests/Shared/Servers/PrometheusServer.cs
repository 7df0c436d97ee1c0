using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Tests.Servers;

/// <summary>A Prometheus in a hurry: it looks at the replicas of an application every second, and takes a second for a minute of its rules.</summary>
/// <param name="job">What it calls the application.</param>
/// <param name="rules">The text of its rules.</param>
/// <param name="targets">The ports of the replicas' metrics.</param>
public sealed partial class PrometheusServer(string job, string rules, params int[] targets) : TestServer
{
    private static readonly HttpClient s_client = new();

    /// <summary>How long an alert is waited for: it takes seconds, where nothing else keeps the machine busy.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    public static string? WhyMissing => Command.Exists("prometheus") ? null : "Prometheus is not installed (Debian package prometheus).";

    protected override IReadOnlyList<string> ServerCommand =>
        ["prometheus", $"--config.file={PathOf("prometheus.yml")}", $"--storage.tsdb.path={DataFolder}", $"--web.listen-address=127.0.0.1:{PortText}", "--log.level=warn"];

    /// <summary>The series that an expression gives, as JSON.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string expression)
    {
        var answer = await s_client.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{PortText}/api/v1/query?query={Uri.EscapeDataString(expression)}"));
        return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>The names of the alerts that fire, of one replica where its port is named.</summary>
    public async Task<IReadOnlyList<string>> AlertsAsync(int? target = null)
    {
        var replica = target is null ? "" : $", instance=\"127.0.0.1:{target}\"";
        var firing = await QueryAsync($$"""ALERTS{alertstate="firing"{{replica}}}""");
        return [.. firing.Select(alert => alert.GetProperty("metric").GetProperty("alertname").GetString()!)];
    }

    /// <summary>Waits until all of these alerts fire, or none of them, of one replica where its port is named.</summary>
    /// <param name="alerts">The names of the alerts.</param>
    /// <param name="fire">Whether they are to fire.</param>
    /// <param name="meanwhile">What is done again and again until then.</param>
    /// <param name="target">The replica's port.</param>
    public async Task WaitForAsync(IReadOnlyList<string> alerts, bool fire, Func<Task>? meanwhile = null, int? target = null)
    {
        for (var end = DateTime.UtcNow + Patience; ; await Task.Delay(TimeSpan.FromSeconds(0.2), TestContext.Current.CancellationToken))
        {
            var firing = (await AlertsAsync(target)).Intersect(alerts).ToList();
            if (firing.Count == (fire ? alerts.Count : 0))
            {
                return;
            }

            Assert.True(DateTime.UtcNow < end, $"Of {string.Join(", ", alerts)} fire: {string.Join(", ", firing)}.");
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
        }
    }

    protected override async Task InstallAsync()
    {
        await File.WriteAllTextAsync(PathOf("alerts.yml"), Duration().Replace(rules, duration => $"{Minutes(duration)}s"));
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

    private static int Minutes(Match duration) => int.Parse(duration.Groups[1].Value, CultureInfo.InvariantCulture)
        * duration.Groups[2].Value switch { "m" => 1, "h" => 60, _ => 1440 };

    [GeneratedRegex(@"(\d+)([mhd])\b")]
    private static partial Regex Duration();
}
