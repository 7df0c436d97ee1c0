using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>Looks for rows with the same primary or unique key, and leaves out those that their statement lets be left out.</summary>
internal static class SeedKeys
{
    public static void Check(SeedTable table, SeedProblems problems)
    {
        var keys = new List<KeyIndex>();
        if (table.Model.PrimaryKey is { } primaryKey)
        {
            keys.Add(new KeyIndex(primaryKey, table));
        }

        keys.AddRange(table.Model.UniqueKeys.Select(key => new KeyIndex(key, table)));
        if (keys.Count == 0 || table.Rows.Count == 0)
        {
            return;
        }

        var left = new HashSet<SeedRow>(ReferenceEqualityComparer.Instance);
        foreach (var row in table.Rows)
        {
            foreach (var key in keys)
            {
                if (key.Find(row) is not { } other)
                {
                    continue;
                }

                if (row.Statement.Duplicates == DuplicateRows.KeepFirst)
                {
                    left.Add(row);
                    break;
                }

                if (row.Statement.Duplicates == DuplicateRows.KeepLast)
                {
                    left.Add(other);
                    keys.ForEach(one => one.Remove(other));
                    continue;
                }

                problems.Add(
                    SeedDiagnostics.DuplicateKey, table.DisplayName, key.Name, () => row.SpanOf(key.Columns[0]),
                    table.DisplayName, key.Describe(row, table), other.Span.Line.ToString(CultureInfo.InvariantCulture));
            }

            if (!left.Contains(row))
            {
                keys.ForEach(key => key.Add(row));
            }
        }

        if (left.Count > 0)
        {
            table.Replace([.. table.Rows.Where(row => !left.Contains(row))]);
        }
    }

    /// <summary>The rows by one key.</summary>
    private sealed class KeyIndex(Key key, SeedTable table)
    {
        private readonly Dictionary<string, SeedRow> _rows = new(StringComparer.Ordinal);

        public string Name => key.Name;

        public int[] Columns { get; } = table.IndexesOf(key.Columns);

        public SeedRow? Find(SeedRow row) => KeyOf(row) is { } text ? _rows.GetValueOrDefault(text) : null;

        public void Add(SeedRow row)
        {
            if (KeyOf(row) is { } text)
            {
                _rows.TryAdd(text, row);
            }
        }

        public void Remove(SeedRow row)
        {
            if (KeyOf(row) is { } text)
            {
                _rows.Remove(text);
            }
        }

        public string Describe(SeedRow row, SeedTable table) => SeedReferences.Describe(table.Model, Columns, row.Values, Columns);

        private string? KeyOf(SeedRow row) => SeedTable.KeyOf(row, Columns, key.NullsNotDistinct);
    }
}
