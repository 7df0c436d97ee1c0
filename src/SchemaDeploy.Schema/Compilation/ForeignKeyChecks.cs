using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Judges the foreign keys once all tables are known, and completes those that name no referenced columns.</summary>
internal sealed class ForeignKeyChecks
{
    private readonly FoldedSchema _schema;
    private readonly DiagnosticBag _diagnostics;

    private ForeignKeyChecks(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        _schema = schema;
        _diagnostics = diagnostics;
    }

    public static void Run(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        var checks = new ForeignKeyChecks(schema, diagnostics);
        var allSound = true;
        foreach (var table in schema.Tables)
        {
            foreach (var foreignKey in table.ForeignKeys)
            {
                allSound &= checks.Check(foreignKey);
            }
        }

        if (allSound && schema.Dialect == SchemaDialect.TSql)
        {
            CascadeChecks.Run(schema, diagnostics);
        }
    }

    private bool Check(FoldedForeignKey foreignKey)
    {
        var (owner, definition) = (foreignKey.Owner, foreignKey.Definition);
        var columns = new List<FoldedColumn>();
        foreach (var name in definition.Columns)
        {
            if (owner.Find(name.Text) is { } column)
            {
                columns.Add(column);
            }
            else
            {
                _diagnostics.Report(
                    ModelDiagnostics.MissingColumn, name.Span, owner.DisplayName, name.Text,
                    Suggestion.For(name.Text, owner.ColumnNames));
            }
        }

        if (foreignKey.Target is not { } target)
        {
            _diagnostics.Report(
                ModelDiagnostics.ReferencedTableMissing, definition.ReferencedTable.Span, owner.DisplayName,
                definition.ReferencedTable,
                Suggestion.For(definition.ReferencedTable.ToString(), _schema.Tables.Select(t => t.DisplayName)));
            return false;
        }

        if (definition.ReferencedColumns.IsEmpty && !RefersToPrimaryKey(foreignKey, target))
        {
            return false;
        }

        definition = foreignKey.Definition;
        var referenced = new List<FoldedColumn>();
        foreach (var name in definition.ReferencedColumns)
        {
            if (target.Find(name.Text) is { } column)
            {
                referenced.Add(column);
            }
            else
            {
                _diagnostics.Report(
                    ModelDiagnostics.ReferencedColumnMissing, name.Span, owner.DisplayName, target.DisplayName, name.Text,
                    Suggestion.For(name.Text, target.ColumnNames));
            }
        }

        if (definition.Columns.Length != definition.ReferencedColumns.Length)
        {
            _diagnostics.Report(
                ModelDiagnostics.ForeignKeyColumnCount, definition.Span, owner.DisplayName, definition.Columns.Length,
                definition.ReferencedColumns.Length, target.DisplayName);
            return false;
        }

        return columns.Count == definition.Columns.Length
            && referenced.Count == definition.ReferencedColumns.Length
            && CheckTypes(foreignKey, columns, target, referenced)
            & CheckTarget(foreignKey, target, referenced)
            & CheckActions(foreignKey, columns);
    }

    private bool RefersToPrimaryKey(FoldedForeignKey foreignKey, FoldedTable target)
    {
        if (target.PrimaryKey is not { } primaryKey)
        {
            _diagnostics.Report(
                ModelDiagnostics.ReferencedPrimaryKeyMissing, foreignKey.Definition.ReferencedTable.Span,
                foreignKey.Owner.DisplayName, target.DisplayName);
            return false;
        }

        foreignKey.Definition = foreignKey.Definition with
        {
            ReferencedColumns = [.. primaryKey.Parts.Select(p => new Identifier(p.Column ?? "", foreignKey.Definition.ReferencedTable.Span))],
        };
        return true;
    }

    private bool CheckTypes(
        FoldedForeignKey foreignKey, List<FoldedColumn> columns, FoldedTable target, List<FoldedColumn> referenced)
    {
        var sound = true;
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Definition.Type is { } type && referenced[i].Definition.Type is { } referencedType
                && !KeyTypes.AreComparable(_schema.Dialect, type, referencedType))
            {
                _diagnostics.Report(
                    ModelDiagnostics.ForeignKeyTypes, foreignKey.Definition.Columns[i].Span, foreignKey.Owner.DisplayName,
                    columns[i].Name, type.NativeName, target.DisplayName, referenced[i].Name, referencedType.NativeName);
                sound = false;
            }
        }

        return sound;
    }

    private bool CheckTarget(FoldedForeignKey foreignKey, FoldedTable target, List<FoldedColumn> referenced)
    {
        var wanted = referenced.Select(c => c.Name).ToHashSet(_schema.Rules.Comparer);
        var isKey = CandidateKeys(target).Any(k => wanted.SetEquals(k));
        var isIndexed = _schema.Dialect == SchemaDialect.MySql && IndexedColumns(target).Any(k => wanted.SetEquals(k.Take(wanted.Count)));
        if (isKey || isIndexed)
        {
            return true;
        }

        _diagnostics.Report(
            _schema.Dialect == SchemaDialect.MySql ? ModelDiagnostics.ReferencedColumnsNoIndex : ModelDiagnostics.ReferencedColumnsNoKey,
            foreignKey.Definition.ReferencedTable.Span, foreignKey.Owner.DisplayName, target.DisplayName,
            string.Join(", ", referenced.Select(c => c.Name)));
        return false;
    }

    /// <summary>The columns of each key that a foreign key can refer to.</summary>
    public static IEnumerable<IEnumerable<string>> CandidateKeys(FoldedTable table)
    {
        if (table.PrimaryKey is { } primaryKey)
        {
            yield return Names(primaryKey.Parts);
        }

        foreach (var unique in table.Uniques)
        {
            yield return Names(unique.Parts);
        }

        foreach (var index in table.Indexes)
        {
            if (index is { Unique: true, Filter: null })
            {
                yield return Names(index.Parts);
            }
        }
    }

    private static IEnumerable<IEnumerable<string>> IndexedColumns(FoldedTable table) =>
    [
        .. CandidateKeys(table),
        .. table.Indexes.Select(i => Names(i.Parts)),
        // MySQL makes an index for each foreign key.
        .. table.ForeignKeys.Select(f => f.Definition.Columns.Select(c => c.Text)),
    ];

    private static IEnumerable<string> Names(IEnumerable<KeyPart> parts) => parts.Select(p => p.Column ?? "");

    private bool CheckActions(FoldedForeignKey foreignKey, List<FoldedColumn> columns)
    {
        var definition = foreignKey.Definition;
        var setsNull = definition.OnDelete == ReferentialAction.SetNull || definition.OnUpdate == ReferentialAction.SetNull;
        var required = columns.Find(c => c.Definition.Nullable == false || IsInPrimaryKey(foreignKey.Owner, c));
        if (!setsNull || required is null || _schema.Dialect == SchemaDialect.PostgreSql)
        {
            return true;
        }

        _diagnostics.Report(ModelDiagnostics.SetNullOnRequired, definition.Span, foreignKey.Owner.DisplayName, required.Name);
        return false;
    }

    private bool IsInPrimaryKey(FoldedTable table, FoldedColumn column) =>
        table.PrimaryKey is { } key && key.Parts.Any(p => _schema.Rules.Comparer.Equals(p.Column, column.Name));
}
