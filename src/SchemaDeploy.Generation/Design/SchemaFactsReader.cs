using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>Chooses the keys of all tables, and finds out how foreign keys are kept.</summary>
internal sealed class SchemaFactsReader(DatabaseModel database, DesignOptions options, DiagnosticBag diagnostics)
{
    private readonly DatabaseForeignKeyReader _databaseForeignKeys = new(database.Dialect, options, diagnostics);
    private readonly Dictionary<(string Schema, string Name), TableFacts> _exact = [];
    private readonly Dictionary<(string Schema, string Name), TableFacts> _ignoringCase = [];

    /// <summary>The facts in the order of the tables.</summary>
    public ImmutableArray<TableFacts> Read()
    {
        var all = database.Tables.Select(table => new TableFacts(table)).ToImmutableArray();
        foreach (var facts in all)
        {
            var (schema, name) = (facts.Table.Schema ?? "", facts.Table.Name);
            _exact[(schema, name)] = facts;
            _ignoringCase.TryAdd((schema.ToUpperInvariant(), name.ToUpperInvariant()), facts);
            facts.Key = ChooseKey(facts);
        }

        foreach (var facts in all)
        {
            ReadForeignKeys(facts);
            ReadIndexedColumns(facts);
        }

        return all;
    }

    private static Key? ChooseKey(TableFacts facts)
    {
        if (facts.Table.PrimaryKey is { } primaryKey)
        {
            return facts.FindExposed(primaryKey.Columns).IsEmpty ? null : primaryKey;
        }

        return facts.Table.UniqueKeys.FirstOrDefault(key =>
            facts.FindExposed(key.Columns) is { IsEmpty: false } columns && columns.All(column => !column.Nullable));
    }

    private void ReadForeignKeys(TableFacts facts)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var foreignKey in facts.Table.ForeignKeys)
        {
            if (Resolve(facts, foreignKey) is not var (columns, target, key))
            {
                continue;
            }

            var identity = string.Join('\0', columns.Select(column => column.Name)) + $"\0\0{target.Table.Schema}\0{target.Table.Name}\0{key.Name}";
            if (!seen.TryAdd(identity, foreignKey.Name))
            {
                diagnostics.Report(DesignDiagnostics.DuplicateReference, foreignKey.Source.ToSpan(), foreignKey.Name, seen[identity]);
            }
            else if (IsRelationship(columns, target, key))
            {
                AddRelationship(facts, new ResolvedForeignKey(foreignKey, columns, target, key.Key!));
            }
            else if (_databaseForeignKeys.Read(foreignKey, columns, target, key) is { } kept)
            {
                facts.DatabaseForeignKeys.Add(kept);
            }
        }
    }

    private static void AddRelationship(TableFacts facts, ResolvedForeignKey foreignKey)
    {
        facts.ForeignKeys.Add(foreignKey);
        if (foreignKey.TargetsKey)
        {
            return;
        }

        var (target, key) = (foreignKey.Target, foreignKey.TargetKey);
        if (!target.AlternateKeys.Contains(key))
        {
            target.AlternateKeys.Add(key);
        }

        foreach (var column in target.FindExposed(key.Columns))
        {
            target.ReferencedColumns.TryAdd(column.Name, foreignKey.Definition.Name);
        }
    }

    // The columns in the order of the key, as the data layer and MySQL pair them up.
    private (ImmutableArray<Column> Columns, TableFacts Target, ReferencedKey Key)? Resolve(TableFacts facts, ForeignKey foreignKey)
    {
        if (FindTable(foreignKey.ReferencedSchema, foreignKey.ReferencedTable) is not { } target)
        {
            return NotKept($"there is no table '{foreignKey.ReferencedTable}'");
        }

        var (columns, targetColumns) = (facts.FindExposed(foreignKey.Columns), target.FindExposed(foreignKey.ReferencedColumns));
        if (columns.IsEmpty || targetColumns.Length != columns.Length)
        {
            return NotKept("its columns are not all exposed");
        }

        var names = targetColumns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return KeysOf(target).FirstOrDefault(key => key.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal).SetEquals(names)) is { } key
            ? ([.. key.Columns.Select(column => columns[targetColumns.IndexOf(column)])], target, key)
            : NotKept($"no unique key or index of '{target.Table.Name}' has the columns that it refers to");

        (ImmutableArray<Column>, TableFacts, ReferencedKey)? NotKept(string reason)
        {
            _databaseForeignKeys.Report(foreignKey, "", reason);
            return null;
        }
    }

    private static bool IsRelationship(ImmutableArray<Column> columns, TableFacts target, ReferencedKey key) =>
        key.Key is { } found
        && (ReferenceEquals(found, target.Key) || !key.Columns.Any(column => column.Nullable))
        && columns.Zip(key.Columns).All(pair =>
            pair.First.Type != SqlTypeKind.Enum && PropertyTypes.Of(pair.First)!.ClrType == PropertyTypes.Of(pair.Second)!.ClrType);

    /// <summary>What foreign keys can refer to, the table's own key first.</summary>
    private static IEnumerable<ReferencedKey> KeysOf(TableFacts target)
    {
        foreach (var key in target.Table.UniqueKeys.Prepend(target.Key).OfType<Key>())
        {
            yield return new ReferencedKey(key.Name, target.FindExposed(key.Columns), key.NullsNotDistinct, key);
        }

        foreach (var index in target.Table.Indexes.Where(index => index is { Unique: true, Filter: null, Method: IndexMethod.BTree }))
        {
            var columns = index.Parts.Select(part => ColumnOf(target, part)).OfType<Column>().ToImmutableArray();
            if (columns.Length == index.Parts.Length)
            {
                yield return new ReferencedKey(index.Name, columns, index.NullsNotDistinct, null);
            }
        }
    }

    // Whole values in ascending order; a prefix as long as the column is none.
    private static Column? ColumnOf(TableFacts target, IndexPart part) =>
        part is { Descending: false, Expression: ColumnExpression { Name: var name } }
        && target.FindExposed([name]) is [var column]
        && (part.PrefixLength is null || part.PrefixLength >= column.Length)
            ? column
            : null;

    private TableFacts? FindTable(string? schema, string name) =>
        _exact.GetValueOrDefault((schema ?? "", name))
        ?? _ignoringCase.GetValueOrDefault(((schema ?? "").ToUpperInvariant(), name.ToUpperInvariant()));

    private static void ReadIndexedColumns(TableFacts facts)
    {
        var table = facts.Table;
        var names = (table.PrimaryKey?.Columns ?? [])
            .Concat(table.UniqueKeys.SelectMany(key => key.Columns))
            .Concat(table.ForeignKeys.SelectMany(foreignKey => foreignKey.Columns))
            .Concat(table.Indexes
                .Where(index => index.Method is IndexMethod.BTree or IndexMethod.Hash)
                .SelectMany(index => index.Parts)
                .Select(part => part.Expression switch
                {
                    ColumnExpression column => column.Name,
                    // The window of a time is kept in an index of its own, in the time's order.
                    FunctionExpression { Name: NeutralFunctions.DateTrunc, Arguments: [_, ColumnExpression column] } => column.Name,
                    _ => "",
                }));
        foreach (var name in names)
        {
            if (facts.Find(name) is { } column)
            {
                facts.IndexedColumns.Add(column.Name);
            }
        }
    }
}
