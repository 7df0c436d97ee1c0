using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.RateLimiting;

/// <summary>Marks endpoints at which passwords can be guessed: they are limited by address, and more strictly than others.</summary>
internal sealed class StrictRateLimit;

/// <summary>Limits how often clients may ask.</summary>
internal static class RateLimitingExtensions
{
    private static readonly StrictRateLimit s_strict = new();

    /// <summary>Adds ASP.NET Core's rate limiter with the limits of the configuration, beside which applications can add their own.</summary>
    /// <exception cref="StartupException">The configuration cannot be read.</exception>
    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.Read<RateLimitSettings>(RateLimitSettings.Section);
        services.AddRateLimiter(options => options.OnRejected = static (rejected, _) => new ValueTask(
            rejected.HttpContext.Response.WriteProblemAsync(new ApiException(429, "Too many requests. Slow down; Retry-After says when to go on.")
            {
                RetryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : null,
                Reason = RefusalReason.RateLimit,
            })));
        if (settings.Enabled)
        {
            settings.Check();
            services.AddSingleton(settings);
            services.AddSingleton<RequestRateLimiter>();
            services.AddOptions<RateLimiterOptions>().Configure<RequestRateLimiter>(static (options, limiter) => options.GlobalLimiter = limiter);
        }
    }

    /// <summary>Limits endpoints at which passwords can be guessed.</summary>
    public static TBuilder LimitStrictly<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(s_strict);
}
