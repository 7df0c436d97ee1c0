using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>
/// Has the model of the database built, a connection opened and the query of every signed-in request translated beside
/// the rest of the start, so that the first request does not do all of it one after the other; and gives back the memory
/// that this needed, when the start is over.
/// </summary>
internal sealed class WarmUp<TContext>(IServiceScopeFactory scopes, TimeProvider clock) : BackgroundService
    where TContext : DbContext
{
    /// <summary>How long after that the start is over, its first requests included.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await PrepareAsync(stoppingToken);

        // The collector waits for requests to need memory; without them, what the model was made of would stay for good.
        await Task.Delay(Settled, clock, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<IAccountStore>().PrepareAsync(cancellationToken);
            await SchemaRecord.StateAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
        }
        catch (Exception)
        {
            // Nothing depends on it: the health checks say what is wrong with the database, and requests try again.
        }
    }
}
