using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Makes the tables on a database server, where the database has none at all.</summary>
internal sealed partial class DatabaseCreator<TContext>(IServiceProvider services, ILogger<DatabaseCreator<TContext>> logger) : IDatabaseCreator
    where TContext : DbContext
{
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        // The lock has a connection of its own, since PostgreSQL's creator opens the other one to learn of new types.
        await using var lockScope = services.CreateAsyncScope();
        try
        {
            var database = scope.ServiceProvider.GetRequiredService<TContext>();
            var creator = database.GetService<IRelationalDatabaseCreator>();
            await using var turn = await SchemaLock.TakeAsync(lockScope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
            if (!await creator.HasTablesAsync(cancellationToken))
            {
                await creator.CreateTablesAsync(cancellationToken);
                LogCreated(logger);
            }
            else
            {
                LogKept(logger);
            }
        }
        catch (DbException exception)
        {
            throw new StartupException($"The database cannot be used: {exception.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The database was empty. Its tables are made")]
    private static partial void LogCreated(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database has tables. They stay as they are: changes of the schema are not carried over")]
    private static partial void LogKept(ILogger logger);
}
