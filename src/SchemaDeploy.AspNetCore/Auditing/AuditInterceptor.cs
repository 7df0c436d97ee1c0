using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// Writes a row of the audit log for every row that a save creates, changes or deletes, whoever saves: services, hooks,
/// code of the application's own. Both are one transaction, the caller's or one of its own. Where all that is to be written is
/// known before the save, they are one save too; keys and columns that the database gives take a second one.
/// </summary>
internal sealed class AuditInterceptor(IAuditMapper mapper, IHttpContextAccessor requests, TimeProvider clock, NumberBlocks numbers)
    : SaveChangesInterceptor
{
    private static readonly Caller s_system = new();

    // Contexts are pooled, and interceptors serve all of them.
    private readonly ConditionalWeakTable<DbContext, Recording> _recordings = [];

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!result.HasResult && eventData.Context is { } context && _recordings.GetOrCreateValue(context) is { IsWriting: false } recording)
        {
            await recording.EndAsync(context);
            recording.Collect(context);
            if (recording.Changes.Count > 0 && await PrepareAsync(context, recording, cancellationToken))
            {
                recording.Changes.Clear();
                return InterceptionResult<int>.SuppressWithResult(1);
            }
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && _recordings.GetOrCreateValue(context) is { IsWriting: false } recording)
        {
            // Whoever saves counts rows of their own.
            var own = result - recording.Records.Count;
            try
            {
                await WriteAsync(context, recording, cancellationToken);
                recording.Count();
                return own;
            }
            finally
            {
                await recording.EndAsync(context);
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
            await recording.EndAsync(context);
        }
    }

    // Tells whether the row and its record are written already, and nothing is left to save.
    private async Task<bool> PrepareAsync(DbContext context, Recording recording, CancellationToken cancellationToken)
    {
        await NumberAsync(context, recording.Changes, cancellationToken);
        if (await TryInsertAsync(context, recording, cancellationToken))
        {
            return true;
        }

        // SQLite takes statements one by one, and gives the number of a record that it has undone once more, which EF Core does not
        // expect of whoever saves again.
        if (!context.IsSqlite() && recording.Changes.TrueForAll(change => change.IsKnown))
        {
            Add(context, recording, Map(context, recording.Changes));
        }
        else if (context.Database.CurrentTransaction is null)
        {
            recording.Transaction = await WriteTransaction.BeginAsync(context, serializable: false, cancellationToken);
        }

        return false;
    }

    // A row that has its number before the save is known as a whole. Of several rows that are one batch no database would say any
    // more which it refuses: it is the answers to their numbers that tell.
    private async Task NumberAsync(DbContext context, List<RecordedChange> changes, CancellationToken cancellationToken)
    {
        if (context.IsPostgreSql()
            && changes is [{ Unnumbered: { } key } change]
            && await numbers.TakeAsync(context, key, cancellationToken) is { } number)
        {
            change.Number(key, number);
        }
    }

    // The row that is all that a save writes goes to the database together with its record.
    private async ValueTask<bool> TryInsertAsync(DbContext context, Recording recording, CancellationToken cancellationToken)
    {
        if (recording.Changes is not [{ Action: AuditAction.Create } change]
            || context.Database.CurrentTransaction is not null
            || !OneSave.IsPlain(context)
            || !recording.IsAll(context)
            || RecordedInsert.Of(context, change.Entry.Metadata) is not { } insert)
        {
            return false;
        }

        var row = new NewRow(change, () => Map(context, recording.Changes)[0]);
        if (!insert.Accepts(row))
        {
            return false;
        }

        try
        {
            if (SharedInsert.Find(context, insert) is not { } shared || !await shared.TryWriteAsync(row))
            {
                await insert.ExecuteAsync(context, [row], cancellationToken);
            }
        }
        catch (DbException exception)
        {
            // As EF Core does it.
            var failure = new DbUpdateException("A row and its record of the audit log could not be written.", exception, row.Refused(context));
            row.Reset();
            await context.GetService<IDiagnosticsLogger<DbLoggerCategory.Update>>().SaveChangesFailedAsync(context, failure, cancellationToken);
            throw failure;
        }
        catch (Exception)
        {
            row.Reset();
            throw;
        }

        row.Accept();
        Instruments.CountRecord(row.Action!);
        return true;
    }

    private static TableInsert? FindInsert(DbContext context, object record) =>
        context.Model.FindEntityType(record.GetType()) is { } type
        && TableInsert.OfObjects(context, type) is { } insert
        && insert.Fits(record)
            ? insert
            : null;

    private List<(object Entity, string Action)> Map(DbContext context, List<RecordedChange> changes)
    {
        var records = new List<(object Entity, string Action)>(changes.Count);
        foreach (var record in Describe(context, changes))
        {
            var entity = mapper.ToEntity(record);
            // What the server keeps of the rows themselves has been set before.
            if (context.Model.FindEntityType(entity.GetType()) is { } type)
            {
                ServerValueInterceptor.SetValues(type, entity, record.Time);
            }

            records.Add((entity, record.ActionText));
        }

        return records;
    }

    private static void Add(DbContext context, Recording recording, List<(object Entity, string Action)> records)
    {
        foreach (var (record, action) in records)
        {
            recording.Records.Add((context.Add(record), action));
        }
    }

    private async Task WriteAsync(DbContext context, Recording recording, CancellationToken cancellationToken)
    {
        if (recording.Changes.Count == 0 || recording.Records.Count > 0)
        {
            return;
        }

        var records = Map(context, recording.Changes);
        var isWritten = await TryWriteAsync(context, records, cancellationToken);
        if (!isWritten)
        {
            await SaveAsync(context, recording, records, cancellationToken);
        }

        if (recording.Transaction is { } transaction)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        if (isWritten)
        {
            Instruments.CountRecord(records[0].Action);
        }
    }

    // The record that is all there is to write needs no save, where no code of the application's own takes part in saves.
    private static async Task<bool> TryWriteAsync(DbContext context, List<(object Entity, string Action)> records, CancellationToken cancellationToken)
    {
        if (records is not [var (record, _)] || context.IsSqlServer() || !OneSave.IsPlain(context) || FindInsert(context, record) is not { } insert)
        {
            return false;
        }

        try
        {
            await insert.WriteAsync(context, insert.Read(record), cancellationToken);
            return true;
        }
        catch (DbException exception)
        {
            throw new DbUpdateException("A record of the audit log could not be written.", exception, [context.Entry(record)]);
        }
    }

    private static async Task SaveAsync(
        DbContext context, Recording recording, List<(object Entity, string Action)> records, CancellationToken cancellationToken)
    {
        recording.IsWriting = true;
        var tracker = context.ChangeTracker;
        var detects = tracker.AutoDetectChangesEnabled;
        // Nothing else has changed since the save that has just ended.
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            Add(context, recording, records);
            await context.SaveChangesAsync(cancellationToken);
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
}
