using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Lets changes of users count at once, whoever makes them: when they are committed, nothing old is remembered.</summary>
internal sealed class AccountChangeInterceptor(SessionCache cache) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private static readonly object s_mark = new();

    // Contexts with changes of users that are saved and perhaps not committed yet.
    private readonly ConditionalWeakTable<DbContext, object> _changed = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Note(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        ClearUnlessInTransaction(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        ClearUnlessInTransaction(eventData.Context);
        return new(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Clear(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Clear(eventData.Context);
        return Task.CompletedTask;
    }

    private void Note(DbContext? context)
    {
        // The interceptor before this one has looked for changes.
        if (context is not null
            && context.KnownEntries().Any(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && entry.Metadata.IsAccounts()))
        {
            _changed.AddOrUpdate(context, s_mark);
        }
    }

    private void ClearUnlessInTransaction(DbContext? context)
    {
        if (context?.Database.CurrentTransaction is null)
        {
            Clear(context);
        }
    }

    private void Clear(DbContext? context)
    {
        if (context is not null && _changed.Remove(context))
        {
            cache.Clear();
        }
    }
}
