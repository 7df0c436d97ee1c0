using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>What one save of a context changes.</summary>
internal sealed class Recording
{
    public List<RecordedChange> Changes { get; } = [];

    /// <summary>The rows of the audit log, with what was done, once they are in the context.</summary>
    public List<(EntityEntry Entry, string Action)> Records { get; } = [];

    /// <summary>The transaction that was begun for the save, because the caller had none.</summary>
    public WriteTransaction? Transaction { get; set; }

    /// <summary>Whether the present save is that of the audit rows.</summary>
    public bool IsWriting { get; set; }

    /// <summary>Takes down what <paramref name="context"/> is about to save.</summary>
    public void Collect(DbContext context) =>
        Changes.AddRange(context.KnownEntries().Select(RecordedChange.Of).OfType<RecordedChange>());

    /// <summary>Whether the context saves nothing but what is recorded.</summary>
    public bool IsAll(DbContext context) =>
        context.KnownEntries().Count(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted) == Changes.Count;

    /// <summary>Counts the records that were written.</summary>
    public void Count()
    {
        foreach (var (_, action) in Records)
        {
            Instruments.CountRecord(action);
        }
    }

    /// <summary>Forgets the changes, and undoes what was not committed.</summary>
    public async ValueTask EndAsync(DbContext context)
    {
        Changes.Clear();
        // Whoever saves once more gets new ones.
        foreach (var (record, _) in Records.Where(record => record.Entry.State == EntityState.Added))
        {
            record.State = EntityState.Detached;
        }

        Records.Clear();
        if (Transaction is { } transaction)
        {
            Transaction = null;
            await transaction.DisposeAsync();
        }
    }
}
