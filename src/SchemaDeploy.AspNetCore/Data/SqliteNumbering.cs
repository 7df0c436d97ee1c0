using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Numbers rows where SQLite does not: it counts only a single whole number that is the primary key. Everywhere else
/// a new row gets the number behind the greatest, within the transaction that saves it; SQLite has one writer at a time.
/// </summary>
internal static class SqliteNumbering
{
    private const string Numbered = "SchemaDeploy:Numbered";

    /// <summary>Marks <paramref name="property"/> where the database should number it and SQLite cannot.</summary>
    public static void Adapt(IMutableProperty property)
    {
        var type = (IMutableEntityType)property.DeclaringType.ContainingEntityType;
        if (!property.IsIdentity() || (property.ClrType != typeof(decimal) && type.FindPrimaryKey()?.Properties is [var only] && only == property))
        {
            return;
        }

        property.SetAnnotation(Numbered, true);
        // The greatest number is asked for with every row.
        if (!type.GetKeys().Any(key => key.Properties[0] == property) && !type.GetIndexes().Any(index => index.Properties[0] == property))
        {
            type.AddIndex(property);
        }
    }

    /// <summary>Numbers the new rows among <paramref name="entries"/>.</summary>
    public static void Apply(DbContext context, IReadOnlyList<EntityEntry> entries)
    {
        var last = new Dictionary<IProperty, long>();
        foreach (var entry in entries.Where(entry => entry.State == EntityState.Added))
        {
            foreach (var metadata in entry.Metadata.GetProperties().Where(property => property.FindAnnotation(Numbered) is not null))
            {
                var property = entry.Property(metadata);
                if (IsUnset(property))
                {
                    var number = (last.TryGetValue(metadata, out var known) ? known : Greatest(context, metadata)) + 1;
                    last[metadata] = number;
                    property.CurrentValue = Convert.ChangeType(number, metadata.ClrType, CultureInfo.InvariantCulture);
                    property.IsTemporary = false;
                }
            }
        }
    }

    private static long Greatest(DbContext context, IProperty property)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var table = sql.DelimitIdentifier(property.DeclaringType.GetTableName()!);
        var column = sql.DelimitIdentifier(property.GetColumnName());
#pragma warning disable EF1002 // The names are the model's own and delimited.
        return context.Database
            .SqlQueryRaw<long>($"SELECT CAST(COALESCE(MAX({column}), 0) AS INTEGER) AS \"Value\" FROM {table}")
            .AsEnumerable()
            .Single();
#pragma warning restore EF1002
    }

    private static bool IsUnset(PropertyEntry property) =>
        property.IsTemporary || property.CurrentValue is null || property.CurrentValue.Equals(property.Metadata.Sentinel);
}
