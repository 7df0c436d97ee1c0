using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What happened to a row.</summary>
internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,
}

/// <summary>A row that was written, and whose transaction is committed.</summary>
/// <param name="Entity">The type of the row.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Keys">An entity with the row's own key and those that it refers to, and nothing else.</param>
internal sealed record RowChange(Type Entity, ChangeKind Kind, object Keys);

/// <summary>A change as one subscriber may see it.</summary>
/// <param name="Change">The change.</param>
/// <param name="Node">The row as it is now; null where it was deleted.</param>
internal sealed record ShownChange(RowChange Change, object? Node);

/// <summary>What of an entity goes into <see cref="RowChange.Keys"/>: a row may be large, and many may wait.</summary>
internal static class RowKeys
{
    /// <summary>The properties of the row's own key and of those that it refers to.</summary>
    public static IEnumerable<IReadOnlyProperty> Of(IReadOnlyEntityType type) =>
        type.GetProperties().Where(property => property.PropertyInfo is not null && (property.IsPrimaryKey() || property.IsForeignKey()));

    /// <summary>An entity that has them, with what <paramref name="valueOf"/> gives for each, and nothing else.</summary>
    public static object Make(IReadOnlyEntityType type, Func<IReadOnlyProperty, object?> valueOf)
    {
        var keys = Activator.CreateInstance(type.ClrType)!;
        foreach (var property in Of(type))
        {
            property.PropertyInfo!.SetValue(keys, valueOf(property));
        }

        return keys;
    }
}
