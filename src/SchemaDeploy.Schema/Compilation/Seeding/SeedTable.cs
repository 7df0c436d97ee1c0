using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>A row with a value for each column of its table.</summary>
/// <param name="Values">The values in the order of the table's columns.</param>
/// <param name="Statement">The statement that the row is of.</param>
/// <param name="Written">The row as it is written.</param>
/// <param name="Places">For each value of the row as it is written, the index of its column.</param>
internal sealed record SeedRow(SeedValue[] Values, InsertRows Statement, DataRow Written, ImmutableArray<int> Places)
{
    public SourceSpan Span => Statement.SpanOf(Written);

    /// <summary>Where the value of a column is written; where it is not, the row.</summary>
    public SourceSpan SpanOf(int column) => Places.IndexOf(column) is var place and >= 0 && place < Written.Values.Length
        ? Statement.SpanOf(Written.Values[place])
        : Span;
}

/// <summary>The rows of a table.</summary>
internal sealed class SeedTable(Table table, string displayName)
{
    private readonly Dictionary<string, int> _indexes = table.Columns.Select((column, index) => (column.Name, index)).ToDictionary(StringComparer.Ordinal);

    public Table Model => table;

    /// <summary>The name as messages show it.</summary>
    public string DisplayName => displayName;

    public List<SeedRow> Rows { get; private set; } = [];

    public int IndexOf(string column) => _indexes[column];

    public int[] IndexesOf(IEnumerable<string> columns) => [.. columns.Select(IndexOf)];

    /// <summary>Puts other rows, or the same in another order, in the place of the rows.</summary>
    public void Replace(List<SeedRow> rows) => Rows = rows;

    /// <summary>
    /// The values of a row in the columns as one text, which is that of another row only if all are equal; null where one
    /// has no value, or is not known yet.
    /// </summary>
    public static string? KeyOf(SeedRow row, int[] columns, bool nullsAreEqual = false)
    {
        if (columns is [var only] && row.Values[only].HasValue)
        {
            return row.Values[only].Text;
        }

        var parts = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var value = row.Values[columns[i]];
            if (!value.HasValue && !(nullsAreEqual && value.Kind == SeedValueKind.Null))
            {
                return null;
            }

            // The length tells where a part ends, and a null is no text.
            parts[i] = value.HasValue ? $"{value.Text!.Length}:{value.Text}" : "null";
        }

        return string.Concat(parts);
    }
}
