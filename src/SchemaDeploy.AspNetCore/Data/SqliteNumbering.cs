using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Numbers rows where SQLite does not: it counts only a single whole number that is the primary key, from 1 in steps of
/// 1. Everywhere else a new row gets the number behind the last one, within the transaction that saves it; SQLite has one
/// writer at a time. Where SQLite counts too, that one may have been deleted: its number is not given again.
/// </summary>
internal static class SqliteNumbering
{
    private const string Numbered = "SchemaDeploy:Numbered";

    /// <summary>Marks <paramref name="property"/> where the database should number it and SQLite cannot.</summary>
    public static void Adapt(IMutableProperty property)
    {
        var type = (IMutableEntityType)property.DeclaringType.ContainingEntityType;
        if (!property.IsIdentity() || (property.Numbering() == Numbering.Usual && IsCounted(property)))
        {
            return;
        }

        property.SetAnnotation(Numbered, true);
        // The last number is asked for with every row.
        if (!type.GetKeys().Any(key => key.Properties[0] == property) && !type.GetIndexes().Any(index => index.Properties[0] == property))
        {
            type.AddIndex(property);
        }
    }

    /// <summary>Whether <paramref name="property"/> is numbered here.</summary>
    public static bool Numbers(IReadOnlyAnnotatable property) => property.FindAnnotation(Numbered) is not null;

    /// <summary>Numbers the new rows among <paramref name="entries"/>.</summary>
    public static void Apply(DbContext context, IReadOnlyList<EntityEntry> entries)
    {
        var last = new Dictionary<IProperty, long>();
        foreach (var entry in entries.Where(entry => entry.State == EntityState.Added))
        {
            foreach (var metadata in entry.Metadata.GetProperties().Where(Numbers))
            {
                var property = entry.Property(metadata);
                if (IsUnset(property))
                {
                    var numbering = metadata.Numbering();
                    var number = (last.TryGetValue(metadata, out var known) ? known : Last(context, metadata, numbering)) + numbering.Step;
                    // Entity Framework takes 0 for no number.
                    number += number == 0 ? numbering.Step : 0;
                    last[metadata] = number;
                    property.CurrentValue = Convert.ChangeType(number, metadata.ClrType, CultureInfo.InvariantCulture);
                    property.IsTemporary = false;
                }
            }
        }
    }

    // Numbers that rows were given before the count's start do not hold it up.
    private static long Last(DbContext context, IProperty property, Numbering numbering)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var name = property.DeclaringType.GetTableName()!;
        var table = sql.DelimitIdentifier(name);
        var column = sql.DelimitIdentifier(property.GetColumnName());
        var (greatest, greater) = numbering.Step < 0 ? ("MIN", "<") : ("MAX", ">");
        var before = numbering.Start - numbering.Step;
        // SQLite keeps the greatest number that a table has ever had.
        var counted = numbering.Step > 0 && IsCounted(property) ? " UNION ALL SELECT seq FROM sqlite_sequence WHERE name = {1} AND seq > {0}" : "";
#pragma warning disable EF1002 // The names are the model's own and delimited.
        return context.Database
            .SqlQueryRaw<long>(
                $"SELECT CAST(COALESCE({greatest}(number), {{0}}) AS INTEGER) AS \"Value\" FROM (SELECT {greatest}({column}) AS number FROM {table} WHERE {column} {greater} {{0}}{counted})",
                before, name)
            .AsEnumerable()
            .Single();
#pragma warning restore EF1002
    }

    // A whole number that is the primary key by itself.
    private static bool IsCounted(IReadOnlyProperty property) =>
        property.ClrType != typeof(decimal) && property.DeclaringType.ContainingEntityType.FindPrimaryKey()?.Properties is [var only] && only == property;

    private static bool IsUnset(PropertyEntry property) =>
        property.IsTemporary || property.CurrentValue is null || property.CurrentValue.Equals(property.Metadata.Sentinel);
}
