using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Says in the client's terms why the database refused a write.</summary>
internal static class DatabaseRefusal
{
    private static readonly string[] s_exists = ["exists already"];

    // From the refusal of a row to the question why, on a busy machine.
    private static readonly TimeSpan s_explanationTime = TimeSpan.FromSeconds(10);

    /// <summary>The problem that <paramref name="exception"/> is for the client, or itself where it is none of the client's.</summary>
    /// <param name="database">The context whose save failed, its transaction rolled back.</param>
    /// <param name="exception">What the save threw.</param>
    /// <param name="batch">The entities of a batch, whose fields are named <c>[index].field</c>; null for a single row.</param>
    /// <param name="now">The present time.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static async Task<Exception> ExplainAsync(
        DbContext database, DbUpdateException exception, IReadOnlyList<object>? batch, DateTime now, CancellationToken cancellationToken)
    {
        if (exception is DbUpdateConcurrencyException)
        {
            return new ApiException(412, "The row was changed or deleted by someone else in the meantime. Read it again.");
        }

        if (DatabaseError.Find(exception) is not { } error)
        {
            return exception;
        }

        // A row and its record may have been one batch, of which not every database says what it refused.
        var records = exception.Entries.Where(entry => entry.Metadata.IsAuditLog()).ToList();
        var rows = records.Count == 0 ? exception.Entries : [.. exception.Entries.Except(records)];
        var isOfRecord = records.Count > 0 && (rows.Count == 0 || records.Exists(record => record.Metadata.GetTableName() == error.Table));
        if (isOfRecord && error.Kind is not (DatabaseErrorKind.Conflict or DatabaseErrorKind.Busy or DatabaseErrorKind.ForeignKey))
        {
            // What the audit log does not take is no fault of the client's.
            return exception;
        }

        var position = PositionOf(rows, batch);
        var prefix = position is { } index ? Validator.PrefixOf(index) : "";
        return error.Kind switch
        {
            DatabaseErrorKind.Unique => ExplainUnique(rows, error, prefix, position, now),
            // The audit log may also be what refers to a row that is deleted.
            DatabaseErrorKind.ForeignKey =>
                (Exception?)await BrokenReference.ExplainAsync(database, rows.Count > 0 ? rows : ChangedRows(database), prefix, cancellationToken) ?? (isOfRecord ? exception : BrokenReference.Unexplained),
            DatabaseErrorKind.Check or DatabaseErrorKind.NotNull =>
                new ApiException(422, $"A rule of the database refuses the row: {error.Name ?? "a constraint"}.") { Reason = RefusalReason.Rule },
            DatabaseErrorKind.TooLong => new ApiException(422, "A value of the row is longer than the database can hold there."),
            DatabaseErrorKind.OutOfRange => new ApiException(422, "A number or time of the row is beyond what the database can hold there."),
            _ => exception,
        };
    }

    /// <summary>The problem of a database that is too busy at the moment, or null where <paramref name="exception"/> is something else.</summary>
    public static ApiException? FindBusy(Exception exception) =>
        DatabaseError.Find(exception)?.Kind is DatabaseErrorKind.Busy or DatabaseErrorKind.Conflict
            ? new(503, "The database is busy. Try again.") { RetryAfter = TimeSpan.FromSeconds(1) }
            : null;

    private static ApiException ExplainUnique(IReadOnlyList<EntityEntry> rows, DatabaseError error, string prefix, int? position, DateTime now)
    {
        foreach (var entry in rows)
        {
            if (ViolatedKey.Find(entry.Metadata, error.Name) is not { } key)
            {
                continue;
            }

            if (key.FindTimeWindow() is var (property, window)
                && entry.Property(property.Name).CurrentValue is DateTime start
                && DateTime.SpecifyKind(start, DateTimeKind.Utc) >= window.StartOf(now - s_explanationTime))
            {
                // Where the window has ended since the row was refused, the same may be tried at once.
                return DuplicateCheck.Refusal(
                    DateTime.SpecifyKind(start, DateTimeKind.Utc) == window.StartOf(now) ? window.UntilNext(now) : TimeSpan.Zero, position);
            }

            var duplicates = key.FindDuplicateWindow(entry.Metadata);
            if (duplicates is not null && entry.State == EntityState.Added)
            {
                // At the same time as another: a whole window lies ahead.
                return DuplicateCheck.Refusal(duplicates.Length, position);
            }

            var fields = (duplicates?.Properties.Select(name => entry.Property(name).Metadata) ?? key.Properties)
                .Select(property => property.FindTimeWindow() is { } window ? entry.Property(window.Source).Metadata : property)
                .Select(property => property.JsonName())
                .ToArray();
            return new ApiException(
                409,
                $"A row with this {string.Join(", ", fields)} exists already.",
                fields.Distinct().ToDictionary(field => prefix + field, _ => s_exists));
        }

        return new ApiException(409, "A row with these values exists already.");
    }

    // From MySQL the error of a statement comes behind the result of the one before it, which EF Core blames: it may be the record's.
    private static List<EntityEntry> ChangedRows(DbContext database) =>
        [.. database.ChangeTracker.Entries().Where(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached) && !entry.Metadata.IsAuditLog())];

    private static int? PositionOf(IReadOnlyList<EntityEntry> rows, IReadOnlyList<object>? batch)
    {
        if (batch is null || rows is not [var entry])
        {
            return null;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            if (ReferenceEquals(batch[i], entry.Entity))
            {
                return i;
            }
        }

        return null;
    }
}
