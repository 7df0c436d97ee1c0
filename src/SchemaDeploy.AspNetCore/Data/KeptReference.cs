using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>A foreign key that the database keeps, whether EF Core has a relationship for it or not.</summary>
/// <param name="Source">The entity that refers.</param>
/// <param name="Properties">Its properties that do.</param>
/// <param name="Target">The entity that is referred to.</param>
/// <param name="TargetProperties">Its properties, in the order of <paramref name="Properties"/>.</param>
internal sealed record KeptReference(
    IEntityType Source, IReadOnlyList<IProperty> Properties, IEntityType Target, IReadOnlyList<IProperty> TargetProperties)
{
    /// <summary>What rows of an entity refer to.</summary>
    public static IEnumerable<KeptReference> From(IEntityType type) => type.GetForeignKeys().Select(Of)
        .Concat(DatabaseReference.Of(type).Select(reference => Of(type, reference)));

    /// <summary>What refers to rows of an entity.</summary>
    public static IEnumerable<KeptReference> To(IEntityType type) => type.GetReferencingForeignKeys().Select(Of)
        .Concat(type.Model.GetEntityTypes()
            .SelectMany(source => DatabaseReference.Of(source).Select(reference => Of(source, reference)))
            .Where(reference => reference.Target == type));

    private static KeptReference Of(IForeignKey key) =>
        new(key.DeclaringEntityType, key.Properties, key.PrincipalEntityType, key.PrincipalKey.Properties);

    private static KeptReference Of(IEntityType source, DatabaseReference reference)
    {
        var target = (IEntityType)reference.TargetIn(source.Model);
        return new(source, Find(source, reference.Properties), target, Find(target, reference.TargetProperties));
    }

    private static IProperty[] Find(IEntityType type, IReadOnlyList<string> names) => [.. names.Select(name => type.FindProperty(name)!)];
}
