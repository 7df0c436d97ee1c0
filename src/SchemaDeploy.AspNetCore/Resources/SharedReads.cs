using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// The lookups that requests of an application share. They read in units of work of their own, which have nothing of what a
/// request may have set up in its own: who has, and applications that filter or watch what they read, are left to read by themselves.
/// </summary>
/// <param name="scopes">Give the units of work that read.</param>
/// <param name="context">The type of them.</param>
/// <param name="isOn">Whether anything is shared at all.</param>
internal sealed class SharedReads(IServiceScopeFactory scopes, Type context, bool isOn)
{
    /// <summary>Whether rows that are asked for at the same time are read together.</summary>
    public const string Setting = "SHARED_READS";

    // What a unit of work is like that nobody has set up; null where nothing is shared.
    private readonly Lazy<Place?> _place = new(() => isOn ? FindPlace(scopes, context) : null, LazyThreadSafetyMode.PublicationOnly);
    private readonly ConcurrentDictionary<object, object> _lookups = [];

    /// <summary>The lookup of <paramref name="rows"/> for whoever works with <paramref name="database"/>; null where it reads by itself.</summary>
    public static SharedLookup<TEntity, TKey>? Find<TEntity, TKey>(DbContext database, RowsByKey<TEntity, TKey> rows)
        where TEntity : class
        where TKey : notnull
    {
        // What is from the pool was made as all the others of it.
        if (database.ContextId.Lease == 0
            || database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is not { } services
            || services.GetService<SharedReads>() is not { _place.Value: { } place } reads
            || !IsAt(database, place))
        {
            return null;
        }

        return (SharedLookup<TEntity, TKey>)reads._lookups.GetOrAdd(rows, static (rows, reads) => reads.Make((RowsByKey<TEntity, TKey>)rows), reads);
    }

    // A trace shows the statement of its request.
    private static bool IsAt(DbContext database, Place place) =>
        database.Database.CurrentTransaction is null
        && Transaction.Current is null
        && database.Database.GetDbConnection().State == ConnectionState.Closed
        && database.Database.GetConnectionString() == place.ConnectionString
        && database.Model == place.Model
        && Activity.Current is not { Recorded: true };

    private SharedLookup<TEntity, TKey> Make<TEntity, TKey>(RowsByKey<TEntity, TKey> rows)
        where TEntity : class
        where TKey : notnull => new(scopes, context, rows);

    private static Place? FindPlace(IServiceScopeFactory scopes, Type context)
    {
        using var scope = scopes.CreateScope();
        var database = (DbContext)scope.ServiceProvider.GetRequiredService(context);
        var options = database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>();
        IEnumerable<IInterceptor> interceptors = [.. options?.Interceptors ?? [], .. options?.SingletonInterceptors ?? []];
        // A reader of SQL Server waits for the locks of writers, and who asks for another row would wait with it.
        return !database.IsSqlServer()
            && !interceptors.Any(IsOfRequests)
            && database.Model.GetEntityTypes().All(SoftDeletion.IsOnlyFilterOf)
            ? new(database.Model, database.Database.GetConnectionString())
            : null;
    }

    // What the application has watch reads may go by the request that reads, such as a setting of the connection that policies ask for.
    private static bool IsOfRequests(IInterceptor interceptor) =>
        !OneSave.IsOurs(interceptor)
        && interceptor is IDbConnectionInterceptor or IDbCommandInterceptor or IDbTransactionInterceptor
            or IQueryExpressionInterceptor or IMaterializationInterceptor;

    private sealed record Place(IModel Model, string? ConnectionString);
}
