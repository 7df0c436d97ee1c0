using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Registers resources.</summary>
public static class ResourceServices
{
    /// <summary>Adds a resource's service, under its own type and for expansions that look its rows up.</summary>
    public static IServiceCollection AddResource<TService, TEntity, TResponse>(this IServiceCollection services)
        where TService : ResourceReader<TEntity, TResponse>
        where TEntity : class
    {
        services.AddScoped<TService>();
        services.AddScoped<IResourceLookup<TEntity, TResponse>>(static provider => provider.GetRequiredService<TService>());
        return services;
    }

    /// <summary>How many resources there are, so far.</summary>
    internal static int CountResources(this IServiceCollection services) =>
        services.Count(service => service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IResourceLookup<,>));
}
