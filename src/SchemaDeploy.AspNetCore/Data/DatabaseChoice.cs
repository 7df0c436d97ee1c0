using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The database that the configuration names.</summary>
/// <param name="Provider">The provider as <see cref="DatabaseUrl"/> calls it.</param>
/// <param name="ConnectionString">Where it is.</param>
/// <param name="Use">Points EF Core at it.</param>
/// <param name="MigratesOnStart">Whether the application brings the database to its schema when it starts.</param>
internal sealed record DatabaseChoice(string Provider, string ConnectionString, Action<DbContextOptionsBuilder> Use, bool MigratesOnStart)
{
    // Whether the database is brought to the schema at the start.
    private const string Setting = "MIGRATE_ON_START";

    /// <summary>Whether the database is a file of SQLite.</summary>
    public bool IsSqlite => Provider == DatabaseUrl.Sqlite;

    /// <summary>A context outside of the running application.</summary>
    public TContext CreateContext<TContext>()
        where TContext : DbContext => SchemaApiOptions.CreateContext<TContext>(Use);

    /// <summary>Where the SQLite database is that <paramref name="command"/> is for.</summary>
    /// <exception cref="StartupException">It is another database.</exception>
    public SqliteConnectionStringBuilder Sqlite(string command) => IsSqlite
        ? new SqliteConnectionStringBuilder(ConnectionString)
        : throw new StartupException($"'{command}' is for SQLite, and the database is {Provider}. Use its own programs, such as pg_dump or mariadb-dump, which the bundles' backup.sh does, or the backups of whoever runs it.");

    /// <summary>DATABASE_URL, else ConnectionStrings:Default, else in Development a SQLite file beside the application.</summary>
    public static DatabaseChoice From(IConfiguration configuration, IHostEnvironment environment, SchemaApiOptions options)
    {
        var text = configuration["DATABASE_URL"] is { Length: > 0 } value ? value : configuration.GetConnectionString("Default");
        if (string.IsNullOrEmpty(text))
        {
            if (!environment.IsDevelopment())
            {
                throw new StartupException(
                    "No database is configured. Set DATABASE_URL, for example postgres://user:password@host:5432/name, or sqlite:/data/app.db; "
                    + "in Development (ASPNETCORE_ENVIRONMENT=Development) a SQLite file is made instead.");
            }

            text = $"sqlite:{Path.Combine(environment.ContentRootPath, options.Title + ".db")}";
        }

        var url = Parse(text);
        var provider = options.FindProvider(url.Provider) ?? throw new StartupException(
            $"DATABASE_URL names {url.Provider}, but the application has only {string.Join(", ", options.Providers)}. Set SchemaDatabase in the project file and build again.");
        return new DatabaseChoice(
            url.Provider, url.ConnectionString, context => provider(context, url.ConnectionString), configuration.ReadSwitch(Setting, otherwise: environment.IsDevelopment()));
    }

    private static DatabaseUrl Parse(string text)
    {
        try
        {
            return DatabaseUrl.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new StartupException(exception.Message);
        }
    }
}
