using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>Measures what the health checks find, whether or not anybody asks for it by HTTP, and how old backups are.</summary>
internal sealed class HealthPublisher(BackupMarker backups) : IHealthCheckPublisher
{
    /// <summary>How often the checks are made.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>Where a check tells whether the database waits for a migration, as far as it could see.</summary>
    public const string MigrationPending = "migration_pending";

    /// <summary>Where a check tells whether the last migration failed, as far as the database could say.</summary>
    public const string MigrationFailed = "migration_failed";

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (check, entry) in report.Entries)
        {
            Instruments.Health.Record(ValueOf(entry.Status), new KeyValuePair<string, object?>("check", check));
            Record(Instruments.MigrationPending, entry, MigrationPending);
            Record(Instruments.MigrationFailed, entry, MigrationFailed);
        }

        if (backups.ReadTime() is { } time)
        {
            Instruments.BackupTime.Record(time);
        }

        return Task.CompletedTask;
    }

    private static void Record(Gauge<int> gauge, HealthReportEntry entry, string key)
    {
        if (entry.Data.TryGetValue(key, out var value))
        {
            gauge.Record(value is true ? 1 : 0);
        }
    }

    private static double ValueOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => 1,
        HealthStatus.Degraded => 0.5,
        _ => 0,
    };
}
