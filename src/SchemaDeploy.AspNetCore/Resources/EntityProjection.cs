using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Leaves columns out of what is read for clients that no property of the entity shows, such as windows against duplicates.
/// EF Core reads them with every entity.
/// </summary>
internal static class EntityProjection
{
    /// <summary>The query <paramref name="rows"/> for entities that nobody changes, in the model of <paramref name="database"/>.</summary>
    public static Expression LeaveOutUnseen<TEntity>(this Expression rows, DbContext database)
        where TEntity : class
    {
        if (database.Model.FindEntityType(typeof(TEntity)) is not { } type
            || !type.GetProperties().Any(property => property.IsShadowProperty())
            || !IsPlain(type)
            || IsWatched(database))
        {
            return rows;
        }

        var row = Expression.Parameter(typeof(TEntity), "row");
        var seen = type.GetProperties()
            .Where(property => !property.IsShadowProperty())
            .Select(property => Expression.Bind(property.PropertyInfo!, Expression.Property(row, property.PropertyInfo!)));
        var projection = Expression.Lambda<Func<TEntity, TEntity>>(Expression.MemberInit(Expression.New(typeof(TEntity)), seen), row);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(TEntity), typeof(TEntity)], rows, projection);
    }

    // Whether EF Core makes an entity by setting its properties, and does nothing else.
    private static bool IsPlain(IEntityType type) =>
        type.BaseType is null
        && !type.GetDirectlyDerivedTypes().Any()
        && type.ConstructorBinding is ConstructorBinding { ParameterBindings.Count: 0 }
        && !type.GetServiceProperties().Any()
        && !type.GetComplexProperties().Any()
        && !type.GetNavigations().Any(navigation => navigation.TargetEntityType.IsOwned() || navigation.IsEagerLoaded)
        && type.GetProperties().All(property => property.IsShadowProperty() || IsPlain(property));

    // EF Core sets fields, where a property of the application's own may do more than that.
    private static bool IsPlain(IProperty property) =>
        property.PropertyInfo is { SetMethod.IsPublic: true } member
        && property.FieldInfo?.Name == $"<{member.Name}>k__BackingField";

    private static bool IsWatched(DbContext database) =>
        database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>() is { } options
        && (options.SingletonInterceptors ?? []).Any(interceptor => interceptor is IMaterializationInterceptor);
}
