using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>
/// What the script has named so far, as far as reading on depends on it: whether + puts text together depends on the
/// columns' types, and sp_rename of a constraint does not say its table.
/// </summary>
internal sealed class ScriptNames
{
    private readonly Dictionary<string, Dictionary<string, SqlTypeKind>> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ObjectName> _constraints = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SqlTypeKind> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the script has created the table.</summary>
    public bool HasTable(ObjectName table) => _columns.ContainsKey(Key(table));

    /// <summary>Remembers a table.</summary>
    public void AddTable(ObjectName table) => _columns.TryAdd(Key(table), new(StringComparer.OrdinalIgnoreCase));

    /// <summary>Follows a table to its new name.</summary>
    public void RenameTable(ObjectName table, ObjectName newName)
    {
        if (_columns.Remove(Key(table), out var columns))
        {
            _columns[Key(newName)] = columns;
        }

        foreach (var (constraint, owner) in _constraints.ToArray())
        {
            if (Key(owner).Equals(Key(table), StringComparison.OrdinalIgnoreCase))
            {
                _constraints[constraint] = newName;
            }
        }
    }

    /// <summary>Remembers a column's type.</summary>
    public void AddColumn(ObjectName table, string column, SqlTypeKind kind)
    {
        AddTable(table);
        _columns[Key(table)][column] = kind;
    }

    /// <summary>The type of a column, where the script has said it.</summary>
    public SqlTypeKind? TypeOf(ObjectName? table, string column) =>
        table is not null && _columns.TryGetValue(Key(table), out var columns) && columns.TryGetValue(column, out var kind) ? kind : null;

    /// <summary>Remembers whose a constraint is.</summary>
    public void AddConstraint(ObjectName table, Identifier? name)
    {
        if (name is { } named)
        {
            _constraints[named.Text] = table;
        }
    }

    /// <summary>The table that has the constraint, where the script has named it.</summary>
    public ObjectName? TableOf(string constraint) => _constraints.GetValueOrDefault(constraint);

    /// <summary>Remembers what an alias type stands for.</summary>
    public void AddType(string name, SqlTypeKind kind) => _types[name] = kind;

    /// <summary>What an alias type stands for, where the script has said it.</summary>
    public SqlTypeKind? TypeNamed(string name) => _types.TryGetValue(name, out var kind) ? kind : null;

    private static string Key(ObjectName name) => $"{name.Schema ?? "dbo"}.{name.Name}";
}
