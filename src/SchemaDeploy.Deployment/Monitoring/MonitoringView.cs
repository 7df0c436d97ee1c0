using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;

namespace SchemaDeploy.Deployment.Monitoring;

/// <summary>What the templates of monitoring print, whatever the target.</summary>
internal sealed record MonitoringView
{
    /// <summary>The port on which the application shows its metrics, as in documents of OpenTelemetry.</summary>
    public const int Port = 9464;

    /// <summary>The name that Prometheus knows the application by.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required bool IsKubernetes { get; init; }

    public required bool HasRedis { get; init; }

    /// <summary>Whether a Job of Kubernetes brings the database to the application's schema.</summary>
    public required bool HasMigrationJob { get; init; }

    /// <summary>Whether the bundle makes backups.</summary>
    public required bool HasBackup { get; init; }

    /// <summary>Whether the bundle keeps the application's log, for the dashboard to show.</summary>
    public bool HasLog => !IsKubernetes;

    /// <summary>Where on the dashboard the rows of the resources begin.</summary>
    public int ResourcesTop => HasLog ? 31 : 22;

    /// <summary>What makes an empty database in place of the one there is, for a shell of the server's image; null where there is no server.</summary>
    public required string? EmptyDatabase { get; init; }

    /// <summary>The resources, as metrics name them.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    public int ManagementPort { get; } = Port;

    /// <summary>The application's commands for a database without a server.</summary>
    public string Backup { get; } = ApplicationCommands.Backup;

    public string Restore { get; } = ApplicationCommands.Restore;

    /// <summary>The command that shows the application's log.</summary>
    public string Logs => IsKubernetes ? $"kubectl logs deployment/{Name}" : "compose logs app";

    /// <summary>The command that shows whether the application runs.</summary>
    public string Status => IsKubernetes ? "kubectl get pods" : "compose ps";

    /// <summary>The command that shows what the last migration said.</summary>
    public string MigrationLog => !IsKubernetes ? "compose logs tables" : HasMigrationJob ? $"kubectl logs job/{Name}-migration" : $"kubectl logs deployment/{Name} --container migration";

    /// <summary>The command that shows what a migration would do.</summary>
    public string Plan => IsKubernetes ? MigrationLog : "compose run --rm tables migrate --plan";

    /// <summary>The windows over which requests are judged.</summary>
    public ImmutableArray<string> Windows { get; } = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];

    public ImmutableArray<Objective> Objectives { get; } =
    [
        new("FailuresBurnBudget", "failed", "0.001", "Requests fail"),
        new("SlownessBurnsBudget", "slow", "0.01", "Requests are slow"),
    ];

    /// <summary>The resources as values of a variable of Grafana's.</summary>
    public string ResourceQuery => BundleText.Json(string.Join(',', Resources.Select(resource => resource.Replace(",", "\\,", StringComparison.Ordinal))));

    public string TitleInJson => BundleText.Json(Title);
}

/// <summary>What is promised of requests.</summary>
/// <param name="Alert">What the names of the alerts begin with.</param>
/// <param name="Fault">What requests are that break the promise.</param>
/// <param name="Budget">The part of requests that may.</param>
/// <param name="Summary">What an alert says.</param>
internal sealed record Objective(string Alert, string Fault, string Budget, string Summary)
{
    /// <summary>What anchors in the runbook begin with.</summary>
    public string Anchor => Alert.ToLowerInvariant();
}
