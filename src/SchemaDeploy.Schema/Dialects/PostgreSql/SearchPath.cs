using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>
/// Which schema an unqualified name is in. What the script has created so far is remembered, over all of its files,
/// because a path of several schemas is searched for it.
/// </summary>
internal sealed class SearchPath
{
    private const string DefaultSchema = "public";

    private readonly HashSet<(string? Schema, string Name)> _relations = [];
    private readonly HashSet<(string? Schema, string Name)> _types = [];
    private readonly HashSet<(string? Schema, string Name)> _functions = [];
    private readonly Dictionary<(string? Schema, string Name), ImmutableArray<ColumnDefinition>> _attributes = [];
    private List<string?> _schemas = [null];

    /// <summary>Whether the script uses an extension of which it is not known what types it brings.</summary>
    public bool HasUnknownExtension { get; set; }

    /// <summary>Sets the path; pg_catalog and the user's own schema are no places for tables.</summary>
    public void Set(IEnumerable<string> schemas)
    {
        _schemas = [.. schemas.Where(s => s is not ("pg_catalog" or "$user" or "pg_temp" or "")).Select(Normalise)];
        if (_schemas.Count == 0)
        {
            Reset();
        }
    }

    /// <summary>Goes back to the default.</summary>
    public void Reset() => _schemas = [null];

    /// <summary>The path, for going back to it.</summary>
    public IReadOnlyList<string?> Save() => _schemas;

    public void Restore(IReadOnlyList<string?> schemas) => _schemas = [.. schemas];

    /// <summary>The full name of a table, view or sequence that is created.</summary>
    public ObjectName CreateRelation(ObjectName name) => Create(_relations, name);

    public ObjectName CreateType(ObjectName name) => Create(_types, name);

    public ObjectName CreateFunction(ObjectName name) => Create(_functions, name);

    public ObjectName FindRelation(ObjectName name) => Find(_relations, name);

    public ObjectName FindType(ObjectName name) => Find(_types, name);

    public bool KnowsType(ObjectName name) => Knows(_types, name);

    public ObjectName FindFunction(ObjectName name) => Find(_functions, name);

    public bool KnowsFunction(ObjectName name) => Knows(_functions, name);

    /// <summary>Remembers what a composite type is made of.</summary>
    public void SetAttributes(ObjectName type, ImmutableArray<ColumnDefinition> attributes) => _attributes[(type.Schema, type.Name)] = attributes;

    /// <summary>What a composite type is made of; null for every other type.</summary>
    public ImmutableArray<ColumnDefinition>? FindAttributes(ObjectName type) =>
        _attributes.TryGetValue((type.Schema, type.Name), out var attributes) ? attributes : null;

    public void RenameSchema(string oldName, string newName)
    {
        foreach (var known in (HashSet<(string? Schema, string Name)>[])[_relations, _types, _functions])
        {
            foreach (var (_, name) in known.Where(k => k.Schema == Normalise(oldName)).ToList())
            {
                known.Add((Normalise(newName), name));
            }
        }
    }

    private ObjectName Create(HashSet<(string? Schema, string Name)> known, ObjectName name)
    {
        var full = name with { Schema = name.Schema is null ? _schemas[0] : Normalise(name.Schema) };
        known.Add((full.Schema, full.Name));
        return full;
    }

    private ObjectName Find(HashSet<(string? Schema, string Name)> known, ObjectName name)
    {
        if (name.Schema is not null)
        {
            return name with { Schema = Normalise(name.Schema) };
        }

        // What nobody has created is where it would be created.
        var schema = _schemas.Find(s => known.Contains((s, name.Name)));
        return name with { Schema = known.Contains((schema, name.Name)) ? schema : _schemas[0] };
    }

    private bool Knows(HashSet<(string? Schema, string Name)> known, ObjectName name)
    {
        var full = Find(known, name);
        return known.Contains((full.Schema, full.Name));
    }

    private static string? Normalise(string schema) => schema == DefaultSchema ? null : schema;
}
