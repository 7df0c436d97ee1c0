using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Health;

/// <summary>Whether the database answers and records the application's schema.</summary>
internal sealed class DatabaseHealthCheck<TContext>(TContext database, SchemaApiOptions options) : IHealthCheck
    where TContext : DbContext
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_patience);
        try
        {
            if (FindMissingFile() is { } file)
            {
                return HealthCheckResult.Unhealthy("The database file is gone.", new FileNotFoundException(null, file));
            }

            database.Database.SetCommandTimeout(s_patience);
            var version = SchemaRecord.VersionOf(options.Schema);
            var state = await SchemaRecord.StateAsync(database, timeout.Token);
            var hasFailed = state?.HasFailedMigration ?? false;
            if (state?.Version == version)
            {
                return HealthCheckResult.Healthy(data: Data(isPending: false, hasFailed));
            }

            // Where a new version is rolled out, the old one goes on serving until the new one does.
            return await database.Set<SchemaRecord>().AnyAsync(record => record.Version == version && record.IsFinished, timeout.Token)
                ? HealthCheckResult.Degraded("The database has a later schema than the application.", data: Data(isPending: false, hasFailed))
                : HealthCheckResult.Unhealthy("The database has another schema than the application. Run the application's command 'migrate'.", data: Data(isPending: true, hasFailed));
        }
        catch (DbException) when (!timeout.IsCancellationRequested)
        {
            return await WithoutRecordAsync(timeout.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }

    private static Dictionary<string, object> Data(bool isPending, bool hasFailed) =>
        new() { [HealthPublisher.MigrationPending] = isPending, [HealthPublisher.MigrationFailed] = hasFailed };

    // An open SQLite file goes on working when it is deleted, until nobody has it open any more.
    private string? FindMissingFile()
    {
        if (!database.IsSqlite())
        {
            return null;
        }

        var connection = new SqliteConnectionStringBuilder(database.Database.GetConnectionString());
        return connection.Mode == SqliteOpenMode.Memory || connection.DataSource is "" or ":memory:" || File.Exists(connection.DataSource)
            ? null
            : connection.DataSource;
    }

    // The database answers with an error where the table of the records is missing, and with the same where it is damaged.
    private async Task<HealthCheckResult> WithoutRecordAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await database.GetService<IRelationalDatabaseCreator>().HasTablesAsync(cancellationToken))
            {
                return HealthCheckResult.Unhealthy("The database is empty. Run the application's command 'migrate'.", data: Data(isPending: true, hasFailed: false));
            }

            await database.Database.ExecuteSqlRawAsync(Probe(), cancellationToken);
            return HealthCheckResult.Degraded("The database was made by others: it records no schema.");
        }
        catch (DbException exception)
        {
            return HealthCheckResult.Unhealthy("The database does not answer, or has other tables than the schema's.", exception);
        }
    }

    // No row is read, but the table has to be there.
    private string Probe()
    {
        var sql = database.GetService<ISqlGenerationHelper>();
        var type = database.Model.GetEntityTypes().FirstOrDefault(type => type.GetTableName() is not null);
        return type is null ? "SELECT 1" : $"SELECT 1 FROM {sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema())} WHERE 1 = 0";
    }
}
