using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Auditing;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Tells where a new row is one save and nothing else: where no code of the application's own runs meanwhile, which may read or
/// write within the transaction. PostgreSQL then gets the row and its record as one message, which is a transaction in itself, and the
/// others a transaction of nothing but these two.
/// </summary>
internal static class OneSave
{
    private const byte Nop = 0x00, Return = 0x2A;

    // The row and its record.
    private const int Statements = 2;

    private static readonly ConcurrentDictionary<Type, bool> s_services = [];

    private static readonly ConditionalWeakTable<IDbContextOptions, object> s_options = [];

    /// <summary>Whether <paramref name="service"/> creates a row so.</summary>
    /// <param name="database">The unit of work.</param>
    /// <param name="type">The rows.</param>
    /// <param name="service">The service.</param>
    /// <param name="hooks">The names of its methods that are called while it does.</param>
    public static bool Creates(DbContext database, IEntityType type, object service, params ReadOnlySpan<string> hooks)
    {
        // What the caller has changed and not saved yet goes with the row, and may be more than one message. What EF Core writes on the
        // others is a transaction with something before it or behind it.
        if (database.Database.CurrentTransaction is not null
            || database.ChangeTracker.Entries().Any()
            || !(database.IsPostgreSql() || RecordedInsert.Of(database, type) is not null))
        {
            return false;
        }

        if (!s_services.TryGetValue(service.GetType(), out var isPlain))
        {
            isPlain = true;
            foreach (var hook in hooks)
            {
                isPlain &= IsEmpty(service.GetType().GetMethod(hook, BindingFlags.Instance | BindingFlags.NonPublic));
            }

            s_services.TryAdd(service.GetType(), isPlain);
        }

        return isPlain && IsPlain(database);
    }

    /// <summary>Whether no code of the application's own takes part in saves of <paramref name="database"/>.</summary>
    public static bool IsPlain(DbContext database) =>
        (bool)s_options.GetValue(database.GetService<IDbContextOptions>(), options => SavesPlainly(database.GetType(), options));

    // A hook that nobody has written is a call that the compiler leaves out.
    private static bool IsEmpty(MethodInfo? hook) =>
        hook?.GetMethodBody()?.GetILAsByteArray() is { } code && Array.TrueForAll(code, instruction => instruction is Nop or Return);

    private static bool SavesPlainly(Type context, IDbContextOptions options) =>
        context.GetMethods().Where(method => method.Name is nameof(DbContext.SaveChanges) or nameof(DbContext.SaveChangesAsync))
            .All(method => method.DeclaringType == typeof(DbContext))
        && options.FindExtension<CoreOptionsExtension>()?.Interceptors?
            .Where(interceptor => interceptor is ISaveChangesInterceptor or IDbTransactionInterceptor)
            .All(IsOurs) != false
        && (RelationalOptionsExtension.Extract(options).MaxBatchSize ?? Statements) >= Statements;

    /// <summary>Whether <paramref name="interceptor"/> is of these libraries, and not of the application.</summary>
    internal static bool IsOurs(IInterceptor interceptor) =>
        interceptor.GetType().Assembly.GetName().Name is "SchemaDeploy.AspNetCore" or "SchemaDeploy.AspNetCore.GraphQL";
}
