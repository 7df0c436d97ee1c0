using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>What lists of a resource can be asked for.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public sealed class ResourceShape<TEntity>
{
    private readonly FrozenDictionary<string, ResourceField<TEntity>> _byName;

    /// <summary>A resource with these fields.</summary>
    /// <param name="fields">Every field that responses show, and those that only filter.</param>
    /// <param name="key">The names of the key's fields, which break ties of every order; empty where there is no key.</param>
    /// <param name="expansions">The names that <c>expand</c> takes.</param>
    public ResourceShape(
        IReadOnlyList<ResourceField<TEntity>> fields, IReadOnlyList<string> key, IReadOnlyList<string> expansions)
    {
        Fields = fields;
        _byName = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
        Key = [.. key.Select(name => _byName[name])];
        Expansions = expansions;
        Order = [.. (Key.Count > 0 ? Key : fields.Where(field => field.Uses.HasFlag(FieldUses.Sort))).Select(field => new SortTerm<TEntity>(field, Descending: false))];
    }

    /// <summary>The fields in the order of responses.</summary>
    public IReadOnlyList<ResourceField<TEntity>> Fields { get; }

    /// <summary>The fields of the key.</summary>
    public IReadOnlyList<ResourceField<TEntity>> Key { get; }

    /// <summary>The order of rows where none is asked for, without ties where there is a key.</summary>
    internal ImmutableArray<SortTerm<TEntity>> Order { get; }

    /// <summary>The names that <c>expand</c> takes.</summary>
    public IReadOnlyList<string> Expansions { get; }

    /// <summary>The field of a JSON name, or null.</summary>
    public ResourceField<TEntity>? Find(string name) => _byName.GetValueOrDefault(name);
}
