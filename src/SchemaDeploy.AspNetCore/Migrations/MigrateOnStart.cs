using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Brings the database to the application's schema before the first request.</summary>
internal sealed partial class MigrateOnStart<TContext>(IServiceProvider services, SchemaApiOptions options, ILogger<MigrateOnStart<TContext>> logger) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        if (await IsUpToDateAsync(database, cancellationToken))
        {
            return;
        }

        try
        {
            var plan = await Migrator.For(database, options).MigrateAsync(allowDataLoss: false, progress: null, cancellationToken);
            if (plan.From is null)
            {
                LogCreated(logger);
            }
            else if (!plan.IsUpToDate)
            {
                var description = plan.Describe();
                LogMigrated(logger, description);
            }
        }
        catch (UnrecordedSchemaException exception)
        {
            // It may serve as it is.
            LogUnknown(logger, exception.Message);
        }
        catch (DbException exception)
        {
            throw Migrator.CannotUse(database, exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Every start but the first after a change ends here, without a plan.
    private async Task<bool> IsUpToDateAsync(TContext database, CancellationToken cancellationToken)
    {
        try
        {
            return (await SchemaRecord.StateAsync(database, cancellationToken))?.Version == SchemaRecord.VersionOf(options.Schema);
        }
        catch (DbException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The database was empty. Its tables are made")]
    private static partial void LogCreated(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database has the new schema:\n{Plan}")]
    private static partial void LogMigrated(ILogger logger, string plan);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private static partial void LogUnknown(ILogger logger, string message);
}
