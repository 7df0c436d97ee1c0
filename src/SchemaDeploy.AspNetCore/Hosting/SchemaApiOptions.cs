using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>What a generated application tells the library about itself.</summary>
public sealed class SchemaApiOptions
{
    private readonly Dictionary<string, Action<DbContextOptionsBuilder, string?>> _providers = new(StringComparer.Ordinal)
    {
        [DatabaseUrl.Sqlite] = static (options, connection) => options.UseSqlite(SqliteFile.Opening(connection))
            // The library numbers the rows of such tables itself.
            .ConfigureWarnings(static warnings => warnings.Ignore(SqliteEventId.CompositeKeyWithValueGeneration)),
    };

    /// <summary>An application that has SQLite, unless its publication left the library out.</summary>
    public SchemaApiOptions()
    {
        if (AppContext.TryGetSwitch("SchemaDeploy.Sqlite", out var hasSqlite) && !hasSqlite)
        {
            _providers.Remove("sqlite");
        }
    }

    /// <summary>The application's name, for titles and the name of its SQLite file.</summary>
    public required string Title { get; init; }

    /// <summary>What tells the schema from others: the application compares it with the one that its database records.</summary>
    public required string Schema { get; init; }

    /// <summary>Databases that DATABASE_URL may name.</summary>
    public IReadOnlyCollection<string> Providers => _providers.Keys;

    /// <summary>Adds a database beside SQLite.</summary>
    /// <param name="provider">The name that DATABASE_URL's scheme stands for: postgres, mysql or sqlserver.</param>
    /// <param name="use">Chooses EF Core's provider, given the connection string; null where SQL is only written and nothing connected to.</param>
    public SchemaApiOptions AddProvider(string provider, Action<DbContextOptionsBuilder, string?> use)
    {
        _providers[provider] = use;
        return this;
    }

    /// <summary>The assembly that holds the documents which the build made; set to that of the context.</summary>
    internal Assembly? Documents { get; set; }

    internal Action<DbContextOptionsBuilder, string?>? FindProvider(string name) => _providers.GetValueOrDefault(name);

    /// <summary>A context without a connection, for the SQL of a database alone.</summary>
    internal TContext CreateUnconnectedContext<TContext>(string provider)
        where TContext : DbContext => CreateContext<TContext>(options => _providers[provider](options, null));

    /// <summary>A context outside of the running application.</summary>
    internal static TContext CreateContext<TContext>(Action<DbContextOptionsBuilder> use)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        use(options);
        options.AddInterceptors(new SqliteDecimalCollation());
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    }
}
