using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace SchemaDeploy.AspNetCore.State;

/// <summary>Whether Redis answers. Requests go on without it, but replicas then count each for itself.</summary>
internal sealed class RedisHealthCheck(RedisState redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.PingAsync();
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return HealthCheckResult.Degraded("Redis does not answer.", exception);
        }
    }
}
