using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Guardians;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The unique key or index that a row collided in.</summary>
internal sealed partial record ViolatedKey(string? Name, IReadOnlyList<IProperty> Properties)
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

    /// <summary>Finds the key that the database's message names; null where the model does not have it.</summary>
    public static ViolatedKey? Find(IEntityType type, string message)
    {
        var candidates = type.GetIndexes().Where(index => index.IsUnique).Select(index => new ViolatedKey(index.GetDatabaseName(), index.Properties))
            .Concat(type.GetKeys().Select(key => new ViolatedKey(key.GetName(), key.Properties)))
            .ToList();
        var sqlite = SqliteMessage().Match(message);
        if (sqlite.Groups["columns"] is { Success: true } columns)
        {
            var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
            return candidates.Find(candidate => columns.Value == string.Join(
                ", ", candidate.Properties.Select(property => $"{table.Name}.{property.GetColumnName(table)}")));
        }

        var name = sqlite.Groups["index"] is { Success: true } index ? index.Value : null;
        return candidates
            .Where(candidate => candidate.Name is { } own && (name is null ? ContainsWord(message, own) : name == own))
            .MaxBy(candidate => candidate.Name!.Length);
    }

    // uq_a must not be found in uq_a_b.
    private static bool ContainsWord(string message, string word)
    {
        for (var at = message.IndexOf(word, StringComparison.Ordinal); at >= 0; at = message.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !IsWord(message[at - 1])) && (end == message.Length || !IsWord(message[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    [GeneratedRegex(@"UNIQUE constraint failed: (?:index '(?<index>.+?)'|(?<columns>.+?))'?\.?$", RegexOptions.Singleline)]
    private static partial Regex SqliteMessage();
}
