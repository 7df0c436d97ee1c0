using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// Writes a row of the audit log for every row that a save creates, changes or deletes, whoever saves: services, hooks,
/// code of the application's own. Both are one transaction, the caller's or one of its own.
/// </summary>
internal sealed class AuditInterceptor(IAuditMapper mapper, IHttpContextAccessor requests, TimeProvider clock) : SaveChangesInterceptor
{
    private static readonly Caller s_system = new();

    // Contexts are pooled, and interceptors serve all of them.
    private readonly ConditionalWeakTable<DbContext, Recording> _recordings = [];

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && _recordings.GetOrCreateValue(context) is { IsWriting: false } recording)
        {
            await recording.EndAsync();
            recording.Collect(context);
            if (recording.Changes.Count > 0 && context.Database.CurrentTransaction is null)
            {
                recording.Transaction = await WriteTransaction.BeginAsync(context, serializable: false, cancellationToken);
            }
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && _recordings.GetOrCreateValue(context) is { IsWriting: false } recording)
        {
            try
            {
                await WriteAsync(context, recording, cancellationToken);
            }
            finally
            {
                await recording.EndAsync();
            }
        }

        return result;
    }

    public override async Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        await EndAsync(eventData.Context);

    public override async Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) =>
        await EndAsync(eventData.Context);

    // A row that has changed since it was read fails the save too, and of that EF Core tells here alone.
    public override async ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
        ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (!result.IsSuppressed)
        {
            // A transaction does not end while a statement of it is read.
            if (eventData is RelationalConcurrencyExceptionEventData { DataReader: var reader })
            {
                await reader.DisposeAsync();
            }

            await EndAsync(eventData.Context);
        }

        return result;
    }

    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result) =>
        ThrowingConcurrencyExceptionAsync(eventData, result).AsTask().GetAwaiter().GetResult();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        SavingChangesAsync(eventData, result).AsTask().GetAwaiter().GetResult();

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result) =>
        SavedChangesAsync(eventData, result).AsTask().GetAwaiter().GetResult();

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => EndAsync(eventData.Context).AsTask().GetAwaiter().GetResult();

    public override void SaveChangesCanceled(DbContextEventData eventData) => EndAsync(eventData.Context).AsTask().GetAwaiter().GetResult();

    private async ValueTask EndAsync(DbContext? context)
    {
        if (context is not null && _recordings.TryGetValue(context, out var recording) && !recording.IsWriting)
        {
            await recording.EndAsync();
        }
    }

    private async Task WriteAsync(DbContext context, Recording recording, CancellationToken cancellationToken)
    {
        if (recording.Changes.Count == 0)
        {
            return;
        }

        recording.IsWriting = true;
        var tracker = context.ChangeTracker;
        var detects = tracker.AutoDetectChangesEnabled;
        // Nothing else has changed since the save that has just ended.
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var record in Describe(context, recording.Changes))
            {
                context.Add(mapper.ToEntity(record));
                Instruments.AuditRows.Add(1, new KeyValuePair<string, object?>("action", record.ActionText));
            }

            await context.SaveChangesAsync(cancellationToken);
            if (recording.Transaction is { } transaction)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
            recording.IsWriting = false;
        }
    }

    private IEnumerable<AuditRecord> Describe(DbContext context, IReadOnlyList<RecordedChange> changes)
    {
        var http = requests.HttpContext;
        var caller = http?.RequestServices.GetService<Caller>() ?? s_system;
        var now = StoredForm.Cut(clock.GetUtcNow().UtcDateTime, StoredForm.MicrosecondDigits);
        var userAgent = http?.Request.Headers.UserAgent is { Count: > 0 } header ? header.ToString() : null;
        var traceId = http is null ? null : Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        // Nothing can refer to a user who has just been deleted.
        var isGone = caller.Id is { } id
            && changes.Any(change => change.IsGone && change.Key == id && IsReferredTo(context, change.Type));
        foreach (var change in changes)
        {
            var (oldValues, newValues) = change.ReadValues();
            yield return new AuditRecord
            {
                Action = change.Action,
                Entity = change.Type.Name,
                Table = change.Type.Table,
                Key = change.Key,
                OldValues = oldValues,
                NewValues = newValues,
                UserId = isGone ? null : caller.Id,
                Actor = caller.Id ?? (caller.IsSystem ? "system" : "anonymous"),
                Role = caller.Role,
                Address = caller.Address,
                UserAgent = userAgent,
                TraceId = traceId,
                Time = now,
            };
        }
    }

    private static bool IsReferredTo(DbContext context, AuditedType type) => context.Model.GetEntityTypes()
        .Where(entity => entity.IsAuditLog())
        .SelectMany(entity => entity.GetForeignKeys())
        .Any(foreignKey => AuditedType.Of(foreignKey.PrincipalEntityType) == type);

    /// <summary>What one save of a context changes.</summary>
    private sealed class Recording
    {
        public List<RecordedChange> Changes { get; } = [];

        /// <summary>The transaction that was begun for the save, because the caller had none.</summary>
        public WriteTransaction? Transaction { get; set; }

        /// <summary>Whether the present save is that of the audit rows.</summary>
        public bool IsWriting { get; set; }

        public void Collect(DbContext context)
        {
            var tracker = context.ChangeTracker;
            var detects = tracker.AutoDetectChangesEnabled;
            // The interceptor before this one has seen to it that all changes are known.
            tracker.AutoDetectChangesEnabled = false;
            Changes.AddRange(tracker.Entries().Select(RecordedChange.Of).OfType<RecordedChange>());
            tracker.AutoDetectChangesEnabled = detects;
        }

        /// <summary>Forgets the changes, and undoes what was not committed.</summary>
        public async ValueTask EndAsync()
        {
            Changes.Clear();
            if (Transaction is { } transaction)
            {
                Transaction = null;
                await transaction.DisposeAsync();
            }
        }
    }
}
