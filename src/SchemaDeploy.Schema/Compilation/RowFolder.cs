using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Rows bound to their table and columns when the statement runs, so that later renames reach them.</summary>
internal sealed record FoldedRows(FoldedTable Table, ImmutableArray<FoldedColumn> Columns, InsertRows Statement);

/// <summary>Binds the rows of a script; those of a table that is dropped later go with it.</summary>
internal sealed class RowFolder(SchemaDialect dialect, DiagnosticBag diagnostics)
{
    private readonly List<FoldedRows> _rows = [];

    /// <summary>Binds the rows of a statement.</summary>
    public void Add(FoldedTable table, InsertRows insert)
    {
        if (insert.Columns is not { } named)
        {
            _rows.Add(new FoldedRows(table, [.. table.Columns.Where(TakesUnnamedValue)], insert));
            return;
        }

        var columns = ImmutableArray.CreateBuilder<FoldedColumn>(named.Length);
        var seen = new HashSet<FoldedColumn>();
        foreach (var name in named)
        {
            if (!table.TryFind(name.Text, out var column))
            {
                diagnostics.Report(
                    ModelDiagnostics.MissingColumn, name.Span, table.DisplayName, name.Text, Suggestion.For(name.Text, table.ColumnNames));
                return;
            }

            if (!seen.Add(column))
            {
                diagnostics.Report(SeedDiagnostics.ColumnTwice, name.Span, table.DisplayName, name.Text);
                return;
            }

            columns.Add(column);
        }

        _rows.Add(new FoldedRows(table, columns.ToImmutable(), insert));
    }

    /// <summary>The rows of the tables that are still there, in the order of the statements.</summary>
    public ImmutableArray<FoldedRows> Of(TableCatalog catalog) => [.. _rows.Where(rows => catalog.Contains(rows.Table))];

    /// <summary>Whether the column takes one of the values of a row whose columns are not named.</summary>
    private bool TakesUnnamedValue(FoldedColumn column) =>
        dialect != SchemaDialect.TSql || column.Definition is { Identity: null, Generated: null };
}
