using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// The values of an entity's keys, primary and alternate. EF Core identifies entities by them, so what it cannot track
/// is answered here, before it gives up.
/// </summary>
internal static class KeyValues
{
    /// <summary>The values of all key properties, to be compared by <see cref="ThrowIfChanged"/>.</summary>
    public static object?[] Of(DbContext database, object entity) => [.. Properties(database, entity).Select(property => Read(property, entity))];

    /// <summary>Refuses the change of a key: rows that refer to it would be left behind.</summary>
    /// <exception cref="ApiException">422: a key has changed.</exception>
    public static void ThrowIfChanged(DbContext database, object entity, object?[] before)
    {
        var changed = Properties(database, entity).Where((property, i) => !Equal(property, Read(property, entity), before[i])).ToList();
        if (changed.Count > 0)
        {
            throw new ApiException(
                422,
                "The row's keys cannot be changed: other rows may refer to it by them.",
                changed.ToDictionary(property => property.JsonName(), _ => (string[])["cannot be changed"]));
        }
    }

    /// <summary>Refuses an entity that has a key of an earlier one in the same batch.</summary>
    /// <exception cref="ApiException">409: it has.</exception>
    public static void ThrowIfRepeated(DbContext database, object entity, IReadOnlyList<object> earlier)
    {
        foreach (var key in database.Model.FindEntityType(entity.GetType())!.GetKeys())
        {
            if (earlier.Any(other => key.Properties.All(property => Equal(property, Read(property, other), Read(property, entity)))))
            {
                var prefix = Validator.PrefixOf(earlier.Count);
                throw new ApiException(
                    409,
                    $"The batch has two rows with the same {string.Join(", ", key.Properties.Select(property => property.JsonName()))}.",
                    key.Properties.ToDictionary(property => prefix + property.JsonName(), _ => (string[])["exists already"]));
            }
        }
    }

    private static IEnumerable<IProperty> Properties(DbContext database, object entity) =>
        database.Model.FindEntityType(entity.GetType())!.GetProperties().Where(property => property.IsKey() && !property.IsShadowProperty());

    private static object? Read(IProperty property, object entity) => property.IsShadowProperty() ? null : property.GetGetter().GetClrValue(entity);

    private static bool Equal(IProperty property, object? left, object? right) => property.GetKeyValueComparer().Equals(left, right);
}
