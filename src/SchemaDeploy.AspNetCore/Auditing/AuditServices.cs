using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>Adds the audit log.</summary>
public static class AuditServices
{
    /// <summary>Records every write as a row of the entity that <typeparamref name="TMapper"/> makes.</summary>
    public static IServiceCollection AddAuditLog<TMapper>(this IServiceCollection services)
        where TMapper : class, IAuditMapper
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<IAuditMapper, TMapper>();
        services.AddSingleton<NumberBlocks>();
        services.AddSingleton<AuditInterceptor>();
        return services;
    }
}
