using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>The tables by name, and the foreign keys that wait for one.</summary>
internal sealed class TableCatalog(NameRules rules)
{
    private readonly Dictionary<TableKey, FoldedTable> _exact = [];
    private readonly Dictionary<TableKey, FoldedTable> _folded = new(new TableKeyComparer(rules.Comparer));
    private readonly Dictionary<TableKey, List<FoldedForeignKey>> _waiting = new(new TableKeyComparer(rules.Comparer));
    private readonly LinkedList<FoldedTable> _order = [];
    private readonly Dictionary<FoldedTable, LinkedListNode<FoldedTable>> _nodes = [];

    /// <summary>The tables in the order of their creation.</summary>
    public IEnumerable<FoldedTable> Tables => _order;

    /// <summary>The names of all tables, for suggestions.</summary>
    public IEnumerable<string> Names => _order.Select(t => t.DisplayName);

    /// <summary>The table of a name: in the very same letters, else regardless of case where the dialect allows.</summary>
    public FoldedTable? Find(ObjectName name)
    {
        var key = KeyOf(name);
        return _exact.GetValueOrDefault(key) ?? _folded.GetValueOrDefault(key);
    }

    /// <summary>The table that keeps a new table from having the name, if any.</summary>
    public FoldedTable? FindRival(ObjectName name) =>
        rules.TablesMayDifferInCase ? _exact.GetValueOrDefault(KeyOf(name)) : Find(name);

    /// <summary>Whether the table is still there.</summary>
    public bool Contains(FoldedTable table) => _nodes.ContainsKey(table);

    /// <summary>Whether a table has the very name in the schema, as the model keeps it.</summary>
    public bool Has(string? schema, string name) => _exact.ContainsKey(new TableKey(schema, name));

    /// <summary>Adds a table whose name is free, and binds the foreign keys that waited for it.</summary>
    public void Add(FoldedTable table)
    {
        _nodes.Add(table, _order.AddLast(table));
        Index(table);
    }

    public void Remove(FoldedTable table)
    {
        Unindex(table);
        _order.Remove(_nodes[table]);
        _nodes.Remove(table);
        foreach (var foreignKey in table.ForeignKeys)
        {
            Unbind(foreignKey);
        }

        foreach (var foreignKey in table.Incoming)
        {
            foreignKey.Target = null;
            Wait(foreignKey);
        }

        table.Incoming.Clear();
    }

    /// <summary>Gives a table another name, which is free. Foreign keys go with it.</summary>
    public void Rename(FoldedTable table, string? schema, string name)
    {
        Unindex(table);
        table.Schema = schema;
        table.Name = name;
        foreach (var foreignKey in table.Incoming)
        {
            foreignKey.Definition = foreignKey.Definition with
            {
                ReferencedTable = foreignKey.Definition.ReferencedTable with { Schema = schema, Name = name },
            };
        }

        Index(table);
    }

    /// <summary>Connects a new foreign key with its table, now or once that is created.</summary>
    public void Bind(FoldedForeignKey foreignKey)
    {
        if (Find(foreignKey.Definition.ReferencedTable) is { } target)
        {
            foreignKey.Target = target;
            target.Incoming.Add(foreignKey);
        }
        else
        {
            Wait(foreignKey);
        }
    }

    /// <summary>Forgets a foreign key that is dropped.</summary>
    public void Unbind(FoldedForeignKey foreignKey)
    {
        if (foreignKey.Target is { } target)
        {
            target.Incoming.Remove(foreignKey);
        }
        else if (_waiting.TryGetValue(KeyOf(foreignKey.Definition.ReferencedTable), out var waiting))
        {
            waiting.Remove(foreignKey);
        }
    }

    private void Index(FoldedTable table)
    {
        var key = new TableKey(table.Schema, table.Name);
        _exact[key] = table;
        _folded.TryAdd(key, table);
        if (_waiting.Remove(key, out var waiting))
        {
            foreach (var foreignKey in waiting)
            {
                foreignKey.Target = table;
                table.Incoming.Add(foreignKey);
            }
        }
    }

    private void Unindex(FoldedTable table)
    {
        var key = new TableKey(table.Schema, table.Name);
        _exact.Remove(key);
        if (_folded.TryGetValue(key, out var found) && found == table)
        {
            _folded.Remove(key);
        }
    }

    private void Wait(FoldedForeignKey foreignKey)
    {
        var key = KeyOf(foreignKey.Definition.ReferencedTable);
        if (!_waiting.TryGetValue(key, out var waiting))
        {
            _waiting.Add(key, waiting = []);
        }

        waiting.Add(foreignKey);
    }

    private TableKey KeyOf(ObjectName name) => new(rules.NormaliseSchema(name.Schema), name.Name);

    private readonly record struct TableKey(string? Schema, string Name);

    private sealed class TableKeyComparer(StringComparer comparer) : IEqualityComparer<TableKey>
    {
        public bool Equals(TableKey x, TableKey y) => comparer.Equals(x.Schema, y.Schema) && comparer.Equals(x.Name, y.Name);

        public int GetHashCode(TableKey obj) =>
            HashCode.Combine(obj.Schema is null ? 0 : comparer.GetHashCode(obj.Schema), comparer.GetHashCode(obj.Name));
    }
}
