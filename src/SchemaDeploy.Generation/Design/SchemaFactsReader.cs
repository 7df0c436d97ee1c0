using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>Chooses the keys of all tables, and finds out which foreign keys the data layer can keep.</summary>
internal sealed class SchemaFactsReader(DatabaseModel database, DiagnosticBag diagnostics)
{
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
            var (resolved, reason) = Resolve(facts, foreignKey);
            if (resolved is null)
            {
                diagnostics.Report(DesignDiagnostics.ReferenceNotEnforced, foreignKey.Source.ToSpan(), foreignKey.Name, reason);
                continue;
            }

            var identity = string.Join('\0', resolved.Columns.Select(column => column.Name))
                + $"\0\0{resolved.Target.Table.Schema}\0{resolved.Target.Table.Name}\0{resolved.TargetKey.Name}";
            if (!seen.TryAdd(identity, foreignKey.Name))
            {
                diagnostics.Report(DesignDiagnostics.DuplicateReference, foreignKey.Source.ToSpan(), foreignKey.Name, seen[identity]);
                continue;
            }

            facts.ForeignKeys.Add(resolved);
            if (!resolved.TargetsKey)
            {
                if (!resolved.Target.AlternateKeys.Contains(resolved.TargetKey))
                {
                    resolved.Target.AlternateKeys.Add(resolved.TargetKey);
                }

                foreach (var column in resolved.Target.FindExposed(resolved.TargetKey.Columns))
                {
                    resolved.Target.ReferencedColumns.TryAdd(column.Name, foreignKey.Name);
                }
            }
        }
    }

    private (ResolvedForeignKey? Resolved, string? Reason) Resolve(TableFacts facts, ForeignKey foreignKey)
    {
        var columns = facts.FindExposed(foreignKey.Columns);
        if (FindTable(foreignKey.ReferencedSchema, foreignKey.ReferencedTable) is not { } target)
        {
            return (null, $"there is no table '{foreignKey.ReferencedTable}'");
        }

        var targetColumns = target.FindExposed(foreignKey.ReferencedColumns);
        if (columns.IsEmpty || targetColumns.Length != columns.Length)
        {
            return (null, "its columns are not all exposed");
        }

        foreach (var (column, targetColumn) in columns.Zip(targetColumns))
        {
            if (PropertyTypes.Of(column)!.ClrType != PropertyTypes.Of(targetColumn)!.ClrType || column.Type == SqlTypeKind.Enum)
            {
                return (null, $"'{column.Name}' and '{targetColumn.Name}' differ in type");
            }
        }

        var names = targetColumns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        bool IsReferenced(Key key) => target.FindExposed(key.Columns).Select(column => column.Name).ToHashSet(StringComparer.Ordinal).SetEquals(names);
        var targetKey = target.Key is { } own && IsReferenced(own) ? own : target.Table.UniqueKeys.FirstOrDefault(IsReferenced);
        if (targetKey is null)
        {
            return (null, $"no key of '{target.Table.Name}' has the columns that it refers to");
        }

        var keyColumns = target.FindExposed(targetKey.Columns);
        if (keyColumns.Any(column => column.Nullable) && targetKey != target.Key)
        {
            return (null, $"the key '{targetKey.Name}' that it refers to allows null");
        }

        // In the order of the target's key, as the data layer pairs the columns up.
        var inOrder = keyColumns.Select(key => columns[targetColumns.IndexOf(key)]).ToImmutableArray();
        return (new ResolvedForeignKey(foreignKey, inOrder, target, targetKey), null);
    }

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
