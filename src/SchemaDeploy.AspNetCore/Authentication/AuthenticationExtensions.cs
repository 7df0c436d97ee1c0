using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Adds authentication to an application.</summary>
public static class AuthenticationExtensions
{
    /// <summary>Lets the rows of the schema's users table sign in.</summary>
    public static IServiceCollection AddAccounts<TService, TEntity, TKey, TCreate, TUpdate, TResponse>(
        this IServiceCollection services, ResourceEndpoints<TService, TEntity, TKey, TCreate, TUpdate, TResponse> endpoints)
        where TService : AccountService<TEntity, TKey, TCreate, TUpdate, TResponse>
        where TEntity : class
        where TKey : IParsable<TKey>
        where TCreate : class, IValidatable, IAccountRequest
        where TUpdate : class, IValidatable, IAccountRequest
        where TResponse : class =>
        services.AddScoped<IAccountStore>(provider =>
        {
            var service = provider.GetRequiredService<TService>();
            var users = new UserAccountStore<TService, TEntity, TKey, TCreate, TUpdate, TResponse>(
                provider.GetRequiredService<DbContext>(), service, endpoints);
            return service.Map.NeedsOtherRows
                ? new CombinedAccountStore(users, provider.GetRequiredService<OwnAccountStore>(), provider.GetRequiredService<FirstAdmin>())
                : users;
        });

    /// <summary>Adds what signs users in, with the library's own users until others are named.</summary>
    /// <exception cref="StartupException">The configuration has no key, or makes no sense.</exception>
    internal static void AddSchemaAuthentication<TContext>(this WebApplicationBuilder builder, string title)
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
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<AccountChangeInterceptor>();
        services.AddSingleton<LoginThrottle>();
        services.AddScoped<DbContext>(static provider => provider.GetRequiredService<TContext>());
        services.AddScoped<OwnAccountStore>();
        services.AddScoped<IAccountStore>(static provider => provider.GetRequiredService<OwnAccountStore>());
        services.AddScoped<Sessions>();
        services.AddScoped<SignIn>();
        services.AddHostedService<SessionCleaner>();
        var authentication = services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.EventsType = typeof(SessionCheck);
        });
        services.RemoveKeyRingPreload();
        if (settings.Authority.Length > 0)
        {
            authentication.AddExternal(settings, requireHttps: !builder.Environment.IsDevelopment());
        }

        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TokenIssuer>(static (bearer, issuer) => bearer.TokenValidationParameters = issuer.Validation);
        // What does not say that it is for everybody is for who has signed in: also the application's own endpoints.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    // Tokens need none of the keys that ASP.NET Core would read at every start, or write to the user's home where there are
    // none. What does need them gets them when it first asks.
    private static void RemoveKeyRingPreload(this IServiceCollection services)
    {
        var preloads = services
            .Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly)
            .ToList();
        preloads.ForEach(preload => services.Remove(preload));
    }

    // A token says whose it is; whether that is true is found out by the scheme that it is handed to.
    private static void AddExternal(this AuthenticationBuilder authentication, AuthenticationSettings settings, bool requireHttps)
    {
        authentication.Services.AddSingleton<ExternalCheck>();
        authentication.Services.AddScoped<ExternalAccounts>();
        authentication.AddJwtBearer(ExternalCheck.Scheme, bearer =>
        {
            bearer.Authority = settings.Authority;
            bearer.Audience = settings.Audience;
            bearer.RequireHttpsMetadata = requireHttps;
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters.ValidAlgorithms = ExternalCheck.Algorithms;
            bearer.EventsType = typeof(ExternalCheck);
        });
        authentication.Services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
            bearer.ForwardDefaultSelector = http => IsOwn(http, settings.Issuer) ? null : ExternalCheck.Scheme);
    }

    private static bool IsOwn(HttpContext http, string issuer)
    {
        if (BearerToken.Of(http.Request) is not { } token)
        {
            return true;
        }

        try
        {
            return new JsonWebToken(token).Issuer == issuer;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return true;
        }
    }
}
