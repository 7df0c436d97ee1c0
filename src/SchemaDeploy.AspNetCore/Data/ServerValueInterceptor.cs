using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Sets what the server keeps (creation and change times, versions, time windows) on every save, whoever calls it, so
/// that code of the application's own keeps them too.
/// </summary>
internal sealed class ServerValueInterceptor(TimeProvider clock) : SaveChangesInterceptor
{
    // The finest step that every database stores.
    private const int MicrosecondDigits = 6;

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        SetValues(eventData.Context);
        return base.SavingChanges(eventData, result);
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        SetValues(eventData.Context);
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    private void SetValues(DbContext? context)
    {
        if (context is null)
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                SetValues(entry, now);
            }
        }
    }

    private static void SetValues(EntityEntry entry, DateTime now)
    {
        var isNew = entry.State == EntityState.Added;
        foreach (var property in entry.Properties)
        {
            var metadata = property.Metadata;
            if (metadata.IsNowOnUpdate() || (isNew && metadata.IsNowOnCreate() && IsUnset(property)))
            {
                property.CurrentValue = Convert(now, metadata);
            }
            else if (metadata.IsIncremented())
            {
                var next = isNew ? 1L : System.Convert.ToInt64(property.OriginalValue, CultureInfo.InvariantCulture) + 1;
                property.CurrentValue = System.Convert.ChangeType(
                    next, Nullable.GetUnderlyingType(metadata.ClrType) ?? metadata.ClrType, CultureInfo.InvariantCulture);
            }
        }

        // Windows come last: their sources may have been set just now.
        foreach (var property in entry.Properties)
        {
            if (property.Metadata.FindTimeWindow() is { } window)
            {
                property.CurrentValue = entry.Property(window.Source).CurrentValue is DateTime time ? window.StartOf(time) : null;
            }
        }
    }

    private static bool IsUnset(PropertyEntry property) =>
        property.CurrentValue is null || property.CurrentValue.Equals(property.Metadata.Sentinel);

    private static object Convert(DateTime now, IProperty property) =>
        (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateOnly)
            ? DateOnly.FromDateTime(now)
            : Cut(now, property.GetPrecision() ?? MicrosecondDigits);

    // To what the column stores: a finer time would differ between the answer and the next read.
    private static DateTime Cut(DateTime time, int digits)
    {
        var step = TimeSpan.TicksPerSecond;
        for (var i = 0; i < Math.Min(digits, MicrosecondDigits); i++)
        {
            step /= 10;
        }

        return time.AddTicks(-(time.Ticks % step));
    }
}
