using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.State;

/// <summary>Chooses where shared state is kept.</summary>
internal static class SharedStateExtensions
{
    /// <summary>Adds <see cref="ISharedState"/>: Redis where REDIS_URL names one, else the process.</summary>
    /// <exception cref="StartupException">REDIS_URL cannot be read.</exception>
    public static void AddSharedState(this IServiceCollection services, IConfiguration configuration, string application)
    {
        services.AddSingleton<ProcessState>();
        if (configuration["REDIS_URL"] is not { Length: > 0 } url)
        {
            services.AddSingleton<ISharedState>(static provider => provider.GetRequiredService<ProcessState>());
            return;
        }

        services.AddSingleton(new RedisState(RedisUrl.Parse(url), $"{application}:"));
        services.AddHostedService(static provider => provider.GetRequiredService<RedisState>());
        services.AddSingleton<ISharedState>(static provider => new FallbackState(
            provider.GetRequiredService<RedisState>(),
            provider.GetRequiredService<ProcessState>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FallbackState>>()));
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }

    /// <summary>Whether REDIS_URL names one.</summary>
    public static bool HasRedis(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(RedisState));
}
