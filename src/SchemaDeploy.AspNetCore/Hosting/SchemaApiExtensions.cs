using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Health;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Pages;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.RateLimiting;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Adds the library to an application.</summary>
public static partial class SchemaApiExtensions
{
    /// <summary>Adds the database, health checks and what handlers need.</summary>
    /// <exception cref="StartupException">The configuration names no database that can be used; the message says what to do.</exception>
    public static WebApplicationBuilder AddSchemaApi<TContext>(this WebApplicationBuilder builder, SchemaApiOptions options)
        where TContext : DbContext
    {
        var database = DatabaseChoice.From(builder.Configuration, builder.Environment, options);
        var services = builder.Services;
        options.Documents = typeof(TContext).Assembly;
        services.AddSingleton(options);
        services.AddTransport(builder.Configuration);
        builder.AddMonitoring(options.Title);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSharedState(builder.Configuration, options.Title);
        services.AddRateLimits(builder.Configuration);
        services.AddIdempotency(builder.Configuration);
        services.AddScoped<Caller>();
        builder.AddSchemaAuthentication<TContext>(options.Title);
        services.AddSingleton<ServerValueInterceptor>();
        services.AddSingleton<SqliteDecimalCollation>();
        services.AddSingleton<RowLockInterceptor>();
        services.AddSingleton<ConnectionCheck>();
        services.AddSingleton(provider => new SharedContexts(provider.GetRequiredService<IServiceScopeFactory>(), typeof(TContext), builder.Configuration));
        services.AddDbContextPool<TContext>((provider, context) =>
        {
            database.Use(context);
            context.AddInterceptors(provider.GetRequiredService<ServerValueInterceptor>(), provider.GetRequiredService<AccountChangeInterceptor>());
            context.AddInterceptors(InterceptorsOf(database, provider));
            // Those of other packages, and of the application itself.
            context.AddInterceptors(provider.GetServices<IInterceptor>());
            if (provider.GetService<AuditInterceptor>() is { } audit)
            {
                // Last, when every value is set.
                context.AddInterceptors(audit);
            }

            // They cost something with every row that is read, and are for whoever writes the code.
            context.EnableThreadSafetyChecks(builder.Environment.IsDevelopment());
            // What refers to a row that is marked as deleted stays, and is read by itself.
            // A list without a key has no order to give; the generated code sorts wherever there is one.
            // What the database refuses is answered as a problem; what is not the client's fault is logged by the pipeline.
            context.ConfigureWarnings(warnings => warnings
                .Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)
                .Log(
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                    (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                    (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (RelationalEventId.ConnectionError, LogLevel.Debug),
                    (RelationalEventId.TransactionError, LogLevel.Debug)));
        });
        if (database.MigratesOnStart)
        {
            services.AddHostedService<MigrateOnStart<TContext>>();
        }

        // After the migration, which must not meet anybody in the database.
        services.AddHostedService<WarmUp<TContext>>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck<TContext>>("database", tags: [HealthEndpoints.ReadyTag]);
        return builder;
    }

    /// <summary>Adds problem details, health and the pages to the pipeline.</summary>
    public static WebApplication UseSchemaApi(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseTransportSecurity();
        app.UseMiddleware<HeadMiddleware>();
        // Named here, because HEAD must have become GET before a route is chosen.
        app.UseRouting();
        app.UseMonitoring();
        app.UseRequestPolicies();
        app.UseAuthentication();
        app.UseMiddleware<CallerMiddleware>();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.UseMiddleware<FingerprintMiddleware>();
        app.MapHealth();
        app.MapMetrics();
        List<(string Path, string Title)> pages = [.. app.MapStartPage(), .. app.MapAdminPage()];
        if (app.Configuration.ReadSwitch(DocumentEndpoints.Setting, otherwise: app.Environment.IsDevelopment()))
        {
            pages.AddRange(app.MapDocuments(app.Services.GetRequiredService<SchemaApiOptions>()));
        }

        app.Lifetime.ApplicationStarted.Register(() => LogPages(app, pages));
        app.Lifetime.ApplicationStarted.Register(() => WatchHint.LogIfHotReloaded(app.Logger));
        return app;
    }

    // What watches connections and commands costs something with each, so every database has its own only.
    private static IInterceptor[] InterceptorsOf(DatabaseChoice database, IServiceProvider services) => database.Provider switch
    {
        DatabaseUrl.Sqlite => [services.GetRequiredService<SqliteDecimalCollation>()],
        // Its own library looks after its connections.
        DatabaseUrl.SqlServer => [services.GetRequiredService<RowLockInterceptor>()],
        _ => [services.GetRequiredService<RowLockInterceptor>(), services.GetRequiredService<ConnectionCheck>()],
    };

    private static void LogPages(WebApplication app, IReadOnlyList<(string Path, string Title)> pages)
    {
        var management = ManagementPort.Read(app.Configuration);
        foreach (var url in app.Urls.Where(url => !ManagementPort.IsAt(url, management)))
        {
            foreach (var (path, title) in pages)
            {
                LogPage(app.Logger, title, url, path);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Title}: {Url}{Path}")]
    private static partial void LogPage(ILogger logger, string title, string url, string path);
}
