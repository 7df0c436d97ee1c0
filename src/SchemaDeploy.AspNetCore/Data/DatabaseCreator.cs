using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Makes the SQLite database from the model before the first request, where it has no tables yet.</summary>
internal sealed class DatabaseCreator<TContext>(IServiceProvider services) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        if (await database.Database.EnsureCreatedAsync(cancellationToken))
        {
            // Readers do not wait for the writer, nor the writer for readers.
            await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
