using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Pages;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Adds GraphQL to an application.</summary>
public static class GraphQLExtensions
{
    private const string Path = "/graphql";

    // What measurements call it, where they name resources.
    private const string Tag = "graphql";

    /// <summary>Adds what carries out queries.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="create">What stands behind the schema; asked for when the first request comes.</param>
    /// <exception cref="StartupException">The configuration cannot be read.</exception>
    public static WebApplicationBuilder AddGraphQL(this WebApplicationBuilder builder, Func<GraphApplication> create)
    {
        var settings = builder.Configuration.Read<GraphQLSettings>(GraphQLSettings.Section);
        settings.Check();
        builder.Services.AddSingleton(settings);
        // Most starts are followed by no query for a while, and large schemas take a moment.
        builder.Services.AddSingleton(provider => new Lazy<ExecutableSchema>(
            () => SchemaFactory.Create(SchemaFactory.ReadText(provider.GetRequiredService<SchemaApiOptions>().Documents!), create())));
        var allowsIntrospection = builder.Configuration.ReadSwitch(DocumentEndpoints.Setting, otherwise: builder.Environment.IsDevelopment());
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GraphQLExecutor>(provider, allowsIntrospection));
        builder.Services.AddSingleton<PersistedQueries>();
        builder.Services.AddSingleton<AnswerWriter>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<IInterceptor, ChangeInterceptor>();
        if (builder.Services.HasRedis())
        {
            builder.Services.AddSingleton<ChangeRelay>();
            builder.Services.AddHostedService(static provider => provider.GetRequiredService<ChangeRelay>());
        }

        builder.Services.AddSingleton<Subscriptions>();
        builder.Services.AddSingleton<GraphQLEndpoint>();
        return builder;
    }

    /// <summary>Maps /graphql. Whoever asks, the services judge what may be read and written.</summary>
    public static WebApplication MapGraphQL(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<GraphQLEndpoint>();
        app.MapGet(Path, endpoint.GetAsync).WithTags(Tag).AllowAnonymous();
        app.MapPost(Path, endpoint.PostAsync).WithTags(Tag).AllowAnonymous().JudgeRepeats();
        return app;
    }
}
