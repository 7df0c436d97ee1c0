using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>A foreign key that rows make use of.</summary>
/// <param name="Owner">The table whose rows refer.</param>
/// <param name="Target">The table that they refer to.</param>
/// <param name="Columns">The referring columns.</param>
/// <param name="TargetColumns">The columns referred to.</param>
internal sealed record SeedReference(SeedTable Owner, SeedTable Target, int[] Columns, int[] TargetColumns)
{
    /// <summary>
    /// The columns that can be null until the rows referred to are there; empty where there are none, or where a row could
    /// not be told from others by its key.
    /// </summary>
    public int[] Deferrable { get; } = DeferrableOf(Owner, Columns);

    private static int[] DeferrableOf(SeedTable owner, int[] columns)
    {
        if (owner.Model.PrimaryKey is not { } key)
        {
            return [];
        }

        var keyColumns = owner.IndexesOf(key.Columns);
        return owner.Rows.TrueForAll(row => keyColumns.All(column => row.Values[column].HasValue))
            ? [.. columns.Where(column => owner.Model.Columns[column].Nullable && !keyColumns.Contains(column))]
            : [];
    }
}

/// <summary>The references among the rows.</summary>
internal sealed class SeedReferences
{
    private readonly List<SeedReference> _references;

    private SeedReferences(List<SeedReference> references) => _references = references;

    public IReadOnlyList<SeedReference> All => _references;

    /// <summary>The references that at least one row has.</summary>
    public static SeedReferences Of(ImmutableArray<SeedTable> tables)
    {
        var byName = tables.ToDictionary(table => (table.Model.Schema, table.Model.Name));
        return new SeedReferences(
        [
            .. from owner in tables
               from key in owner.Model.ForeignKeys
               let target = byName[(key.ReferencedSchema, key.ReferencedTable)]
               let columns = owner.IndexesOf(key.Columns)
               where owner.Rows.Exists(row => SeedTable.KeyOf(row, columns) is not null)
               select new SeedReference(owner, target, columns, target.IndexesOf(key.ReferencedColumns)),
        ]);
    }

    /// <summary>Looks for the row behind every reference.</summary>
    public void Check(SeedProblems problems)
    {
        foreach (var group in _references.GroupBy(reference => (reference.Target, string.Join(',', reference.TargetColumns))))
        {
            var (target, columns) = (group.Key.Target, group.First().TargetColumns);
            if (target.Rows.Exists(row => columns.Any(column => row.Values[column].Kind == SeedValueKind.Absent)))
            {
                // The application or the database gives them values when they are written.
                continue;
            }

            var present = target.Rows.Select(row => SeedTable.KeyOf(row, columns)).OfType<string>().ToHashSet(StringComparer.Ordinal);
            foreach (var reference in group)
            {
                foreach (var row in reference.Owner.Rows)
                {
                    if (SeedTable.KeyOf(row, reference.Columns) is { } key && !present.Contains(key))
                    {
                        problems.Add(
                            SeedDiagnostics.MissingReference, reference.Owner.DisplayName, string.Join(',', reference.Columns),
                            () => row.SpanOf(reference.Columns[0]), reference.Owner.DisplayName, target.DisplayName,
                            Describe(target.Model, reference.TargetColumns, row.Values, reference.Columns));
                    }
                }
            }
        }
    }

    /// <summary>Columns of a table with the values that they have in a row.</summary>
    public static string Describe(Table table, int[] columns, SeedValue[] values, int[] places)
    {
        const int LongestQuotation = 40;
        return string.Join(", ", columns.Zip(places, (column, place) =>
        {
            var text = values[place].Text ?? "NULL";
            return $"{table.Columns[column].Name} = {(text.Length > LongestQuotation ? text[..LongestQuotation] + "…" : text)}";
        }));
    }
}
