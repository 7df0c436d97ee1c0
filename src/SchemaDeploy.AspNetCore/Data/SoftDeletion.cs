using System.Collections;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Rows that stay in the table when they are deleted, and are marked: with the time, or with true. Queries leave them
/// out, unless they ignore query filters.
/// </summary>
public static class SoftDeletion
{
    private const string Mark = "SchemaDeploy:DeletionMark";

    /// <summary>Deleted rows stay, and <paramref name="mark"/> tells them from the others.</summary>
    /// <param name="builder">The entity.</param>
    /// <param name="mark">A date or time that is null until the row is deleted, or a property that is not true until then.</param>
    public static EntityTypeBuilder<TEntity> IsSoftDeleted<TEntity, TMark>(
        this EntityTypeBuilder<TEntity> builder, Expression<Func<TEntity, TMark>> mark)
        where TEntity : class
    {
        builder.HasQueryFilter(IsKept(mark));
        // Whoever writes a row that has been marked since it was read is told so, as with one that is gone.
        return builder.HasAnnotation(Mark, builder.Property(mark).IsConcurrencyToken().Metadata.Name);
    }

    /// <summary>Deletes the row, or marks it where its table keeps it. What refers to a marked row stays as it is.</summary>
    internal static void Remove(DbContext database, object row, DateTime now)
    {
        var entry = database.Entry(row);
        if (FindMark(entry.Metadata) is null)
        {
            database.Remove(row);
        }
        else
        {
            SetMark(entry, now);
        }
    }

    /// <summary>Marks the row where other code has removed it and its table keeps it.</summary>
    internal static void Apply(EntityEntry entry, DateTime now)
    {
        if (entry.State == EntityState.Deleted && FindMark(entry.Metadata) is not null)
        {
            entry.State = EntityState.Unchanged;
            SetMark(entry, now);
        }
    }

    /// <summary>Whether queries leave out no rows but marked ones, whoever asks.</summary>
    internal static bool IsOnlyFilterOf(IReadOnlyEntityType type)
    {
        // EF Core 9 has one filter and 10 several by name, under one annotation; of those that have names it tells nobody who was built for 9.
        var filters = type.FindAnnotation("QueryFilter")?.Value;
        if (filters is null)
        {
            return true;
        }

        if ((filters is IEnumerable several && several.Cast<object>().Count() > 1) || FindMark(type) is not { } mark)
        {
            return false;
        }

        var row = Expression.Parameter(type.ClrType);
        return ExpressionEqualityComparer.Instance.Equals(type.GetQueryFilter(), IsKept(Expression.Lambda(Expression.Property(row, mark), row)));
    }

    /// <summary>Whether saving the row deletes it for those who see it, by whatever statement.</summary>
    internal static bool IsDeletion(EntityEntry entry) =>
        entry.State == EntityState.Deleted
        || (entry.State == EntityState.Modified
            && FindMark(entry.Metadata) is { } mark
            && IsSet(entry.Property(mark).CurrentValue)
            && !IsSet(entry.Property(mark).OriginalValue));

    private static LambdaExpression IsKept(LambdaExpression mark)
    {
        var type = mark.Body.Type;
        return Expression.Lambda(
            type == typeof(bool) || type == typeof(bool?)
                ? Expression.NotEqual(mark.Body, Expression.Constant(true, type))
                : Expression.Equal(mark.Body, Expression.Constant(null, type)),
            mark.Parameters);
    }

    private static string? FindMark(IReadOnlyAnnotatable type) => type.FindAnnotation(Mark)?.Value as string;

    private static void SetMark(EntityEntry entry, DateTime now)
    {
        var property = entry.Property(FindMark(entry.Metadata)!);
        property.CurrentValue = property.Metadata.ValueType() == typeof(bool) ? true : ServerValueInterceptor.Convert(now, property.Metadata);
    }

    private static bool IsSet(object? mark) => mark is not (null or false);
}
