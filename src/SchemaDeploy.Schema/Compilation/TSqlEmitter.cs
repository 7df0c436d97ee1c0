using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Schema.Compilation.TSqlExpressionWriter;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Writes the folded tables as T-SQL for DacFx, one table to a batch with its indexes beside it. A T-SQL schema is
/// written as it is. Of the other dialects everything is left out that SQL Server has no like of, so that it is not
/// refused what their own databases take.
/// </summary>
internal sealed class TSqlEmitter
{
    private const int MaxColumns = 1024;
    private const string DefaultSchema = "dbo";

    private readonly FoldedSchema _schema;
    private readonly TSqlScript _script;
    private readonly HashSet<string> _takenNames;
    private readonly HashSet<(FoldedTable, FoldedColumn)> _keyColumns = [];
    private readonly Dictionary<FoldedTable, HashSet<FoldedColumn>> _emitted = [];

    private TSqlEmitter(FoldedSchema schema)
    {
        _schema = schema;
        // A T-SQL schema is compared as its database would; the letters of the others are already settled.
        var comparer = IsTSql ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _script = new TSqlScript(comparer);
        _takenNames = new HashSet<string>(comparer);
    }

    private bool IsTSql => _schema.Dialect == SchemaDialect.TSql;

    public static TSqlScript Emit(FoldedSchema schema)
    {
        var emitter = new TSqlEmitter(schema);
        emitter.FindKeyColumns();
        emitter.EmitSchemas();
        foreach (var table in schema.Tables)
        {
            emitter._takenNames.Add(NameOf(table));
        }

        foreach (var table in schema.Tables)
        {
            emitter.EmitTable(table);
        }

        return emitter._script;
    }

    /// <summary>What DacFx calls the table.</summary>
    private static string NameOf(FoldedTable table) => $"{Quote(table.Schema ?? DefaultSchema)}.{Quote(table.Name)}";

    private void FindKeyColumns()
    {
        void Add(FoldedTable table, IEnumerable<string?> names)
        {
            foreach (var name in names)
            {
                if (name is not null && table.Find(name) is { } column)
                {
                    _keyColumns.Add((table, column));
                }
            }
        }

        foreach (var table in _schema.Tables)
        {
            Add(table, table.PrimaryKey?.Parts.Select(p => p.Column) ?? []);
            Add(table, table.Uniques.SelectMany(u => u.Parts).Select(p => p.Column));
            Add(table, table.Indexes.SelectMany(i => i.Parts).Select(p => p.Column));
            foreach (var foreignKey in table.ForeignKeys)
            {
                Add(table, foreignKey.Definition.Columns.Select(c => c.Text));
                Add(foreignKey.Target!, foreignKey.Definition.ReferencedColumns.Select(c => c.Text));
            }
        }
    }

    private void EmitSchemas()
    {
        foreach (var (name, table) in _schema.Tables.Where(t => t.Schema is not null).Select(t => (t.Schema!, t)).DistinctBy(t => t.Item1, _schema.Rules.Comparer))
        {
            _script.AddLine($"CREATE SCHEMA {Quote(name)}", table.Span);
            _script.EndBatch(table.Span);
        }
    }

    private void EmitTable(FoldedTable table)
    {
        var name = NameOf(table);
        _script.Define(name, table.Span);
        _script.AddLine($"CREATE TABLE {name} (", table.Span);
        var columns = ColumnsToEmit(table);
        _emitted[table] = columns;
        var identity = table.Columns.Find(c => columns.Contains(c) && IsNumbered(c));
        foreach (var column in table.Columns.Where(columns.Contains))
        {
            _script.Define($"{name}.{Quote(column.Name)}", column.Identifier.Span);
            _script.AddLine($"    {ColumnText(table, column, column == identity)},", column.Definition.Span);
        }

        foreach (var (text, span) in ConstraintTexts(table))
        {
            _script.AddLine($"    {text},", span);
        }

        _script.AddLine(")", table.Span);
        _script.EndBatch(table.Span);
        foreach (var index in table.Indexes)
        {
            EmitIndex(table, index);
        }
    }

    /// <summary>All columns, or as many as SQL Server takes with those of keys first (PostgreSQL takes more).</summary>
    private HashSet<FoldedColumn> ColumnsToEmit(FoldedTable table) => table.Columns.Count <= MaxColumns
        ? [.. table.Columns]
        : [.. table.Columns.OrderBy(c => _keyColumns.Contains((table, c)) ? 0 : 1).Take(MaxColumns)];

    private static bool IsNumbered(FoldedColumn column) =>
        column.Definition is { Identity: not null, Type.Kind: SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Decimal };

    private string ColumnText(FoldedTable table, FoldedColumn column, bool isIdentity)
    {
        var definition = column.Definition;
        if (IsTSql && definition.Generated is { } generated && Value(generated.Expression) is { } expression)
        {
            var persisted = generated.Stored ? definition.Nullable == false ? " PERSISTED NOT NULL" : " PERSISTED" : "";
            return $"{Quote(column.Name)} AS ({expression}){persisted}";
        }

        var type = TypeText(table, column);
        var collation = IsTSql && definition.Type?.Collation is { } given ? $" COLLATE {given}" : "";
        var identity = isIdentity
            ? string.Create(CultureInfo.InvariantCulture, $" IDENTITY({definition.Identity!.Seed},{definition.Identity.Increment})")
            : "";
        var isRequired = definition.Nullable == false || isIdentity || IsInPrimaryKey(table, column);
        return $"{Quote(column.Name)} {type}{collation}{identity}{(isRequired ? " NOT NULL" : " NULL")}{DefaultText(table, column, isIdentity)}";
    }

    private string TypeText(FoldedTable table, FoldedColumn column)
    {
        var type = column.Definition.Type ?? ComputedTypes.Infer(table, column.Definition).Type;
        return TSqlTypeWriter.Write(_schema.Dialect, type, _keyColumns.Contains((table, column)));
    }

    private string DefaultText(FoldedTable table, FoldedColumn column, bool isIdentity)
    {
        if (isIdentity || column.Definition.Default is not { } @default || Value(@default.Expression) is not { } expression)
        {
            return "";
        }

        if (!IsTSql || @default.Name is not { } name)
        {
            return $" DEFAULT ({expression})";
        }

        _script.Define($"{Quote(table.Schema ?? DefaultSchema)}.{Quote(name.Text)}", @default.Span);
        return $" CONSTRAINT {Quote(name.Text)} DEFAULT ({expression})";
    }

    private bool IsInPrimaryKey(FoldedTable table, FoldedColumn column) =>
        table.PrimaryKey is { } key && key.Parts.Any(p => _schema.Rules.Comparer.Equals(p.Column, column.Name));

    private IEnumerable<(string Text, SourceSpan Span)> ConstraintTexts(FoldedTable table)
    {
        if (table.PrimaryKey is { } primaryKey && CanEmit(primaryKey.Parts))
        {
            yield return ($"{ConstraintName(table, primaryKey)} PRIMARY KEY ({Columns(table, primaryKey.Parts)})", primaryKey.Span);
        }

        foreach (var unique in table.Uniques.Where(u => CanEmit(u.Parts)))
        {
            yield return ($"{ConstraintName(table, unique)} UNIQUE ({Columns(table, unique.Parts)})", unique.Span);
        }

        foreach (var check in table.Checks)
        {
            if (Condition(InLetters(table, check)) is { } condition)
            {
                yield return ($"{ConstraintName(table, check)} CHECK ({condition})", check.Span);
            }
        }

        if (!IsTSql)
        {
            foreach (var column in table.Columns.Where(c => c.Definition.Type is { Kind: SqlTypeKind.Enum, Values.IsEmpty: false }))
            {
                var values = string.Join(", ", column.Definition.Type!.Values.Select(Text));
                yield return ($"CHECK ({Quote(column.Name)} in ({values}))", column.Definition.Span);
            }
        }

        foreach (var foreignKey in table.ForeignKeys.Where(CanEmit))
        {
            yield return (ForeignKeyText(foreignKey), foreignKey.Definition.Span);
        }
    }

    private static Script.Expressions.SqlExpression InLetters(FoldedTable table, CheckDefinition check) =>
        ExpressionColumns.Replace(check.Expression, c => new Script.Expressions.ColumnExpression(table.Find(c.Name)!.Name));

    private string ConstraintName(FoldedTable table, ConstraintDefinition constraint)
    {
        var schema = Quote(table.Schema ?? DefaultSchema);
        var name = constraint.Name!.Value.Text;
        var element = $"{schema}.{Quote(name)}";
        // Elsewhere names of constraints need not differ between tables; T-SQL's own have been checked to.
        for (var number = 2; !_takenNames.Add(element); number++)
        {
            element = $"{schema}.{Quote(string.Create(CultureInfo.InvariantCulture, $"{name}_{number}"))}";
        }

        _script.Define(element, constraint.Span);
        return $"CONSTRAINT {element[(schema.Length + 1)..]}";
    }

    private static bool CanEmit(ImmutableArray<KeyPart> parts) => parts.All(p => p.Column is not null);

    private static string Columns(FoldedTable table, IEnumerable<KeyPart> parts) =>
        string.Join(", ", parts.Select(p => Quote(table.Find(p.Column!)!.Name) + (p.Descending ? " DESC" : "")));

    /// <summary>Whether SQL Server has such a foreign key: the others also take similar types, and MySQL any index.</summary>
    private bool CanEmit(FoldedForeignKey foreignKey)
    {
        if (IsTSql)
        {
            return true;
        }

        var (owner, target) = (foreignKey.Owner, foreignKey.Target!);
        return ColumnPairs(foreignKey) is { } pairs
            && pairs.TrueForAll(pair => TypeText(owner, pair.Column) == TypeText(target, pair.Referenced));
    }

    /// <summary>The columns of a foreign key with those they refer to, in the order of the key, which SQL Server wants; null where there is no such key.</summary>
    private List<(FoldedColumn Column, FoldedColumn Referenced)>? ColumnPairs(FoldedForeignKey foreignKey)
    {
        var (owner, target, definition) = (foreignKey.Owner, foreignKey.Target!, foreignKey.Definition);
        var pairs = definition.Columns.Select(c => owner.Find(c.Text)!).Zip(definition.ReferencedColumns.Select(c => target.Find(c.Text)!)).ToList();
        if (IsTSql)
        {
            return pairs;
        }

        var names = pairs.Select(p => p.Second.Name).ToHashSet(_schema.Rules.Comparer);
        var keys = target.Uniques.Where(u => CanEmit(u.Parts)).Select(u => u.Parts).Append(target.PrimaryKey?.Parts ?? []);
        var key = keys.FirstOrDefault(k => names.SetEquals(k.Select(p => p.Column!)));
        return key.IsDefaultOrEmpty ? null : [.. key.Select(part => pairs.Find(p => p.Second == target.Find(part.Column!)))];
    }

    private string ForeignKeyText(FoldedForeignKey foreignKey)
    {
        var definition = foreignKey.Definition;
        var pairs = ColumnPairs(foreignKey)!;
        var columns = string.Join(", ", pairs.Select(p => Quote(p.Column.Name)));
        var referenced = string.Join(", ", pairs.Select(p => Quote(p.Referenced.Name)));
        return $"{ConstraintName(foreignKey.Owner, definition)} FOREIGN KEY ({columns}) REFERENCES {NameOf(foreignKey.Target!)} ({referenced})"
            + ActionText(" ON DELETE", definition.OnDelete) + ActionText(" ON UPDATE", definition.OnUpdate);
    }

    private static string ActionText(string when, ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => $"{when} CASCADE",
        ReferentialAction.SetNull => $"{when} SET NULL",
        ReferentialAction.SetDefault => $"{when} SET DEFAULT",
        _ => "",
    };

    private void EmitIndex(FoldedTable table, IndexDefinition index)
    {
        if (index.Method is not (IndexMethod.BTree or IndexMethod.Hash) || !CanEmit(index.Parts)
            || !index.Parts.All(p => _emitted[table].Contains(table.Find(p.Column!)!)))
        {
            return;
        }

        var name = Quote(index.Name!.Value.Text);
        var included = IsTSql && !index.Include.IsEmpty
            ? $" INCLUDE ({string.Join(", ", index.Include.Select(i => Quote(table.Find(i.Text)!.Name)))})"
            : "";
        var filter = IsTSql && index.Filter is not null && Condition(index.Filter) is { } condition ? $" WHERE {condition}" : "";
        _script.Define($"{NameOf(table)}.{name}", index.Span);
        _script.AddLine(
            $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {name} ON {NameOf(table)} ({Columns(table, index.Parts)}){included}{filter}",
            index.Span);
        _script.EndBatch(index.Span);
    }
}
