using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Health;
using SchemaDeploy.AspNetCore.Pages;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Adds the library to an application.</summary>
public static class SchemaApiExtensions
{
    /// <summary>Adds the database, health checks and what handlers need.</summary>
    /// <exception cref="StartupException">The configuration names no database that can be used; the message says what to do.</exception>
    public static WebApplicationBuilder AddSchemaApi<TContext>(this WebApplicationBuilder builder, SchemaApiOptions options)
        where TContext : DbContext
    {
        var database = DatabaseChoice.From(builder.Configuration, builder.Environment, options);
        var services = builder.Services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ServerValueInterceptor>();
        services.AddDbContextPool<TContext>((provider, context) =>
        {
            database.Use(context);
            context.AddInterceptors(provider.GetRequiredService<ServerValueInterceptor>());
            // A list without a key has no order to give; the generated code sorts wherever there is one.
            context.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        });
        if (database.CreateIfMissing)
        {
            services.AddHostedService<DatabaseCreator<TContext>>();
        }

        services.AddHealthChecks().AddCheck<DatabaseHealthCheck<TContext>>("database", tags: [HealthEndpoints.ReadyTag]);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Adds problem details, health and the documentation pages to the pipeline.</summary>
    public static WebApplication UseSchemaApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.MapHealth();
        app.MapDocuments(app.Services.GetRequiredService<SchemaApiOptions>().Title);
        return app;
    }
}
