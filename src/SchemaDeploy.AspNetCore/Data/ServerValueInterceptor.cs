using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Guardians;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Sets what the server keeps (creation and change times, versions, time windows) on every save, whoever calls it, so
/// that code of the application's own keeps them too.
/// </summary>
internal sealed class ServerValueInterceptor(TimeProvider clock) : SaveChangesInterceptor
{
    private const int RowVersionBytes = 8;

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

        var entries = context.ChangeTracker.Entries().ToList();
        if (context.IsSqlite())
        {
            SqliteNumbering.Apply(context, entries);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var entry in entries)
        {
            SoftDeletion.Apply(entry, now);
            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                SetValues(entry, now);
                SetTimeWindows(entry);
                DuplicateWindow.Apply(entry);
            }
            else if (entry.State == EntityState.Unchanged)
            {
                // 3.5 written over 3.50 is no change, but would be shown.
                StoredForm.Apply(entry);
            }
        }

        // Keys come last: they may be computed from what was set just now.
        ComputedKeys.Apply(context, entries);
    }

    /// <summary>Sets the values that need nothing but the row; those of a row that is not changed stay.</summary>
    internal static void SetValues(EntityEntry entry, DateTime now)
    {
        if (entry.State is not (EntityState.Added or EntityState.Modified))
        {
            return;
        }

        var isNew = entry.State == EntityState.Added;
        var kept = ServerProperties.Of(entry.Metadata);
        foreach (var metadata in kept.Times)
        {
            var property = entry.Property(metadata);
            if (metadata.IsNowOnUpdate() || (isNew && IsUnset(metadata, property.CurrentValue)))
            {
                property.CurrentValue = Convert(now, metadata);
            }
        }

        foreach (var metadata in kept.Versions)
        {
            var property = entry.Property(metadata);
            property.CurrentValue = NextVersion(metadata, isNew ? null : property.OriginalValue);
        }

        StoredForm.Apply(entry);
    }

    /// <summary>Sets what nobody has set of a new row that is not tracked.</summary>
    internal static void SetValues(IEntityType type, object row, DateTime now)
    {
        var kept = ServerProperties.Of(type);
        foreach (var property in kept.Times.Where(property => IsUnset(property, property.GetGetter().GetClrValue(row))))
        {
            property.PropertyInfo?.SetValue(row, Convert(now, property));
        }

        foreach (var property in kept.Versions)
        {
            property.PropertyInfo?.SetValue(row, NextVersion(property, null));
        }
    }

    // Windows come last: their sources may have been set just now.
    private static void SetTimeWindows(EntityEntry entry)
    {
        foreach (var property in ServerProperties.Of(entry.Metadata).Windows)
        {
            var window = property.FindTimeWindow()!;
            entry.Property(property).CurrentValue = entry.Property(window.Source).CurrentValue switch
            {
                DateTime time => window.StartOf(time),
                DateTimeOffset time => window.StartOf(time.UtcDateTime),
                _ => null,
            };
        }
    }

    private static object NextVersion(IProperty property, object? present)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type == typeof(byte[]) ? RandomNumberGenerator.GetBytes(RowVersionBytes)
            : type == typeof(Guid) ? Guid.NewGuid()
            : System.Convert.ChangeType(System.Convert.ToInt64(present, CultureInfo.InvariantCulture) + 1, type, CultureInfo.InvariantCulture);
    }

    private static bool IsUnset(IProperty property, object? value) => value is null || value.Equals(property.Sentinel);

    /// <summary>The version of a row that nobody has changed; of rows that come with the schema it is the same everywhere.</summary>
    internal static object FirstVersion(IProperty property) =>
        property.ValueType() == typeof(byte[]) ? new byte[RowVersionBytes]
        : property.ValueType() == typeof(Guid) ? Guid.Empty
        : NextVersion(property, null);

    /// <summary><paramref name="now"/> as a value of the property.</summary>
    internal static object Convert(DateTime now, IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var time = StoredForm.Cut(now, property.GetPrecision() ?? StoredForm.MicrosecondDigits);
        return type == typeof(DateOnly) ? DateOnly.FromDateTime(time)
            : type == typeof(TimeOnly) ? TimeOnly.FromDateTime(time)
            : type == typeof(DateTimeOffset) ? (object)new DateTimeOffset(time)
            : time;
    }
}
