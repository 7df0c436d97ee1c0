using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Deletes what has expired out of one of the library's own tables, every hour.</summary>
internal abstract partial class ExpiryCleaner(IServiceProvider services, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                await DeleteAsync(scope.ServiceProvider.GetRequiredService<DbContext>(), clock.GetUtcNow().UtcDateTime, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception);
            }
        }
    }

    /// <summary>Deletes what has expired at <paramref name="now"/>.</summary>
    protected abstract Task DeleteAsync(DbContext database, DateTime now, CancellationToken cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What has expired could not be deleted; tried again in an hour")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
