using System.Diagnostics.CodeAnalysis;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>A column while statements are folded into its table.</summary>
internal sealed class FoldedColumn(ColumnDefinition definition)
{
    /// <summary>The definition as it stands after the statements so far.</summary>
    public ColumnDefinition Definition { get; set; } = definition;

    public string Name => Definition.Name.Text;

    /// <summary>The name written in the user's letters, and where.</summary>
    public Identifier Identifier => Definition.Name;
}

/// <summary>A foreign key, bound to its table as soon as both exist, so that renames on either side reach it.</summary>
internal sealed class FoldedForeignKey(FoldedTable owner, ForeignKeyDefinition definition)
{
    public FoldedTable Owner { get; } = owner;

    public ForeignKeyDefinition Definition { get; set; } = definition;

    /// <summary>The referenced table, or null while no table has the name.</summary>
    public FoldedTable? Target { get; set; }
}

/// <summary>A table while statements are folded into it. Column names in keys are those of the columns, letter for letter.</summary>
internal sealed class FoldedTable(string? schema, string name, SourceSpan span, NameRules rules)
{
    private readonly Dictionary<string, FoldedColumn> _byName = new(rules.Comparer);

    /// <summary>Null for the dialect's default schema.</summary>
    public string? Schema { get; set; } = schema;

    public string Name { get; set; } = name;

    /// <summary>Where the table's name stands in its CREATE TABLE.</summary>
    public SourceSpan Span { get; } = span;

    public NameRules Rules { get; } = rules;

    public string? Comment { get; set; }

    public IReadOnlyList<SqlComment> Comments { get; init; } = [];

    public string? Collation { get; init; }

    public List<FoldedColumn> Columns { get; } = [];

    public PrimaryKeyDefinition? PrimaryKey { get; set; }

    public List<UniqueDefinition> Uniques { get; } = [];

    public List<IndexDefinition> Indexes { get; } = [];

    public List<CheckDefinition> Checks { get; } = [];

    public List<FoldedForeignKey> ForeignKeys { get; } = [];

    /// <summary>Foreign keys of any table that refer to this one.</summary>
    public HashSet<FoldedForeignKey> Incoming { get; } = [];

    /// <summary>The name as messages show it.</summary>
    public string DisplayName => Schema is null ? Name : $"{Schema}.{Name}";

    public IEnumerable<string> ColumnNames => Columns.Select(c => c.Name);

    public FoldedColumn? Find(string column) => _byName.GetValueOrDefault(column);

    public bool TryFind(string column, [NotNullWhen(true)] out FoldedColumn? found) => _byName.TryGetValue(column, out found);

    /// <summary>Adds a column whose name is known to be free.</summary>
    public FoldedColumn Add(ColumnDefinition definition)
    {
        var column = new FoldedColumn(definition);
        _byName.Add(column.Name, column);
        Columns.Add(column);
        return column;
    }

    public void Remove(FoldedColumn column)
    {
        _byName.Remove(column.Name);
        Columns.Remove(column);
    }

    /// <summary>Changes the key under which a column is found; the new name is known to be free.</summary>
    public void Rekey(FoldedColumn column, Identifier newName)
    {
        _byName.Remove(column.Name);
        column.Definition = column.Definition with { Name = newName };
        _byName.Add(column.Name, column);
    }

    /// <summary>Moves a column behind another, or to the front.</summary>
    public void Move(FoldedColumn column, FoldedColumn? after)
    {
        Columns.Remove(column);
        Columns.Insert(after is null ? 0 : Columns.IndexOf(after) + 1, column);
    }

    /// <summary>All constraints and indexes with their kinds, for messages and look-ups.</summary>
    public IEnumerable<ConstraintDefinition> Constraints()
    {
        if (PrimaryKey is not null)
        {
            yield return PrimaryKey;
        }

        foreach (var unique in Uniques)
        {
            yield return unique;
        }

        foreach (var index in Indexes)
        {
            yield return index;
        }

        foreach (var check in Checks)
        {
            yield return check;
        }

        foreach (var foreignKey in ForeignKeys)
        {
            yield return foreignKey.Definition;
        }
    }
}
