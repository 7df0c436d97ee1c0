using Microsoft.Extensions.Hosting;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Makes the tables before the first request.</summary>
internal sealed class CreateTablesOnStart(IDatabaseCreator creator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => creator.CreateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
