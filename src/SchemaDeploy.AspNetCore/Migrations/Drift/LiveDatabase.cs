using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Migrations.Drift;

/// <summary>What a database says of its own tables, as EF Core's providers read it when they make code of a database.</summary>
internal static class LiveDatabase
{
    /// <summary>Reads the tables of the database that <paramref name="context"/> is on.</summary>
    /// <param name="context">Its connection is opened and closed.</param>
    /// <param name="provider">The assembly of the provider.</param>
    public static DatabaseModel Read(DbContext context, Assembly provider)
    {
        var name = provider.GetCustomAttribute<DesignTimeProviderServicesAttribute>()?.TypeName
            ?? throw new InvalidOperationException($"{provider.GetName().Name} reads no database.");
        var design = (IDesignTimeServices)Activator.CreateInstance(provider.GetType(name, throwOnError: true)!)!;
        var services = new ServiceCollection();
        services.AddLogging();
        design.ConfigureDesignTimeServices(services);
        using var all = services.BuildServiceProvider();
        using var scope = all.CreateScope();
        return scope.ServiceProvider.GetRequiredService<IDatabaseModelFactory>().Create(context.Database.GetDbConnection(), new DatabaseModelFactoryOptions());
    }
}
