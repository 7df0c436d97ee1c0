using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Fits keys and indexes to MySQL and MariaDB, which index a limited number of bytes: columns whose whole values count
/// are limited, and what is longer refused; other indexes hold the beginnings of values.
/// </summary>
internal static class MySqlIndexes
{
    // InnoDB's limit, and the most that a character takes.
    private const int MaximumBytes = 3072;
    private const int CharacterBytes = 4;
    private const int OtherColumnBytes = 16;

    // How Pomelo's provider is told the number of characters of each column that an index holds; 0 for all of them.
    private const string PrefixLengths = "MySql:IndexPrefixLength";

    public static void Adapt(IMutableModel model)
    {
        foreach (var type in model.GetEntityTypes().ToList())
        {
            foreach (var key in type.GetDeclaredKeys())
            {
                Limit(key.Properties);
            }

            foreach (var index in type.GetDeclaredIndexes().Where(index => index.IsUnique || IsOfForeignKey(index)))
            {
                Limit(index.Properties);
            }

            foreach (var index in type.GetDeclaredIndexes().Where(index => !index.IsUnique && !IsOfForeignKey(index)))
            {
                SetPrefixes(index);
            }

            foreach (var property in type.GetDeclaredProperties().Where(property => property.IsIdentity() && !LeadsIndex(property)).ToList())
            {
                // What the database numbers has to lead an index.
                type.AddIndex(property);
            }
        }
    }

    private static bool IsOfForeignKey(IMutableIndex index) =>
        index.DeclaringEntityType.GetForeignKeys().Any(key => key.Properties.SequenceEqual(index.Properties.Take(key.Properties.Count)));

    private static bool LeadsIndex(IMutableProperty property) =>
        property.GetContainingKeys().Any(key => key.Properties[0] == property)
        || property.GetContainingIndexes().Any(index => index.Properties[0] == property);

    private static void Limit(IReadOnlyList<IMutableProperty> properties)
    {
        var most = CharactersEach(properties);
        foreach (var property in properties.Where(property => IsLong(property, most)))
        {
            property.SetMaxLength(most);
        }
    }

    private static void SetPrefixes(IMutableIndex index)
    {
        foreach (var property in index.Properties.Where(property => IsVariable(property) && property.GetMaxLength() is null && !property.HasColumnType()))
        {
            // The provider's own choice for what an index holds is short.
            property.SetColumnType(property.StoredType() == typeof(string) ? "longtext" : "longblob");
        }

        var most = CharactersEach(index.Properties);
        if (index.FindAnnotation(PrefixLengths) is null && index.Properties.Any(property => IsLong(property, most)))
        {
            index.SetAnnotation(PrefixLengths, index.Properties.Select(property => IsLong(property, most) ? most : 0).ToArray());
        }
    }

    private static int CharactersEach(IReadOnlyList<IMutableProperty> properties)
    {
        var variable = properties.Count(IsVariable);
        return (MaximumBytes - (OtherColumnBytes * (properties.Count - variable))) / CharacterBytes / Math.Max(variable, 1);
    }

    private static bool IsLong(IMutableProperty property, int most) =>
        IsVariable(property) && (property.GetMaxLength() is not { } length || length > most);

    private static bool IsVariable(IMutableProperty property) =>
        property.StoredType() == typeof(string) || property.StoredType() == typeof(byte[]);
}
