using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>
/// Puts rows into the order in which references allow them: tables that are referred to first, within a table the rows
/// that others refer to. Where references form a circle, one that can be null is set once all rows are there.
/// </summary>
internal sealed class SeedOrder(SeedReferences references, SeedProblems problems)
{
    private readonly HashSet<SeedReference> _deferred = [];
    private readonly Dictionary<SeedReference, HashSet<SeedRow>> _deferredRows = [];

    /// <summary>All rows in their order; null where no order is possible.</summary>
    public ImmutableArray<SeedBlock>? Blocks(ImmutableArray<SeedTable> tables)
    {
        if (Order([.. tables.Where(table => table.Rows.Count > 0)]) is not { } ordered)
        {
            return null;
        }

        foreach (var table in ordered)
        {
            if (!OrderRows(table))
            {
                return null;
            }
        }

        return [.. ordered.SelectMany(Inserts), .. ordered.SelectMany(Updates)];
    }

    private List<SeedTable>? Order(List<SeedTable> tables)
    {
        var ordered = new List<SeedTable>(tables.Count);
        var waiting = tables.ToDictionary(table => table, table => references.All.Where(reference => reference.Owner == table && reference.Target != table).ToList());
        while (tables.Count > 0)
        {
            var free = tables.Where(table => waiting[table].TrueForAll(reference => _deferred.Contains(reference) || !waiting.ContainsKey(reference.Target))).ToList();
            if (free.Count == 0)
            {
                if (!Defer(tables, waiting))
                {
                    return null;
                }

                continue;
            }

            ordered.AddRange(free);
            foreach (var table in free)
            {
                waiting.Remove(table);
            }

            tables = [.. tables.Where(waiting.ContainsKey)];
        }

        return ordered;
    }

    /// <summary>Has a reference of a circle set afterwards.</summary>
    private bool Defer(List<SeedTable> tables, Dictionary<SeedTable, List<SeedReference>> waiting)
    {
        SeedReference? circular = null;
        foreach (var reference in tables.SelectMany(table => waiting[table]))
        {
            if (_deferred.Contains(reference) || !waiting.ContainsKey(reference.Target) || !Reaches(reference.Target, reference.Owner, waiting))
            {
                continue;
            }

            if (reference.Deferrable.Length > 0)
            {
                return _deferred.Add(reference);
            }

            circular ??= reference;
        }

        ReportCircle(circular!, circular!.Owner.Rows[0]);
        return false;
    }

    private bool Reaches(SeedTable from, SeedTable to, Dictionary<SeedTable, List<SeedReference>> waiting)
    {
        var seen = new HashSet<SeedTable> { from };
        var next = new Stack<SeedTable>(seen);
        while (next.TryPop(out var table))
        {
            if (table == to)
            {
                return true;
            }

            foreach (var reference in waiting[table])
            {
                if (!_deferred.Contains(reference) && waiting.ContainsKey(reference.Target) && seen.Add(reference.Target))
                {
                    next.Push(reference.Target);
                }
            }
        }

        return false;
    }

    private void ReportCircle(SeedReference reference, SeedRow row) => problems.Add(
        SeedDiagnostics.Circle, reference.Owner.DisplayName, null, () => row.SpanOf(reference.Columns[0]),
        reference.Owner.DisplayName, reference.Target.DisplayName);

    /// <summary>Puts the rows that others of the table refer to first.</summary>
    private bool OrderRows(SeedTable table)
    {
        var own = references.All.Where(reference => reference.Owner == table && reference.Target == table)
            .Select(reference => (Reference: reference, Rows: RowsBy(reference.TargetColumns, table))).ToList();
        if (own.Count == 0)
        {
            return true;
        }

        var ordered = new List<SeedRow>(table.Rows.Count);
        var states = new Dictionary<SeedRow, bool>(table.Rows.Count, ReferenceEqualityComparer.Instance);
        var path = new Stack<(SeedRow Row, int Next)>();
        foreach (var start in table.Rows)
        {
            if (states.TryAdd(start, false))
            {
                path.Push((start, 0));
            }

            while (path.TryPop(out var step))
            {
                if (step.Next == own.Count)
                {
                    states[step.Row] = true;
                    ordered.Add(step.Row);
                    continue;
                }

                path.Push((step.Row, step.Next + 1));
                var (reference, rows) = own[step.Next];
                if (SeedTable.KeyOf(step.Row, reference.Columns) is not { } key || !rows.TryGetValue(key, out var target) || target == step.Row)
                {
                    continue;
                }

                if (states.TryAdd(target, false))
                {
                    path.Push((target, 0));
                }
                else if (!states[target])
                {
                    if (reference.Deferrable.Length == 0)
                    {
                        ReportCircle(reference, step.Row);
                        return false;
                    }

                    Rows(reference).Add(step.Row);
                }
            }
        }

        table.Replace(ordered);
        return true;
    }

    private static Dictionary<string, SeedRow> RowsBy(int[] columns, SeedTable table)
    {
        var rows = new Dictionary<string, SeedRow>(table.Rows.Count, StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (SeedTable.KeyOf(row, columns) is { } key)
            {
                rows.TryAdd(key, row);
            }
        }

        return rows;
    }

    private HashSet<SeedRow> Rows(SeedReference reference)
    {
        if (!_deferredRows.TryGetValue(reference, out var rows))
        {
            _deferredRows.Add(reference, rows = new HashSet<SeedRow>(ReferenceEqualityComparer.Instance));
        }

        return rows;
    }

    /// <summary>The references of the table that all or some of its rows get afterwards.</summary>
    private List<SeedReference> DeferredOf(SeedTable table) =>
        [.. references.All.Where(reference => reference.Owner == table && (_deferred.Contains(reference) || _deferredRows.ContainsKey(reference)))];

    private bool IsDeferred(SeedReference reference, SeedRow row) =>
        (_deferred.Contains(reference) || _deferredRows[reference].Contains(row)) && SeedTable.KeyOf(row, reference.Columns) is not null;

    private IEnumerable<SeedBlock> Inserts(SeedTable table)
    {
        var deferred = DeferredOf(table);
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<SeedValue>>();
        int[] given = [];
        foreach (var row in table.Rows)
        {
            var values = row.Values;
            if (deferred.Count > 0)
            {
                values = [.. values];
                foreach (var column in deferred.Where(reference => IsDeferred(reference, row)).SelectMany(reference => reference.Deferrable))
                {
                    values[column] = SeedValue.Null;
                }
            }

            if (!IsGivenBy(values, given))
            {
                if (rows.Count > 0)
                {
                    yield return Block(table, [], given, rows);
                }

                given = [.. Enumerable.Range(0, values.Length).Where(column => values[column].Kind != SeedValueKind.Absent)];
            }

            rows.Add([.. given.Select(column => values[column])]);
        }

        yield return Block(table, [], given, rows);
    }

    /// <summary>Whether the row gives the very columns.</summary>
    private static bool IsGivenBy(SeedValue[] values, int[] columns)
    {
        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Kind != SeedValueKind.Absent && (next == columns.Length || columns[next++] != i))
            {
                return false;
            }
        }

        return next == columns.Length && next > 0;
    }

    private IEnumerable<SeedBlock> Updates(SeedTable table)
    {
        foreach (var reference in DeferredOf(table))
        {
            var key = table.IndexesOf(table.Model.PrimaryKey!.Columns);
            var rows = ImmutableArray.CreateBuilder<ImmutableArray<SeedValue>>();
            foreach (var row in table.Rows.Where(row => IsDeferred(reference, row)))
            {
                rows.Add([.. key.Concat(reference.Deferrable).Select(column => row.Values[column])]);
            }

            yield return Block(table, key, reference.Deferrable, rows);
        }
    }

    private static SeedBlock Block(SeedTable table, int[] key, int[] columns, ImmutableArray<ImmutableArray<SeedValue>>.Builder rows)
    {
        var block = new SeedBlock
        {
            Schema = table.Model.Schema,
            Table = table.Model.Name,
            Key = [.. key.Select(column => table.Model.Columns[column].Name)],
            Columns = [.. columns.Select(column => table.Model.Columns[column].Name)],
            Rows = rows.ToImmutable(),
        };
        rows.Clear();
        return block;
    }
}
