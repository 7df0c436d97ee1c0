using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Says in the client's terms why the database refused a write.</summary>
internal static class DatabaseRefusal
{
    public static async Task<Exception> ExplainAsync(DbContext database, DbUpdateException exception, CancellationToken cancellationToken)
    {
        if (exception is DbUpdateConcurrencyException)
        {
            return new ApiException(412, "The row was changed or deleted by someone else in the meantime. Read it again.");
        }

        return exception.InnerException is DbException cause
            ? Classify(cause) switch
            {
                Refusal.Unique => ExplainUnique(exception, cause),
                Refusal.ForeignKey => await ExplainForeignKeyAsync(database, exception, cancellationToken),
                Refusal.Check or Refusal.NotNull => new ApiException(422, "A rule of the database refuses the row: " + ConstraintIn(cause) + "."),
                Refusal.Serialization => new ApiException(412, "The row was changed by someone else in the meantime. Read it again."),
                _ => exception,
            }
            : exception;
    }

    private static readonly string[] s_exists = ["exists already"];

    private enum Refusal
    {
        Other,
        Unique,
        ForeignKey,
        NotNull,
        Check,
        Serialization,
    }

    // SQLite has extended result codes; the other databases speak SQLSTATE.
    private static Refusal Classify(DbException cause) => cause is SqliteException sqlite
        ? sqlite.SqliteExtendedErrorCode switch
        {
            1555 or 2067 or 2579 => Refusal.Unique,
            787 or 1811 => Refusal.ForeignKey,
            1299 => Refusal.NotNull,
            275 => Refusal.Check,
            _ => Refusal.Other,
        }
        : cause.SqlState switch
        {
            "23505" => Refusal.Unique,
            "23503" or "23001" => Refusal.ForeignKey,
            "23502" => Refusal.NotNull,
            "23514" => Refusal.Check,
            "40001" or "40P01" => Refusal.Serialization,
            _ => Refusal.Other,
        };

    private static ApiException ExplainUnique(DbUpdateException exception, DbException cause)
    {
        var entry = exception.Entries is [var first, ..] ? first : null;
        var index = entry is null ? null : FindViolated(entry.Metadata, cause.Message);
        if (entry is null || index is null)
        {
            return new ApiException(409, "A row with these values exists already.");
        }

        if (index.FindTimeWindow() is { } window)
        {
            return new ApiException(429, "The same was created a moment ago: this is taken for a duplicate.")
            {
                RetryAfter = window.UntilNext(DateTime.UtcNow),
            };
        }

        var fields = index.Properties.Select(property => property.JsonName()).ToArray();
        return new ApiException(
            409,
            $"A row with this {string.Join(", ", fields)} exists already.",
            fields.ToDictionary(field => field, _ => s_exists));
    }

    // SQLite names the columns ("table.a, table.b"), the others the constraint.
    private static IndexOrKey? FindViolated(IEntityType type, string message)
    {
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        var candidates = type.GetIndexes().Where(index => index.IsUnique).Select(index => new IndexOrKey(index.GetDatabaseName(), index.Properties))
            .Concat(type.GetKeys().Select(key => new IndexOrKey(key.GetName(), key.Properties)));
        return candidates.FirstOrDefault(candidate =>
            (candidate.Name is { } name && message.Contains(name, StringComparison.Ordinal))
            || message.Contains(
                "'" + string.Join(", ", candidate.Properties.Select(property => $"{table.Name}.{property.GetColumnName(table)}")) + "'",
                StringComparison.Ordinal));
    }

    private static async Task<ApiException> ExplainForeignKeyAsync(
        DbContext database, DbUpdateException exception, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var entry in exception.Entries.Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var foreignKey in entry.Metadata.GetForeignKeys())
            {
                if (await IsBrokenAsync(database, entry, foreignKey, cancellationToken))
                {
                    foreach (var property in foreignKey.Properties)
                    {
                        errors[property.JsonName()] = [$"refers to a row of {foreignKey.PrincipalEntityType.GetTableName()} that does not exist"];
                    }
                }
            }
        }

        return errors.Count > 0
            ? new ApiException(422, "The row refers to a row that does not exist.", errors)
            : exception.Entries.Any(entry => entry.State == EntityState.Deleted)
                ? new ApiException(409, "Other rows refer to this one, so it cannot be deleted.")
                : new ApiException(422, "The row refers to a row that does not exist, or other rows refer to its old key.");
    }

    private static async Task<bool> IsBrokenAsync(
        DbContext database, EntityEntry entry, IForeignKey foreignKey, CancellationToken cancellationToken)
    {
        var values = foreignKey.Properties.Select(property => entry.Property(property.Name).CurrentValue).ToArray();
        return !values.Contains(null)
            && foreignKey.PrincipalKey.IsPrimaryKey()
            && await database.FindAsync(foreignKey.PrincipalEntityType.ClrType, values, cancellationToken) is null;
    }

    private static string ConstraintIn(DbException cause)
    {
        var message = cause.Message;
        var (start, end) = (message.IndexOf('\'', StringComparison.Ordinal), message.LastIndexOf('\''));
        return start >= 0 && end > start ? message[(start + 1)..end] : message;
    }

    private sealed record IndexOrKey(string? Name, IReadOnlyList<IProperty> Properties)
    {
        public TimeWindow? FindTimeWindow() =>
            Properties.Select(property => property.FindTimeWindow()).FirstOrDefault(window => window is not null);
    }
}
