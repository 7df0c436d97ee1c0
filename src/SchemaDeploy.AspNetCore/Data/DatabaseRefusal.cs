using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Says in the client's terms why the database refused a write.</summary>
internal static class DatabaseRefusal
{
    private static readonly string[] s_exists = ["exists already"];

    private enum Refusal
    {
        Other,
        Unique,
        ForeignKey,
        NotNull,
        Check,
        TooLong,
        Serialization,
        Busy,
    }

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

        if (exception.InnerException is not DbException cause)
        {
            return exception;
        }

        var refusal = Classify(cause);
        if (refusal is not (Refusal.Serialization or Refusal.Busy) && exception.Entries.Any(entry => entry.Metadata.IsAuditLog()))
        {
            // What the audit log does not take is no fault of the client's.
            return exception;
        }

        var position = PositionOf(exception, batch);
        var prefix = position is { } index ? Validator.PrefixOf(index) : "";
        return refusal switch
        {
            Refusal.Unique => ExplainUnique(exception, cause, prefix, position, now),
            Refusal.ForeignKey => await BrokenReference.ExplainAsync(database, exception, prefix, cancellationToken),
            Refusal.Check or Refusal.NotNull => new ApiException(422, "A rule of the database refuses the row: " + ConstraintIn(cause) + "."),
            Refusal.TooLong => new ApiException(422, "A value of the row is longer than its column."),
            Refusal.Serialization => new ApiException(412, "The row was changed by someone else in the meantime. Read it again."),
            Refusal.Busy => Busy(),
            _ => exception,
        };
    }

    /// <summary>The problem of a database that is too busy at the moment, or null where <paramref name="exception"/> is something else.</summary>
    public static ApiException? FindBusy(Exception exception) =>
        (exception as DbException ?? exception.InnerException as DbException) is { } cause && Classify(cause) == Refusal.Busy ? Busy() : null;

    private static ApiException Busy() =>
        new(503, "The database is busy. Try again.") { RetryAfter = TimeSpan.FromSeconds(1) };

    // SQLite has extended result codes; the other databases speak SQLSTATE, and SQL Server just numbers.
    private static Refusal Classify(DbException cause) => cause switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode switch
        {
            1555 or 2067 or 2579 => Refusal.Unique,
            787 or 1811 => Refusal.ForeignKey,
            1299 => Refusal.NotNull,
            275 => Refusal.Check,
            _ => sqlite.SqliteErrorCode is 5 or 6 ? Refusal.Busy : Refusal.Other,
        },
        { SqlState: { } state } => state switch
        {
            "23505" => Refusal.Unique,
            "23503" or "23001" => Refusal.ForeignKey,
            "23502" => Refusal.NotNull,
            "23514" => Refusal.Check,
            "22001" => Refusal.TooLong,
            "40001" or "40P01" => Refusal.Serialization,
            "53300" or "57P03" => Refusal.Busy,
            // MySQL gives every broken constraint one state.
            "23000" => ClassifyMySql(cause.Message),
            _ => Refusal.Other,
        },
        _ => Refusal.Other,
    };

    private static Refusal ClassifyMySql(string message) =>
        message.StartsWith("Duplicate entry", StringComparison.OrdinalIgnoreCase) ? Refusal.Unique
        : message.Contains("foreign key constraint fails", StringComparison.OrdinalIgnoreCase) ? Refusal.ForeignKey
        : message.Contains("cannot be null", StringComparison.OrdinalIgnoreCase) ? Refusal.NotNull
        : Refusal.Other;

    private static ApiException ExplainUnique(DbUpdateException exception, DbException cause, string prefix, int? position, DateTime now)
    {
        foreach (var entry in exception.Entries)
        {
            if (ViolatedKey.Find(entry.Metadata, cause.Message) is not { } key)
            {
                continue;
            }

            if (key.FindTimeWindow() is var (property, window)
                && entry.Property(property.Name).CurrentValue is DateTime start
                && DateTime.SpecifyKind(start, DateTimeKind.Utc) == window.StartOf(now))
            {
                return DuplicateCheck.Refusal(window.UntilNext(now), position);
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

    private static int? PositionOf(DbUpdateException exception, IReadOnlyList<object>? batch)
    {
        if (batch is null || exception.Entries is not [var entry])
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

    // SQLite: "… constraint failed: name'."; the others put the name in quotes or ticks.
    private static string ConstraintIn(DbException cause)
    {
        var message = cause.Message;
        const string Sqlite = "constraint failed: ";
        if (message.IndexOf(Sqlite, StringComparison.Ordinal) is >= 0 and var at)
        {
            return message[(at + Sqlite.Length)..].TrimEnd('.', '\'');
        }

        var parts = message.Split(['\'', '"', '`']);
        return parts.Length >= 3 ? parts[^2] : "a constraint";
    }
}
