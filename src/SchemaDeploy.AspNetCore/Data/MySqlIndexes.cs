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
    internal const string PrefixLengths = "MySql:IndexPrefixLength";

    public static void Adapt(IMutableModel model)
    {
        var types = model.GetEntityTypes().ToList();
        foreach (var type in types)
        {
            foreach (var property in type.GetDeclaredProperties().Where(property => property.IsIdentity() && !LeadsKey(property)).ToList())
            {
                Number(type, property);
            }

            foreach (var key in type.GetDeclaredKeys())
            {
                Limit(key.Properties);
            }

            foreach (var index in type.GetDeclaredIndexes().Where(IsOfWholeValues))
            {
                Limit(index.Properties);
            }
        }

        // Only now every column has its length.
        foreach (var index in types.SelectMany(type => type.GetDeclaredIndexes()).Where(index => !IsOfWholeValues(index)))
        {
            SetPrefixes(index);
        }
    }

    // What the database numbers has to lead a key. Rows of tables without one are not the application's to create.
    private static void Number(IMutableEntityType type, IMutableProperty property)
    {
        if (type.FindPrimaryKey() is null)
        {
            property.ValueGenerated = ValueGenerated.Never;
        }
        else
        {
            type.AddKey(property);
        }
    }

    private static bool IsOfWholeValues(IMutableIndex index) =>
        index.FindAnnotation(PrefixLengths) is null && (index.IsUnique || IsOfForeignKey(index));

    private static bool IsOfForeignKey(IMutableIndex index) =>
        index.DeclaringEntityType.GetForeignKeys().Any(key => key.Properties.SequenceEqual(index.Properties.Take(key.Properties.Count)))
        || DatabaseReference.Of(index.DeclaringEntityType).Any(reference => reference.IsLedBy(index.Properties));

    private static bool LeadsKey(IMutableProperty property) => property.GetContainingKeys().Any(key => key.Properties[0] == property);

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

    // What short columns leave is for the long ones, in equal parts.
    private static int CharactersEach(IReadOnlyList<IMutableProperty> properties)
    {
        var lengths = properties.Where(IsVariable).Select(property => property.GetMaxLength() ?? int.MaxValue).Order().ToList();
        var left = (MaximumBytes - (OtherColumnBytes * (properties.Count - lengths.Count))) / CharacterBytes;
        for (var i = 0; i < lengths.Count; i++)
        {
            var share = left / (lengths.Count - i);
            if (lengths[i] > share)
            {
                return share;
            }

            left -= lengths[i];
        }

        return int.MaxValue;
    }

    private static bool IsLong(IMutableProperty property, int most) =>
        IsVariable(property) && (property.GetMaxLength() ?? int.MaxValue) > most;

    private static bool IsVariable(IMutableProperty property) =>
        property.StoredType() == typeof(string) || property.StoredType() == typeof(byte[]);
}
