using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Index = SchemaDeploy.Schema.Model.Index;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Makes the immutable model from the folded tables.</summary>
internal sealed class ModelBuilder
{
    private readonly FoldedSchema _schema;
    private readonly SourcePositions _positions;
    private readonly SmartTagReader _tags;

    private ModelBuilder(FoldedSchema schema, string projectDirectory, DiagnosticBag diagnostics)
    {
        _schema = schema;
        _positions = new SourcePositions(projectDirectory);
        _tags = new SmartTagReader(_positions, diagnostics);
    }

    /// <summary>The model of a schema that <see cref="SchemaChecks"/> found sound.</summary>
    public static DatabaseModel Build(FoldedSchema schema, string projectDirectory, DiagnosticBag diagnostics)
    {
        var builder = new ModelBuilder(schema, projectDirectory, diagnostics);
        return new DatabaseModel
        {
            Dialect = schema.Dialect,
            Tables = [.. schema.Tables.Select(builder.BuildTable)],
            Sequences =
            [
                .. schema.Sequences.Select(s => new Sequence(
                    schema.Rules.NormaliseSchema(s.Name.Schema), s.Name.Name, s.Start, s.Increment)),
            ],
        };
    }

    private Table BuildTable(FoldedTable table)
    {
        var keys = table.Uniques.Where(u => IsPlain(u.Parts)).Select(u => (u.Span, Key: KeyOf(table, u.Name, u.Parts, u.NullsNotDistinct)));
        var uniqueIndexes = table.Indexes.Where(IsKey).Select(i => (i.Span, Key: KeyOf(table, i.Name, i.Parts, i.NullsNotDistinct)));
        var functionalKeys = table.Uniques.Where(u => !IsPlain(u.Parts)).Select(u => new IndexDefinition(u.Name, u.Parts, u.Span)
        {
            Unique = true,
            NullsNotDistinct = u.NullsNotDistinct,
        });
        return new Table
        {
            Schema = table.Schema,
            Name = table.Name,
            Comment = table.Comment,
            Columns = [.. table.Columns.Select(c => BuildColumn(table, c))],
            PrimaryKey = table.PrimaryKey is { } primaryKey ? KeyOf(table, primaryKey.Name, primaryKey.Parts, false) : null,
            UniqueKeys = [.. keys.Concat(uniqueIndexes).Select(k => k.Key)],
            ForeignKeys = [.. table.ForeignKeys.Select(BuildForeignKey)],
            Indexes = [.. functionalKeys.Concat(table.Indexes.Where(i => !IsKey(i))).Select(i => BuildIndex(table, i))],
            Checks = [.. table.Checks.Select(c => new Check(c.Name!.Value.Text, InLetters(table, c.Expression), _positions.Of(c.Span)))],
            Tags = _tags.Read(table.Comments),
            Source = _positions.Of(table.Span),
        };
    }

    private Column BuildColumn(FoldedTable table, FoldedColumn column)
    {
        var definition = column.Definition;
        var (type, nullable) = definition.Type is { } declared
            ? (declared, definition.Nullable ?? true)
            : ComputedTypes.Infer(table, definition);
        return new Column
        {
            Name = column.Name,
            Type = type.Kind,
            NativeType = type.NativeName,
            Length = (type.Element ?? type).Length,
            Precision = (type.Element ?? type).Precision,
            Scale = (type.Element ?? type).Scale,
            Unsigned = type.Unsigned,
            Element = type.Element?.Kind,
            Nullable = nullable && definition.Identity is null && !IsInPrimaryKey(table, column),
            Identity = definition.Identity,
            Default = definition.Default is { } @default ? InLetters(table, @default.Expression) : null,
            OnUpdateNow = definition.OnUpdateNow,
            Generated = definition.Generated is { } generated
                ? new Generated(InLetters(table, generated.Expression), generated.Stored)
                : null,
            EnumValues = type.Element?.Values ?? type.Values,
            Collation = type.Collation,
            Comment = definition.Comment,
            Tags = _tags.Read(definition.Comments),
            Source = _positions.Of(column.Identifier.Span),
        };
    }

    private bool IsInPrimaryKey(FoldedTable table, FoldedColumn column) =>
        table.PrimaryKey is { } key && key.Parts.Any(p => _schema.Rules.Comparer.Equals(p.Column, column.Name));

    private ForeignKey BuildForeignKey(FoldedForeignKey foreignKey)
    {
        var definition = foreignKey.Definition;
        var target = foreignKey.Target!;
        return new ForeignKey
        {
            Name = definition.Name!.Value.Text,
            Columns = [.. definition.Columns.Select(c => InLetters(foreignKey.Owner, c.Text))],
            ReferencedSchema = target.Schema,
            ReferencedTable = target.Name,
            ReferencedColumns = [.. definition.ReferencedColumns.Select(c => InLetters(target, c.Text))],
            OnDelete = definition.OnDelete,
            OnUpdate = definition.OnUpdate,
            Source = _positions.Of(definition.Span),
        };
    }

    private Index BuildIndex(FoldedTable table, IndexDefinition index) => new()
    {
        Name = index.Name!.Value.Text,
        Parts =
        [
            .. index.Parts.Select(p => new IndexPart(InLetters(table, p.Expression))
            {
                Descending = p.Descending,
                PrefixLength = p.PrefixLength,
            }),
        ],
        Unique = index.Unique,
        NullsNotDistinct = index.NullsNotDistinct,
        Method = index.Method,
        Filter = index.Filter is null ? null : InLetters(table, index.Filter),
        Include = [.. index.Include.Select(i => InLetters(table, i.Text))],
        Source = _positions.Of(index.Span),
    };

    /// <summary>Whether a unique index is as good as a unique constraint: plain, whole columns and no filter.</summary>
    private static bool IsKey(IndexDefinition index) => index is { Unique: true, Filter: null } && IsPlain(index.Parts);

    private static bool IsPlain(ImmutableArray<KeyPart> parts) => parts.All(p => p is { Column: not null, PrefixLength: null });

    private static Key KeyOf(FoldedTable table, Identifier? name, ImmutableArray<KeyPart> parts, bool nullsNotDistinct) =>
        new(name!.Value.Text, [.. parts.Select(p => InLetters(table, p.Column!))]) { NullsNotDistinct = nullsNotDistinct };

    /// <summary>The column's name in the letters of its definition.</summary>
    private static string InLetters(FoldedTable table, string column) => table.Find(column)!.Name;

    private static SqlExpression InLetters(FoldedTable table, SqlExpression expression) =>
        ExpressionColumns.Replace(expression, c => new ColumnExpression(InLetters(table, c.Name)));
}
