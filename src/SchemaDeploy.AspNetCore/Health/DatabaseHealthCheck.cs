using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Health;

/// <summary>Whether the database answers and has the schema's tables.</summary>
internal sealed class DatabaseHealthCheck<TContext>(TContext database) : IHealthCheck
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
                return HealthCheckResult.Unhealthy($"The database file {file} is gone.");
            }

            database.Database.SetCommandTimeout(s_patience);
            await database.Database.ExecuteSqlRawAsync(Probe(), timeout.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }

    // An open SQLite file goes on working when it is deleted, until nobody has it open any more.
    private string? FindMissingFile()
    {
        if (database.Database.ProviderName != ProviderSql.SqliteName)
        {
            return null;
        }

        var connection = new SqliteConnectionStringBuilder(database.Database.GetConnectionString());
        return connection.Mode == SqliteOpenMode.Memory || connection.DataSource is "" or ":memory:" || File.Exists(connection.DataSource)
            ? null
            : connection.DataSource;
    }

    // No row is read, but the table has to be there.
    private string Probe()
    {
        var sql = database.GetService<ISqlGenerationHelper>();
        var type = database.Model.GetEntityTypes().FirstOrDefault(type => type.GetTableName() is not null);
        return type is null ? "SELECT 1" : $"SELECT 1 FROM {sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema())} WHERE 1 = 0";
    }
}
