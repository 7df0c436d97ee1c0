using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Guardians;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The unique key or index that a row collided in.</summary>
internal sealed record ViolatedKey(IReadOnlyList<IProperty> Properties)
{
    /// <summary>The window among the key's properties, where it is one that refuses duplicates for a while.</summary>
    public (IProperty Property, TimeWindow Window)? FindTimeWindow()
    {
        foreach (var property in Properties)
        {
            if (property.FindTimeWindow() is { } window)
            {
                return (property, window);
            }
        }

        return null;
    }

    /// <summary>The window against duplicates that the key keeps, if it is such a key.</summary>
    public DuplicateWindow? FindDuplicateWindow(IEntityType type) =>
        DuplicateWindow.Of(type).FirstOrDefault(window => Properties.Any(property => property.Name == window.Key));

    /// <summary>Finds the key that the database names; null where the model does not have it.</summary>
    /// <param name="type">The entity of the row.</param>
    /// <param name="name">The key's name or, as SQLite has it, its columns: <c>table.a, table.b</c>.</param>
    public static ViolatedKey? Find(IEntityType type, string? name)
    {
        if (name == DatabaseError.MySqlPrimaryKey)
        {
            return type.FindPrimaryKey() is { } key ? new ViolatedKey(key.Properties) : null;
        }

        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        var indexes = type.GetIndexes().Where(index => index.IsUnique).Select(index => (Name: index.GetDatabaseName(), index.Properties));
        var keys = type.GetKeys().Select(key => (Name: key.GetName(), key.Properties));
        foreach (var candidate in indexes.Concat(keys))
        {
            if (name is not null && (candidate.Name == name || Columns(candidate.Properties, table) == name))
            {
                return new ViolatedKey(candidate.Properties);
            }
        }

        return null;
    }

    private static string Columns(IReadOnlyList<IProperty> properties, StoreObjectIdentifier table) =>
        string.Join(", ", properties.Select(property => $"{table.Name}.{property.GetColumnName(table)}"));
}
