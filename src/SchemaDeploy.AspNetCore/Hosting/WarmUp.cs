using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>
/// Has the model of the database built, a connection opened and the query of every signed-in request translated beside
/// the rest of the start, so that the first request does not do all of it one after the other.
/// </summary>
internal sealed class WarmUp<TContext>(IServiceScopeFactory scopes) : BackgroundService
    where TContext : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<IAccountStore>().PrepareAsync(stoppingToken);
            await SchemaRecord.StateAsync(scope.ServiceProvider.GetRequiredService<TContext>(), stoppingToken);
        }
        catch (Exception)
        {
            // Nothing depends on it: the health checks say what is wrong with the database, and requests try again.
        }
    }
}
