using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Finds which foreign key a write broke: databases say little about it, and SQLite nothing.</summary>
internal static class BrokenReference
{
    private static readonly MethodInfo s_exists = typeof(BrokenReference).GetMethod(nameof(AnyAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private const string MissingRow = "The row refers to a row that does not exist.";

    /// <summary>The answer where what <paramref name="fields"/> refer to is not there, or not for the caller.</summary>
    public static ApiException Refusal(IEnumerable<string> fields, string? table) =>
        new(422, MissingRow, fields.ToDictionary(field => field, _ => Missing(table), StringComparer.Ordinal));

    /// <summary>The answer where the rows are as they should be by the time that they are looked at.</summary>
    public static ApiException Unexplained => new(409, "The row refers to a row that does not exist, or other rows refer to this one.");

    /// <summary>The answer for rows that were refused; null where nothing is found that is missing or refers to them.</summary>
    public static async Task<ApiException?> ExplainAsync(
        DbContext database, IReadOnlyList<EntityEntry> rows, string prefix, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var entry in rows.Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var reference in KeptReference.From(entry.Metadata))
            {
                var values = ValuesOf(entry, reference.Properties);
                if (!values.Contains(null) && !await ExistsAsync(database, reference.Target, reference.TargetProperties, values, cancellationToken))
                {
                    foreach (var property in reference.Properties)
                    {
                        errors[prefix + property.JsonName()] = Missing(reference.Target.GetTableName());
                    }
                }
            }
        }

        if (errors.Count > 0)
        {
            return new ApiException(422, MissingRow, errors);
        }

        var referring = await FindReferringAsync(database, rows, cancellationToken);
        return referring.Count > 0
            ? new ApiException(409, $"Rows of {string.Join(", ", referring)} refer to this one.")
            : null;
    }

    private static async Task<List<string>> FindReferringAsync(
        DbContext database, IReadOnlyList<EntityEntry> entries, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        foreach (var entry in entries.Where(entry => entry.State is EntityState.Deleted or EntityState.Modified))
        {
            foreach (var reference in KeptReference.To(entry.Metadata))
            {
                var values = reference.TargetProperties.Select(property => entry.Property(property.Name).OriginalValue).ToArray();
                if (reference.Source.GetTableName() is { } table
                    && !tables.Contains(table)
                    && !values.Contains(null)
                    && await ExistsAsync(database, reference.Source, reference.Properties, values, cancellationToken))
                {
                    tables.Add(table);
                }
            }
        }

        return tables;
    }

    private static object?[] ValuesOf(EntityEntry entry, IReadOnlyList<IProperty> properties) =>
        [.. properties.Select(property => entry.Property(property.Name).CurrentValue)];

    private static Task<bool> ExistsAsync(
        DbContext database, IEntityType type, IReadOnlyList<IProperty> properties, object?[] values, CancellationToken cancellationToken) =>
        (Task<bool>)s_exists.MakeGenericMethod(type.ClrType).Invoke(null, [database, properties, values, cancellationToken])!;

    private static Task<bool> AnyAsync<TEntity>(
        DbContext database, IReadOnlyList<IProperty> properties, object?[] values, CancellationToken cancellationToken)
        where TEntity : class
    {
        var row = Expression.Parameter(typeof(TEntity), "row");
        var condition = properties
            .Select((property, i) => IsEqual(Expression.Call(typeof(EF), nameof(EF.Property), [property.ClrType], row, Expression.Constant(property.Name)), property, values[i]!))
            .Aggregate(Expression.AndAlso);
        return database.Set<TEntity>().IgnoreQueryFilters().AnyAsync(Expression.Lambda<Func<TEntity, bool>>(condition, row), cancellationToken);
    }

    // Databases compare whole numbers of different sizes.
    private static BinaryExpression IsEqual(Expression column, IProperty property, object value) => property.ValueType() == value.GetType()
        ? Expression.Equal(column, Captured.Value(property.ClrType, value))
        : Expression.Equal(Expression.Convert(column, typeof(long?)), Captured.Value<long?>(Convert.ToInt64(value, CultureInfo.InvariantCulture)));

    private static string[] Missing(string? table) => [$"refers to a row of {table} that does not exist"];
}
