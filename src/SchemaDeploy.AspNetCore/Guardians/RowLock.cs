using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>
/// Locks rows until the transaction ends, so that what rules were judged by still holds when the row is written.
/// SQLite has one writer at a time and nothing to lock.
/// </summary>
internal static class RowLock
{
    /// <summary>The mark of queries that lock.</summary>
    public const string Tag = "SchemaDeploy: lock";

    /// <summary>Waits until nobody else has the rows of <paramref name="query"/> locked, and locks them.</summary>
    public static async Task TakeAsync<TEntity>(this IQueryable<TEntity> query, DbContext database, CancellationToken cancellationToken)
        where TEntity : class
    {
        if (!database.IsSqlite())
        {
            await query.TagWith(Tag).Select(_ => 1).FirstOrDefaultAsync(cancellationToken);
        }
    }
}

/// <summary>Makes queries that bear the tag lock their rows: EF Core has no words for it.</summary>
internal sealed partial class RowLockInterceptor : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Lock(command, eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Lock(command, eventData.Context);
        return ValueTask.FromResult(result);
    }

#pragma warning disable CA2100 // Nothing but the words of the lock is added to EF Core's own command.
    private static void Lock(DbCommand command, DbContext? context)
    {
        if (command.CommandText.StartsWith("-- " + RowLock.Tag, StringComparison.Ordinal))
        {
            command.CommandText = context?.Database.ProviderName == ProviderSql.SqlServerName
                ? FirstCondition().Replace(command.CommandText, " WITH (UPDLOCK)$0", count: 1)
                : command.CommandText + "\nFOR UPDATE";
        }
    }
#pragma warning restore CA2100

    [GeneratedRegex(@"\r?\nWHERE")]
    private static partial Regex FirstCondition();
}
