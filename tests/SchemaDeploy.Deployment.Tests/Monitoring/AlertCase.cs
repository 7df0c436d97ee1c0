using System.Text;

namespace SchemaDeploy.Deployment.Tests.Monitoring;

/// <summary>What Prometheus is given, and when an alert fires of it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Series">Series and their values, one a minute, as promtool writes them.</param>
/// <param name="FiresAt">Minutes at which it fires.</param>
/// <param name="SilentAt">Minutes at which it does not: before the fault, and after it.</param>
/// <param name="Labels">The labels of what fires beside the alert's own.</param>
internal sealed record AlertCase(string Alert, (string Series, string Values)[] Series, int[] FiresAt, int[] SilentAt, string Labels = "job: shop")
{
    private const string Count = """http_server_request_duration_seconds_count{job="shop", http_request_method="POST", http_response_status_code="%"}""";
    private const string Fast = """http_server_request_duration_seconds_bucket{job="shop", le="0.5"}""";

    /// <summary>Those of every bundle.</summary>
    public static IReadOnlyList<AlertCase> Common { get; } =
    [
        new("FailuresBurnBudgetFast", [(Answered(200), "0+95x300"), (Answered(500), "0x20 0+5x120 600x160")], [90, 130], [10, 200]),
        // A fault that is over: the long window still sees it, the short one does not.
        new("FailuresBurnBudgetFast", [(Answered(200), "0+95x300"), (Answered(500), "0x20 0+50x10 500x270")], [], [15, 75, 90]),
        new("FailuresBurnBudgetSlowly", [(Answered(200), "0+996x300"), (Answered(500), "0+4x300")], [250], [5]),
        new("FailuresBurnBudgetSlowly", [(Answered(200), "0+9995x300"), (Answered(500), "0+5x300")], [], [250]),
        new("FailuresBurnBudgetFast", [(Answered(200), "0+996x300"), (Answered(500), "0+4x300")], [], [250]),
        new("SlownessBurnsBudgetFast", [(Answered(200), "0+100x300"), (Fast, "0+100x20 2000+80x120 11700+100x160")], [90, 130], [10, 200]),
        new("SlownessBurnsBudgetSlowly", [(Answered(200), "0+100x300"), (Fast, "0+96x300")], [250], [5]),
        new("SlownessBurnsBudgetSlowly", [(Answered(200), "0+1000x300"), (Fast, "0+995x300")], [], [250]),
        new("NoReplicaUp", [(Up("a"), "1x5 0x10 1x10"), (Up("b"), "1x5 0x10 1x10")], [9], [4, 6, 20]),
        new("NoReplicaUp", [(Up("a"), "1x5 0x10 1x10"), (Up("b"), "1x25")], [], [9]),
        new("ReplicaDown", [(Up("a"), "1x5 0x15 1x10"), (Up("b"), "1x40")], [15], [4, 8, 28], "job: shop, instance: a"),
        new("DatabaseDown", [(Health("database"), "1x5 0x10 1x10")], [9], [4, 20]),
        new("DatabaseDown", [(Health("database"), "0x30"), ("""schemadeploy_migration_pending{job="shop"}""", "1x30")], [], [20]),
        new("MigrationPending", [("""schemadeploy_migration_pending{job="shop"}""", "0x5 1x20 0x10")], [20], [4, 10, 30]),
        new("CpuSaturated",
            [("""dotnet_process_cpu_time_seconds_total{job="shop", instance="a", cpu_mode="user"}""", "0x10 0+58x30 1740x30"), ("""dotnet_process_cpu_count{job="shop", instance="a"}""", "1x80")],
            [35], [9, 15, 60], "job: shop, instance: a"),
        new("ThreadsSaturated", [("""dotnet_thread_pool_queue_length_total{job="shop", instance="a"}""", "0x5 500x25 0x20")], [25], [4, 10, 40], "job: shop, instance: a"),
        new("FailedLoginsUnusual", [(Refused("login"), "0x60 0+30x30 900x30")], [80], [50, 62, 115]),
        // As many as on other days.
        new("FailedLoginsUnusual", [(Refused("login"), "0+30x400")], [], [390]),
        new("DuplicatesUnusual", [(Refused("duplicate_request"), "0x20 0+10x40 400x40"), (Answered(201), "0+60x110")], [55], [15, 95]),
        new("DuplicatesUnusual", [(Refused("duplicate_row"), "0+10x100"), (Answered(201), "0+600x110")], [], [55]),
    ];

    /// <summary>As the application tells it, where no Job does beside it.</summary>
    public static AlertCase MigrationFailed { get; } = new("MigrationFailed", [("""schemadeploy_migration_failed{job="shop"}""", "0x5 1x20 0x10")], [20], [4, 30]);

    private static AlertCase Redis { get; } = new("RedisDown", [(Health("redis"), "1x5 0.5x10 1x10")], [10], [4, 20]);

    /// <summary>Those of Compose, beside the common ones.</summary>
    public static IReadOnlyList<AlertCase> Compose { get; } =
    [
        Redis,
        MigrationFailed,
        // Made at the beginning, when time begins, and once more.
        new("BackupTooOld", [("""schemadeploy_backup_timestamp_seconds{job="shop"}""", "0x2300 138000x100")], [2180, 2290], [5, 2150, 2310]),
        new("MemorySaturated", [("""dotnet_process_memory_working_set_bytes{job="shop", instance="a"}""", "100000000x5 250000000x20 100000000x20")], [20], [4, 10, 35], "job: shop, instance: a"),
    ];

    /// <summary>Those of Kubernetes, beside the common ones; SQLite has neither Redis nor a Job.</summary>
    public static IReadOnlyList<AlertCase> Kubernetes { get; } =
    [
        new("NoReplicaUp", [("""kube_deployment_status_replicas_available{namespace="shop-staging", deployment="shop"}""", "2x5 0x10 2x10")], [9], [4, 20], "job: shop, namespace: shop-staging, deployment: shop"),
        new("MemorySaturated",
            [
                ("""dotnet_process_memory_working_set_bytes{job="shop", namespace="n", pod="p"}""", "100000000x5 250000000x20 100000000x20"),
                ("""kube_pod_container_resource_limits{namespace="n", pod="p", container="app", resource="memory"}""", "268435456x60"),
            ],
            [20], [4, 10, 35], "namespace: n, pod: p"),
    ];

    /// <summary>Those of Kubernetes with a database server.</summary>
    public static IReadOnlyList<AlertCase> KubernetesWithServer { get; } =
    [
        Redis,
        new("BackupTooOld",
            [
                ("""kube_cronjob_created{namespace="n", cronjob="shop-backup"}""", "0x2400"),
                ("""kube_cronjob_status_last_successful_time{namespace="n", cronjob="shop-backup"}""", "_x2300 138000x100"),
            ],
            [2180, 2290], [5, 2150, 2310], "namespace: n, cronjob: shop-backup"),
        new("MigrationFailed", [("""schemadeploy_migration_failed{job="shop", namespace="n"}""", "0x5 1x20 0x10")], [20], [4, 30], "namespace: n"),
        new("MigrationFailed", [("""kube_job_status_failed{namespace="n", job_name="shop-migration"}""", "0x5 1x10")], [10], [4], "namespace: n"),
        new("MigrationFailed",
            [("""kube_job_status_failed{namespace="n", job_name="shop-migration"}""", "1x20"), ("""kube_job_status_succeeded{namespace="n", job_name="shop-migration"}""", "1x20")],
            [], [10]),
    ];

    /// <summary>The cases as a file of promtool's, for rules beside it.</summary>
    public static string Write(IEnumerable<AlertCase> cases, IReadOnlyList<Alert> alerts)
    {
        var text = new StringBuilder("rule_files: [alerts.yml]\nevaluation_interval: 1m\ntests:\n");
        foreach (var test in cases)
        {
            var alert = alerts.Single(alert => alert.Name == test.Alert);
            text.Append("  - interval: 1m\n    input_series:\n");
            foreach (var (series, values) in test.Series)
            {
                text.Append(null, $"      - {{ series: '{series}', values: '{values}' }}\n");
            }

            text.Append("    alert_rule_test:\n");
            foreach (var minute in test.SilentAt)
            {
                text.Append(null, $"      - {{ eval_time: {minute}m, alertname: {test.Alert}, exp_alerts: [] }}\n");
            }

            foreach (var minute in test.FiresAt)
            {
                text.Append(null, $"      - eval_time: {minute}m\n        alertname: {test.Alert}\n        exp_alerts:\n");
                text.Append(null, $"          - exp_labels: {{ severity: {alert.Labels["severity"]}, {test.Labels} }}\n            exp_annotations:\n");
                foreach (var (name, value) in alert.Annotations)
                {
                    text.Append(null, $"              {name}: \"{value}\"\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Answered(int status) => Count.Replace("%", $"{status}", StringComparison.Ordinal);

    private static string Up(string instance) => $$"""up{job="shop", instance="{{instance}}"}""";

    private static string Health(string check) => $$"""schemadeploy_health{job="shop", check="{{check}}"}""";

    private static string Refused(string reason) => $$"""schemadeploy_refusals_total{job="shop", reason="{{reason}}"}""";
}
