using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>
/// Looks up whether the same was created a moment ago. It tells the client early and exactly when to try again; what
/// slips through between two requests at the same time, the unique indexes of the window refuse.
/// </summary>
internal static class DuplicateCheck
{
    /// <summary>Refuses new rows that are duplicates of others, or of each other.</summary>
    /// <exception cref="ApiException">429.</exception>
    public static async Task ThrowIfRepeatedAsync<TEntity>(
        DbContext database, IReadOnlyList<TEntity> rows, bool isBatch, CancellationToken cancellationToken)
        where TEntity : class
    {
        foreach (var window in DuplicateWindow.Of(database.Model.FindEntityType(typeof(TEntity))!))
        {
            var now = database.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
            var positions = new Dictionary<Guid, int>(rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var entry = database.Entry(rows[i]);
                ServerValueInterceptor.SetValues(entry, now);
                if (!positions.TryAdd(window.Fingerprint(entry), i))
                {
                    throw Refusal(window.Length, i);
                }
            }

            if (await FindAsync<TEntity>(database, window, [.. positions.Keys], now - window.Length, cancellationToken) is { Key: { } key, Time: { } time })
            {
                throw Refusal(time + window.Length - now, isBatch ? positions[key] : null);
            }
        }
    }

    /// <summary>The answer to a duplicate.</summary>
    /// <param name="remaining">How long the same is still refused.</param>
    /// <param name="position">The place of the row in its batch; null where it is alone.</param>
    public static ApiException Refusal(TimeSpan remaining, int? position)
    {
        const string message = "The same was created a moment ago: this is taken for a duplicate.";
        Dictionary<string, string[]> errors = Refusals.NameOf(position, null) is { } name ? new() { [name] = [message] } : [];
        return new ApiException(429, message, errors) { RetryAfter = remaining, Reason = RefusalReason.DuplicateRow };
    }

    // The latest of the rows that one of the new ones repeats.
    private static Task<Earlier?> FindAsync<TEntity>(
        DbContext database, DuplicateWindow window, List<Guid?> keys, DateTime since, CancellationToken cancellationToken)
        where TEntity : class
    {
        // A query names a property by its exact type.
        var isNullable = database.Model.FindEntityType(typeof(TEntity))!.FindProperty(window.Time)!.ClrType == typeof(DateTime?);
        Expression<Func<TEntity, Earlier>> toEarlier = isNullable
            ? row => new Earlier { Key = EF.Property<Guid?>(row, window.Key), Time = EF.Property<DateTime?>(row, window.Time) }
            : row => new Earlier { Key = EF.Property<Guid?>(row, window.Key), Time = EF.Property<DateTime>(row, window.Time) };
        return database.Set<TEntity>()
            .IgnoreQueryFilters()
            .Select(toEarlier)
            .Where(earlier => keys.Contains(earlier.Key) && earlier.Time > since)
            .OrderByDescending(earlier => earlier.Time)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private sealed class Earlier
    {
        public Guid? Key { get; init; }

        public DateTime? Time { get; init; }
    }
}
