using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>What the library measures itself, beside .NET and ASP.NET Core. Nobody listening, a measurement costs next to nothing.</summary>
internal static class Instruments
{
    /// <summary>The name by which listeners know the library's instruments.</summary>
    public const string MeterName = "SchemaDeploy";

    private static readonly Meter s_meter = new(MeterName);

    /// <summary>Requests that a guard of the library refused.</summary>
    public static readonly Counter<long> Refusals = s_meter.CreateCounter<long>(
        "schemadeploy.refusals", "{request}", "Requests refused, by reason and resource.");

    /// <summary>Rows written to the audit log.</summary>
    public static readonly Counter<long> AuditRows = s_meter.CreateCounter<long>(
        "schemadeploy.audit.rows", "{row}", "Rows written to the audit log, by what was done to the row that they tell of.");

    /// <summary>Subscriptions of GraphQL that are open.</summary>
    public static readonly UpDownCounter<int> Subscriptions = s_meter.CreateUpDownCounter<int>(
        "schemadeploy.subscriptions", "{subscription}", "Subscriptions of GraphQL that are open.");

    /// <summary>What the health checks found last.</summary>
    public static readonly Gauge<double> Health = s_meter.CreateGauge<double>(
        "schemadeploy.health", description: "What the health check found last: 1 it works, 0.5 it works in part, 0 it does not.");

    /// <summary>Whether the database waits for a migration.</summary>
    public static readonly Gauge<int> MigrationPending = s_meter.CreateGauge<int>(
        "schemadeploy.migration.pending", description: "1 where the database has not got the application's schema yet, else 0.");

    /// <summary>Whether the last migration failed.</summary>
    public static readonly Gauge<int> MigrationFailed = s_meter.CreateGauge<int>(
        "schemadeploy.migration.failed", description: "1 where the last migration of the database failed or was refused, else 0.");

    /// <summary>When the database was last backed up.</summary>
    public static readonly Gauge<long> BackupTime = s_meter.CreateGauge<long>(
        "schemadeploy.backup.timestamp", "s", "When the database was last backed up, in seconds since 1970; 0 for never.");

    /// <summary>Counts a refusal. Labels are words of the code's and the schema's, never what a client sent.</summary>
    public static void CountRefusal(HttpContext context, RefusalReason reason)
    {
        if (Refusals.Enabled)
        {
            Refusals.Add(1, new("reason", TextOf(reason)), new("resource", EndpointLabels.ResourceOf(context.GetEndpoint())));
        }
    }

    /// <summary>Counts a row of the audit log, by what was done to the row that it tells of.</summary>
    public static void CountRecord(string action) => AuditRows.Add(1, new KeyValuePair<string, object?>("action", action));

    private static string TextOf(RefusalReason reason) => reason switch
    {
        RefusalReason.DuplicateRequest => "duplicate_request",
        RefusalReason.DuplicateRow => "duplicate_row",
        RefusalReason.Rule => "rule",
        RefusalReason.RateLimit => "rate_limit",
        RefusalReason.Login => "login",
        RefusalReason.LockOut => "lock_out",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
