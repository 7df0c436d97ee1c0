using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>What of a table has to be known before any of its columns or of those that refer to it is designed.</summary>
internal sealed class TableFacts
{
    private readonly Dictionary<string, Column> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Column> _ignoringCase = new(StringComparer.OrdinalIgnoreCase);

    public TableFacts(Table table)
    {
        Table = table;
        foreach (var column in table.Columns)
        {
            _exact[column.Name] = column;
            _ignoringCase.TryAdd(column.Name, column);
        }
    }

    public Table Table { get; }

    /// <summary>The key by which rows are told apart: the primary key, or a unique key without nulls.</summary>
    public Key? Key { get; set; }

    /// <summary>The foreign keys that become relationships.</summary>
    public List<ResolvedForeignKey> ForeignKeys { get; } = [];

    /// <summary>The foreign keys that databases alone keep.</summary>
    public List<DatabaseForeignKey> DatabaseForeignKeys { get; } = [];

    /// <summary>Columns that other rows refer to and that are not the key, with the foreign key that does.</summary>
    public Dictionary<string, string> ReferencedColumns { get; } = new(StringComparer.Ordinal);

    /// <summary>Unique keys that are referred to and are not the key.</summary>
    public List<Key> AlternateKeys { get; } = [];

    /// <summary>Columns that are part of a key, an index or a foreign key.</summary>
    public HashSet<string> IndexedColumns { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the column is part of the key, or of a key that other rows refer to.</summary>
    public bool IsInKey(Column column) =>
        ReferencedColumns.ContainsKey(column.Name) || (Key is { } key && key.Columns.Any(name => Find(name) == column));

    /// <summary>The column of a name as an expression or key writes it.</summary>
    public Column? Find(string name) => _exact.GetValueOrDefault(name) ?? _ignoringCase.GetValueOrDefault(name);

    /// <summary>The columns of names, or none where one is missing or not exposed.</summary>
    public ImmutableArray<Column> FindExposed(ImmutableArray<string> names)
    {
        var columns = names.Select(Find).OfType<Column>().Where(column => PropertyTypes.Of(column) is not null).ToImmutableArray();
        return columns.Length == names.Length ? columns : [];
    }
}

/// <summary>A foreign key whose columns and target are found, in the order of the target's key.</summary>
/// <param name="Definition">The foreign key.</param>
/// <param name="Columns">The referencing columns.</param>
/// <param name="Target">The referenced table.</param>
/// <param name="TargetKey">The referenced key.</param>
internal sealed record ResolvedForeignKey(ForeignKey Definition, ImmutableArray<Column> Columns, TableFacts Target, Key TargetKey)
{
    /// <summary>Whether the foreign key refers to the key of the target, not to another unique key.</summary>
    public bool TargetsKey => ReferenceEquals(TargetKey, Target.Key);
}

/// <summary>A foreign key of which EF Core can make no relationship, and which databases keep.</summary>
/// <param name="Definition">The foreign key.</param>
/// <param name="Columns">The referencing columns, in the order of the key or index that is referred to.</param>
/// <param name="Target">The referenced table.</param>
/// <param name="TargetColumns">The referenced columns.</param>
/// <param name="Databases">Those that keep it.</param>
internal sealed record DatabaseForeignKey(
    ForeignKey Definition, ImmutableArray<Column> Columns, TableFacts Target, ImmutableArray<Column> TargetColumns, ImmutableArray<DatabaseKind> Databases);

/// <summary>The places of the model in the form of messages.</summary>
internal static class SourcePositions
{
    /// <summary>The span of a place.</summary>
    public static SourceSpan ToSpan(this SourcePosition source) =>
        new(source.File, source.Line, source.Column, source.Line, source.Column);
}
