using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Units of work that serve several requests of an application at once. They have nothing of what a request may have set up in its
/// own: who has, and applications that filter or watch what they read and write, are left to work by themselves.
/// </summary>
/// <param name="scopes">Give the units of work.</param>
/// <param name="context">The type of them.</param>
/// <param name="settings">Say what is shared.</param>
internal sealed class SharedContexts(IServiceScopeFactory scopes, Type context, IConfiguration settings)
{
    // What a unit of work is like that nobody has set up; null where nothing is shared.
    private readonly Lazy<Place?> _place = new(() => FindPlace(scopes, context), LazyThreadSafetyMode.PublicationOnly);
    private readonly ConcurrentDictionary<object, object> _uses = [];

    /// <summary>Whether rows that are asked for at the same time are read together.</summary>
    public bool Reads { get; } = settings.ReadSwitch("SHARED_READS", otherwise: true);

    /// <summary>Whether rows that are created at the same time are written together.</summary>
    public bool Writes { get; } = settings.ReadSwitch("SHARED_WRITES", otherwise: true);

    /// <summary>The units of work that may serve whoever works with <paramref name="database"/> together with others; null where that must be done by itself.</summary>
    public static SharedContexts? Find(DbContext database) =>
        // What is from the pool was made as all the others of it.
        database.ContextId.Lease != 0
        && database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is { } services
        && services.GetService<SharedContexts>() is { _place.Value: { } place } contexts
        && IsAt(database, place)
            ? contexts
            : null;

    /// <summary>What serves all who do the same.</summary>
    /// <param name="what">What they do.</param>
    /// <param name="make">Makes it for the first of them.</param>
    public TUse Use<TWhat, TUse>(TWhat what, Func<SharedContexts, TWhat, TUse> make)
        where TWhat : class
        where TUse : class =>
        (TUse)_uses.GetOrAdd(what, static (what, state) => state.make(state.contexts, (TWhat)what), (contexts: this, make));

    /// <summary>Does <paramref name="work"/> in a unit of work of its own.</summary>
    public async Task RunAsync(Func<DbContext, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work((DbContext)scope.ServiceProvider.GetRequiredService(context));
    }

    // A trace shows the statement of its request.
    private static bool IsAt(DbContext database, Place place) =>
        database.Database.CurrentTransaction is null
        && Transaction.Current is null
        && database.Database.GetDbConnection().State == ConnectionState.Closed
        && database.Database.GetConnectionString() == place.ConnectionString
        && database.Model == place.Model
        && Activity.Current is not { Recorded: true };

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

    // What the application has watch its statements may go by the request that they are of, such as a setting of the connection that
    // policies ask for.
    private static bool IsOfRequests(IInterceptor interceptor) =>
        !OneSave.IsOurs(interceptor)
        && interceptor is IDbConnectionInterceptor or IDbCommandInterceptor or IDbTransactionInterceptor
            or IQueryExpressionInterceptor or IMaterializationInterceptor;

    private sealed record Place(IModel Model, string? ConnectionString);
}
