using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// Publishes what is saved, whoever saves it, when it is committed. Where nobody listens it asks a counter and no more.
/// </summary>
internal sealed class ChangeInterceptor(ChangeFeed feed) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    // Contexts are pooled, and interceptors serve all of them.
    private readonly ConditionalWeakTable<DbContext, Work> _works = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Collect(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Collect(eventData.Context);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return new(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Forget(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Forget(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    // A row that has changed since it was read fails the save too, and of that EF Core tells here alone.
    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        if (!result.IsSuppressed)
        {
            Forget(eventData.Context);
        }

        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
        ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(ThrowingConcurrencyException(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData);
        return Task.CompletedTask;
    }

    private void Collect(DbContext? context)
    {
        if (!feed.IsHeard || context is null)
        {
            return;
        }

        var saving = new List<(EntityEntry, ChangeKind)>();
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (KindOf(entry) is { } kind && feed.Hears(entry.Metadata.ClrType))
            {
                saving.Add((entry, kind));
            }
        }

        if (saving.Count > 0)
        {
            _works.GetOrCreateValue(context).Saving = saving;
        }
    }

    // Now the database has given new rows their keys.
    private void Saved(DbContext? context)
    {
        if (context is null || !_works.TryGetValue(context, out var work))
        {
            return;
        }

        var saved = work.Saving.ConvertAll(change => new RowChange(change.Entry.Metadata.ClrType, change.Kind, KeysOf(change.Entry)));
        work.Saving = [];
        if (context.Database.CurrentTransaction is not { } transaction)
        {
            saved.ForEach(feed.Publish);
            return;
        }

        // What an earlier transaction had not committed when it ended was undone.
        work.Saved.RemoveAll(change => change.Transaction != transaction.TransactionId);
        work.Saved.AddRange(saved.Select(change => (transaction.TransactionId, change)));
    }

    private void Forget(DbContext? context)
    {
        if (context is not null && _works.TryGetValue(context, out var work))
        {
            work.Saving = [];
        }
    }

    private void Committed(TransactionEndEventData eventData)
    {
        if (eventData.Context is { } context && _works.TryGetValue(context, out var work))
        {
            foreach (var (_, change) in work.Saved.Where(change => change.Transaction == eventData.TransactionId))
            {
                feed.Publish(change);
            }

            work.Saved.Clear();
        }
    }

    private static ChangeKind? KindOf(EntityEntry entry) => entry.State switch
    {
        EntityState.Added => ChangeKind.Created,
        _ when SoftDeletion.IsDeletion(entry) => ChangeKind.Deleted,
        EntityState.Modified => ChangeKind.Updated,
        _ => null,
    };

    private static object KeysOf(EntityEntry entry) => RowKeys.Make(entry.Metadata, property => property.PropertyInfo!.GetValue(entry.Entity));

    /// <summary>What a context is about to save, and what it has saved in a transaction that is still open.</summary>
    private sealed class Work
    {
        public List<(EntityEntry Entry, ChangeKind Kind)> Saving { get; set; } = [];

        public List<(Guid Transaction, RowChange Change)> Saved { get; } = [];
    }
}
