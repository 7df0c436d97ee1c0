using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>
/// Makes seed data of the rows in a schema: every value typed, defaults that are literals and numbers of rows filled in,
/// keys and references checked. What is wrong is reported at its place, and then nothing comes of it.
/// </summary>
internal sealed class SeedCompiler
{
    private readonly FoldedSchema _schema;
    private readonly DatabaseModel _model;
    private readonly SeedProblems _problems;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<FoldedTable, SeedTable> _tables = [];
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);

    private SeedCompiler(FoldedSchema schema, DatabaseModel model, DiagnosticBag diagnostics)
    {
        _schema = schema;
        _model = model;
        _diagnostics = diagnostics;
        _problems = new SeedProblems(diagnostics);
    }

    /// <summary>The seed data of a schema that is sound; null where it has none, or where something is wrong with it.</summary>
    public static SeedData? Compile(FoldedSchema schema, DatabaseModel model, DiagnosticBag diagnostics)
    {
        if (schema.Rows.IsEmpty)
        {
            return null;
        }

        var compiler = new SeedCompiler(schema, model, diagnostics);
        var seed = compiler.Compile();
        compiler._problems.Finish();
        return seed;
    }

    private SeedData? Compile()
    {
        for (var i = 0; i < _schema.Tables.Length; i++)
        {
            _tables.Add(_schema.Tables[i], new SeedTable(_model.Tables[i], _schema.Tables[i].DisplayName));
        }

        foreach (var statements in _schema.Rows.GroupBy(rows => rows.Table))
        {
            ReadTable(_tables[statements.Key], statements.Key, statements);
        }

        ImmutableArray<SeedTable> tables = [.. _schema.Tables.Select(table => _tables[table])];
        if (!_problems.HasAny)
        {
            foreach (var table in tables)
            {
                SeedKeys.Check(table, _problems);
            }

            var references = SeedReferences.Of(tables);
            references.Check(_problems);
            if (!_problems.HasAny && new SeedOrder(references, _problems).Blocks(tables) is { } blocks)
            {
                return new SeedData(blocks);
            }
        }

        return null;
    }

    private void ReadTable(SeedTable table, FoldedTable folded, IEnumerable<FoldedRows> statements)
    {
        var key = table.Model.PrimaryKey?.Columns ?? [];
        if (table.Model.Columns.FirstOrDefault(column => column.Generated is not null && key.Contains(column.Name)) is { } computed)
        {
            var first = statements.First().Statement;
            _problems.Add(SeedDiagnostics.ComputedKey, table.DisplayName, null, () => first.Table.Span, table.DisplayName, computed.Name);
            return;
        }

        var columns = new ColumnReader[table.Model.Columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new ColumnReader(table.Model.Columns[i], _model, _sequences);
        }

        foreach (var rows in statements)
        {
            // A column that was dropped later takes its values along.
            ImmutableArray<int> places = [.. rows.Columns.Select(column => folded.Columns.IndexOf(column))];
            foreach (var row in rows.Statement.Rows)
            {
                ReadRow(table, columns, rows.Statement, row, places);
            }
        }
    }

    private void ReadRow(SeedTable table, ColumnReader[] columns, InsertRows statement, DataRow written, ImmutableArray<int> places)
    {
        var count = written.Values.Length;
        var mayBeFewer = _model.Dialect == SchemaDialect.PostgreSql && statement.Columns is null;
        // MySQL's empty row is one of defaults.
        var isEmpty = count == 0 && _model.Dialect == SchemaDialect.MySql;
        if (count > places.Length || (count < places.Length && !mayBeFewer && !isEmpty))
        {
            _problems.Add(SeedDiagnostics.ValueCount, table.DisplayName, null, () => statement.SpanOf(written), table.DisplayName, count, places.Length);
            return;
        }

        var row = new SeedRow(new SeedValue[columns.Length], statement, written, places);
        for (var i = 0; i < count; i++)
        {
            if (places[i] >= 0)
            {
                row.Values[places[i]] = ReadValue(table, columns[places[i]], statement, written.Values[i]);
            }
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (row.Values[i].Kind == SeedValueKind.Absent)
            {
                row.Values[i] = columns[i].Fill();
                if (row.Values[i].Kind == SeedValueKind.Absent && columns[i].IsRequired && !IsGiven(row, i))
                {
                    var column = columns[i].Column.Name;
                    _problems.Add(SeedDiagnostics.MissingValue, table.DisplayName, column, () => row.Span, table.DisplayName, column);
                }
            }
        }

        table.Rows.Add(row);
    }

    // DEFAULT of a column that has none is reported like a column that is left out; a value that was refused is not.
    private static bool IsGiven(SeedRow row, int column) =>
        row.Places.IndexOf(column) is var place and >= 0 && place < row.Written.Values.Length && row.Written.Values[place].Kind != DataValueKind.Default;

    private SeedValue ReadValue(SeedTable table, ColumnReader column, InsertRows statement, DataValue literal)
    {
        if (literal.Kind == DataValueKind.Default)
        {
            return default;
        }

        if (!column.Values.IsKept)
        {
            if (literal.Kind != DataValueKind.Null && column.TellsOnce())
            {
                _diagnostics.Report(SeedDiagnostics.ColumnNotSeeded, statement.SpanOf(literal), table.DisplayName, column.Column.Name, column.Column.NativeType);
            }

            return default;
        }

        if (column.IsNumberWanted(literal, statement.KeepsZero))
        {
            return default;
        }

        var name = column.Column.Name;
        if (literal.Kind == DataValueKind.Null)
        {
            if (column.Column is { Nullable: false, Type: not SqlTypeKind.RowVersion })
            {
                _problems.Add(SeedDiagnostics.NullValue, table.DisplayName, name, () => statement.SpanOf(literal), table.DisplayName, name);
            }

            return column.Column.Type == SqlTypeKind.RowVersion ? default : SeedValue.Null;
        }

        if (column.Column.Generated is not null)
        {
            _problems.Add(SeedDiagnostics.ComputedValue, table.DisplayName, name, () => statement.SpanOf(literal), table.DisplayName, name);
            return default;
        }

        var value = column.Values.Read(literal, out var problem);
        if (problem is not null)
        {
            _problems.Add(
                problem.Kind, table.DisplayName, name, () => statement.SpanOf(literal),
                [table.DisplayName, name, ValueReader.Describe(literal), .. problem.Arguments]);
        }

        column.Saw(value);
        return value;
    }
}
