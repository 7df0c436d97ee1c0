using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Health;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>How requests come in: over which proxies, how large and slow, from which sites; and what guards answers in browsers.</summary>
internal static class TransportExtensions
{
    private static readonly TimeSpan s_hstsLife = TimeSpan.FromDays(365);

    /// <summary>Adds limits, HTTPS and CORS as configured.</summary>
    /// <exception cref="StartupException">The configuration cannot be read.</exception>
    public static void AddTransport(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.Read<RequestLimits>(RequestLimits.Section);
        limits.Check();
        services.AddSingleton(limits);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            limits.Apply(kestrel.Limits);
        });
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = limits.RequestTimeout });
        services.Configure<HstsOptions>(hsts => hsts.MaxAge = s_hstsLife);
        if (CorsOrigins.Parse(configuration[CorsOrigins.Setting]) is { } origins)
        {
            services.AddCors(cors => cors.AddDefaultPolicy(origins));
        }
    }

    /// <summary>First of all: who asks, and whether by HTTPS, is what trusted proxies say.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (TrustedProxies.Parse(app.Configuration[TrustedProxies.Setting]) is { } proxies)
        {
            app.UseForwardedHeaders(proxies);
        }
    }

    /// <summary>Security headers, HSTS, and HTTPS instead of HTTP where the application knows its HTTPS port.</summary>
    public static void UseTransportSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        // Orchestrators probe the application itself, by HTTP.
        app.UseWhen(static http => !HealthEndpoints.Has(http.Request.Path), static https => https.UseHttpsRedirection());
    }

    /// <summary>After routing: CORS where sites are named, and the time that a request may take.</summary>
    public static void UseRequestPolicies(this WebApplication app)
    {
        if (!string.IsNullOrWhiteSpace(app.Configuration[CorsOrigins.Setting]))
        {
            app.UseCors();
        }

        app.UseRequestTimeouts();
    }
}
