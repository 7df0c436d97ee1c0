using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>A database whose schema is another one from test to test, and within them.</summary>
public sealed class EvolvingContext(DbContextOptions<EvolvingContext> options) : DbContext(options)
{
    private static readonly AsyncLocal<Action<ModelBuilder, DatabaseFacade>> s_schema = new();

    private Action<ModelBuilder, DatabaseFacade> Schema { get; } = s_schema.Value!;

    /// <summary>Brings a database to a schema.</summary>
    internal static async Task<MigrationPlan> MigrateAsync(string url, Action<ModelBuilder, DatabaseFacade> schema, bool allowDataLoss = false, string? version = null, IInterceptor? watcher = null)
    {
        s_schema.Value = schema;
        await using var database = Open(url, watcher);
        var application = OptionsOf(version ?? Guid.NewGuid().ToString("N"));
        return await Migrator.For(database, application).MigrateAsync(allowDataLoss, progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Brings a database back to a schema, of which its application kept a snapshot.</summary>
    internal static async Task<MigrationPlan> ReturnAsync(string url, Action<ModelBuilder, DatabaseFacade> schema, Action<ModelBuilder, DatabaseFacade> current, bool allowDataLoss)
    {
        s_schema.Value = schema;
        SchemaSnapshot snapshot;
        await using (var earlier = Open(url))
        {
            snapshot = SchemaSnapshot.Of(earlier, DatabaseUrl.Parse(url).Provider, OptionsOf("earlier"));
        }

        s_schema.Value = current;
        await using var database = Open(url);
        return await Migrator.To(snapshot, database).MigrateAsync(allowDataLoss, progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Where a database is not what a schema says; null where it is.</summary>
    internal static async Task<string?> CheckAsync(string url, Action<ModelBuilder, DatabaseFacade> schema)
    {
        s_schema.Value = schema;
        await using var database = Open(url);
        try
        {
            await Migrator.For(database, OptionsOf("check")).CheckAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (StartupException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The script that would do so.</summary>
    internal static async Task<string> ScriptAsync(string url, Action<ModelBuilder, DatabaseFacade> schema, string version)
    {
        s_schema.Value = schema;
        await using var database = Open(url);
        return await Migrator.For(database, OptionsOf(version)).ScriptAsync(allowDataLoss: false, TestContext.Current.CancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Schema(modelBuilder, Database);
        modelBuilder.AdaptTo(Database);
    }

    private static SchemaApiOptions OptionsOf(string version) => new SchemaApiOptions { Title = "Test", Schema = version }
        .AddProvider("postgres", Api.Options.FindProvider("postgres")!)
        .AddProvider("mysql", static (options, connection) =>
        {
            Api.Options.FindProvider("mysql")!(options, connection);
            options.ReplaceService<IModelCacheKeyFactory, KeyFactory>();
        });

    private static EvolvingContext Open(string url, IInterceptor? watcher = null)
    {
        var parsed = DatabaseUrl.Parse(url);
        var options = new DbContextOptionsBuilder<EvolvingContext>();
        Api.Options.FindProvider(parsed.Provider)!(options, parsed.ConnectionString + ";Pooling=False");
        options.AddInterceptors(new SqliteDecimalCollation()).ReplaceService<IModelCacheKeyFactory, KeyFactory>();
        if (watcher is not null)
        {
            options.AddInterceptors(watcher);
        }

        return new EvolvingContext(options.Options);
    }

    private sealed class KeyFactory : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (((EvolvingContext)context).Schema, designTime);
    }
}
