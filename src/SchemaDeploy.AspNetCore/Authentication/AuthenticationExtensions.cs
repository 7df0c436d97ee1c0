using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Adds authentication to an application.</summary>
internal static class AuthenticationExtensions
{
    /// <summary>Adds what signs users in, with the library's own users until others are named.</summary>
    /// <exception cref="StartupException">The configuration has no key, or makes no sense.</exception>
    public static void AddSchemaAuthentication<TContext>(this WebApplicationBuilder builder, string title)
        where TContext : DbContext
    {
        var settings = AuthenticationSettings.From(builder.Configuration, title);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(SigningKeys.From(builder.Configuration, builder.Environment));
        services.AddSingleton(new FirstAdmin(builder.Configuration, builder.Environment, settings));
        services.AddSingleton<PasswordPolicy>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<SessionCache>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<AccountChangeInterceptor>();
        services.AddSingleton<LoginThrottle>();
        services.AddScoped<DbContext>(static provider => provider.GetRequiredService<TContext>());
        services.AddScoped<IAccountStore, OwnAccountStore>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignIn>();
        services.AddHostedService<SessionCleaner>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.EventsType = typeof(SessionCheck);
        });
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TokenIssuer>(static (bearer, issuer) => bearer.TokenValidationParameters = issuer.Validation);
        // What does not say that it is for everybody is for who has signed in: also the application's own endpoints.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
