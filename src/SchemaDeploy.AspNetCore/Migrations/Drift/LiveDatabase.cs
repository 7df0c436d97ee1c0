using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;

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
        var connection = context.Database.GetDbConnection();
        connection.ConnectionString = WithoutLimit(context.Database);
        var live = scope.ServiceProvider.GetRequiredService<IDatabaseModelFactory>().Create(connection, new DatabaseModelFactoryOptions());
        switch (context.Database.ProviderName)
        {
            case ProviderSql.MySqlName:
                MySqlIndexes.Complete(live, context.Database);
                break;
            case ProviderSql.SqliteName:
                SqliteNulls.Correct(live, context.Database);
                break;
        }

        return live;
    }

    // The catalogue of a server with hundreds of databases takes MariaDB more than half a minute.
    private static string WithoutLimit(DatabaseFacade database)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = database.GetConnectionString()! };
        builder[database.ProviderName switch
        {
            ProviderSql.MySqlName => "Default Command Timeout",
            ProviderSql.SqliteName => "Default Timeout",
            _ => "Command Timeout",
        }] = 0;
        return builder.ConnectionString;
    }
}
