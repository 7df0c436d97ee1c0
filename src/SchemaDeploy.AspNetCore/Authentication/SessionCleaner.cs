using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Deletes sessions that have expired.</summary>
internal sealed class SessionCleaner(IServiceProvider services, TimeProvider clock, ILogger<SessionCleaner> logger)
    : ExpiryCleaner(services, clock, logger)
{
    protected override Task DeleteAsync(DbContext database, DateTime now, CancellationToken cancellationToken) =>
        database.Set<Session>().Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
}
