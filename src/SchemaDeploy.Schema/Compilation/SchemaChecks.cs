using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Judges what the statements have left behind, by the rules of the dialect.</summary>
internal sealed class SchemaChecks
{
    private readonly FoldedSchema _schema;
    private readonly DiagnosticBag _diagnostics;

    private SchemaChecks(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        _schema = schema;
        _diagnostics = diagnostics;
    }

    /// <summary>Reports everything the database would refuse.</summary>
    public static void Run(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        var checks = new SchemaChecks(schema, diagnostics);
        foreach (var table in schema.Tables)
        {
            checks.CheckTable(table);
            checks.CheckKeys(table);
            checks.CheckExpressions(table);
        }

        NameChecks.Run(schema, diagnostics);
        ForeignKeyChecks.Run(schema, diagnostics);
    }

    private NameRules Rules => _schema.Rules;

    private void CheckTable(FoldedTable table)
    {
        if (table.Columns.Count == 0)
        {
            _diagnostics.Report(ModelDiagnostics.NoColumns, table.Span, table.DisplayName);
        }
        else if (table.Columns.Count > Rules.MaxColumns)
        {
            _diagnostics.Report(
                ModelDiagnostics.TooManyColumns, table.Span, table.DisplayName, table.Columns.Count, Rules.DialectName,
                Rules.MaxColumns);
        }

        if (_schema.Dialect != SchemaDialect.PostgreSql)
        {
            var numbered = table.Columns.FindAll(c => c.Definition.Identity is not null);
            if (numbered.Count > 1)
            {
                _diagnostics.Report(
                    ModelDiagnostics.SecondIdentity, numbered[1].Identifier.Span, table.DisplayName, numbered[0].Name,
                    Rules.DialectName);
            }
        }
    }

    private void CheckKeys(FoldedTable table)
    {
        if (table.PrimaryKey is { } primaryKey)
        {
            CheckParts(table, primaryKey.Parts, "a primary key", IndexMethod.BTree);
            foreach (var part in primaryKey.Parts)
            {
                if (part.Column is { } name && table.Find(name) is { Definition.Nullable: true } column
                    && _schema.Dialect == SchemaDialect.TSql)
                {
                    _diagnostics.Report(ModelDiagnostics.NullableKey, column.Identifier.Span, table.DisplayName, column.Name);
                }
            }
        }

        foreach (var unique in table.Uniques)
        {
            CheckParts(table, unique.Parts, "a unique key", IndexMethod.BTree);
        }

        foreach (var index in table.Indexes)
        {
            CheckParts(table, index.Parts, "an index", index.Method);
            foreach (var included in index.Include)
            {
                CheckColumn(table, included.Text, included.Span);
            }

            if (index.Filter is not null)
            {
                CheckExpression(table, index.Filter, "index condition", index.Span);
            }
        }
    }

    private void CheckParts(FoldedTable table, IEnumerable<KeyPart> parts, string what, IndexMethod method)
    {
        var seen = new HashSet<string>(Rules.Comparer);
        foreach (var part in parts)
        {
            if (part.Column is not { } name)
            {
                CheckExpression(table, part.Expression, "index expression", part.Span);
            }
            else if (CheckColumn(table, name, part.Span) is { } column)
            {
                if (!seen.Add(name))
                {
                    _diagnostics.Report(ModelDiagnostics.RepeatedKeyColumn, part.Span, column.Name, what);
                }

                if (method is IndexMethod.BTree or IndexMethod.Hash && column.Definition.Type is { } type
                    && KeyTypes.IsUnfit(_schema.Dialect, type, part.PrefixLength is not null))
                {
                    var cure = _schema.Dialect == SchemaDialect.MySql && type.Kind is SqlTypeKind.Text or SqlTypeKind.Blob
                        ? $" Give the length of the prefix to index, such as {column.Name}(100)."
                        : "";
                    _diagnostics.Report(ModelDiagnostics.UnfitKeyType, part.Span, column.Name, type.NativeName, what, cure);
                }
            }
        }
    }

    private FoldedColumn? CheckColumn(FoldedTable table, string name, SourceSpan span)
    {
        var column = table.Find(name);
        if (column is null)
        {
            _diagnostics.Report(
                ModelDiagnostics.MissingColumn, span, table.DisplayName, name, Suggestion.For(name, table.ColumnNames));
        }

        return column;
    }

    private void CheckExpressions(FoldedTable table)
    {
        foreach (var check in table.Checks)
        {
            CheckExpression(table, check.Expression, "check", check.Span);
        }

        foreach (var column in table.Columns)
        {
            if (column.Definition.Generated is { } generated)
            {
                CheckExpression(table, generated.Expression, $"computed column '{column.Name}'", generated.Span);
                CheckNotFromItself(table, column);
            }

            if (column.Definition.Default is { } @default)
            {
                CheckExpression(table, @default.Expression, $"default of column '{column.Name}'", @default.Span);
            }
        }
    }

    private void CheckExpression(FoldedTable table, SqlExpression expression, string what, SourceSpan span)
    {
        foreach (var name in ExpressionColumns.Of(expression).Distinct(Rules.Comparer))
        {
            if (table.Find(name) is null)
            {
                _diagnostics.Report(
                    ModelDiagnostics.ExpressionColumnMissing, span, what, table.DisplayName, name,
                    Suggestion.For(name, table.ColumnNames));
            }
        }
    }

    private void CheckNotFromItself(FoldedTable table, FoldedColumn column)
    {
        var seen = new HashSet<FoldedColumn>();
        var open = new Stack<FoldedColumn>([column]);
        while (open.TryPop(out var next))
        {
            if (next.Definition.Generated is not { } generated)
            {
                continue;
            }

            foreach (var name in ExpressionColumns.Of(generated.Expression))
            {
                if (table.Find(name) is { } source && seen.Add(source))
                {
                    open.Push(source);
                }
            }
        }

        if (seen.Contains(column))
        {
            _diagnostics.Report(
                ModelDiagnostics.GeneratedFromItself, column.Definition.Generated!.Span, table.DisplayName, column.Name);
        }
    }
}
