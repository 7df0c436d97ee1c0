using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Turns the constraints and indexes of one table into neutral ones.</summary>
internal sealed class ConstraintConverter(ConversionContext context, ObjectName table)
{
    private readonly ExpressionConverter _expressions = new(context, table);

    /// <summary>The constraints written behind a column.</summary>
    public ImmutableArray<ConstraintDefinition> OfColumn(Dom.ColumnDefinition column, Identifier name)
    {
        var constraints = ImmutableArray.CreateBuilder<ConstraintDefinition>();
        foreach (var constraint in column.Constraints)
        {
            if (Convert(constraint, name) is { } converted)
            {
                constraints.Add(converted);
            }
        }

        if (column.Index is { } index && Convert(index, name) is { } convertedIndex)
        {
            constraints.Add(convertedIndex);
        }

        return constraints.ToImmutable();
    }

    /// <summary>A constraint, of <paramref name="column"/> where it stands behind one; null where it is none or has no counterpart.</summary>
    public ConstraintDefinition? Convert(Dom.ConstraintDefinition constraint, Identifier? column = null)
    {
        var name = context.OptionalName(constraint.ConstraintIdentifier);
        context.Names.AddConstraint(table, name);
        return constraint switch
        {
            Dom.UniqueConstraintDefinition unique => Key(unique, name, column),
            Dom.ForeignKeyConstraintDefinition foreignKey => new ForeignKeyDefinition(
                name,
                foreignKey.Columns.Count == 0 && column is { } own ? [own] : [.. foreignKey.Columns.Select(context.Name)],
                context.Name(foreignKey.ReferenceTableName),
                [.. foreignKey.ReferencedTableColumns.Select(context.Name)],
                context.Span(foreignKey))
            {
                OnDelete = Action(foreignKey.DeleteAction),
                OnUpdate = Action(foreignKey.UpdateAction),
            },
            Dom.CheckConstraintDefinition check =>
                _expressions.Convert(check.CheckCondition, name is null ? "This check" : $"Check '{name.Value.Text}'") is { } condition
                    ? new CheckDefinition(name, condition, context.Span(check))
                    : null,
            Dom.GraphConnectionConstraintDefinition connection => NotCarriedOver<ConstraintDefinition>(connection, "A CONNECTION constraint"),
            _ => null,
        };
    }

    /// <summary>A default; null where its expression has no neutral form.</summary>
    public DefaultDefinition? Default(Dom.DefaultConstraintDefinition @default)
    {
        var name = context.OptionalName(@default.ConstraintIdentifier);
        context.Names.AddConstraint(table, name);
        return _expressions.Convert(@default.Expression, "This default") is { } expression
            ? new DefaultDefinition(expression, context.Span(@default.Expression)) { Name = name }
            : null;
    }

    /// <summary>An index written inside a table.</summary>
    public IndexDefinition? Convert(Dom.IndexDefinition index, Identifier? column = null)
    {
        var name = context.OptionalName(index.Name);
        var kind = index.IndexType?.IndexTypeKind;
        var parts = index.Columns.Count == 0 && column is { } own
            ? [new KeyPart(new ColumnExpression(own.Text), own.Span)]
            : Parts(index.Columns);
        if (parts.IsEmpty)
        {
            return NotCarriedOver<IndexDefinition>(index, "A clustered columnstore index");
        }

        return Index(name, parts, index, index.FilterPredicate) is { } converted
            ? converted with
            {
                Unique = index.Unique,
                NullsNotDistinct = index.Unique,
                Method = kind switch
                {
                    Dom.IndexTypeKind.NonClusteredHash => IndexMethod.Hash,
                    Dom.IndexTypeKind.ClusteredColumnStore or Dom.IndexTypeKind.NonClusteredColumnStore => IndexMethod.Other,
                    _ => IndexMethod.BTree,
                },
                Include = [.. index.IncludeColumns.Select(Column).OfType<Identifier>()],
            }
            : null;
    }

    /// <summary>CREATE INDEX of whichever family; null where it has no counterpart.</summary>
    public IndexDefinition? Convert(Dom.TSqlStatement statement) => statement switch
    {
        Dom.CreateIndexStatement index => Index(context.OptionalName(index.Name), Parts(index.Columns), index, index.FilterPredicate) is { } converted
            ? converted with
            {
                Unique = index.Unique,
                NullsNotDistinct = index.Unique,
                Include = [.. index.IncludeColumns.Select(Column).OfType<Identifier>()],
            }
            : null,
        Dom.CreateColumnStoreIndexStatement { Columns.Count: 0 } index => NotCarriedOver<IndexDefinition>(index, "A clustered columnstore index"),
        Dom.CreateColumnStoreIndexStatement index =>
            Index(context.OptionalName(index.Name), Parts(index.Columns), index, index.FilterPredicate, IndexMethod.Other),
        Dom.CreateXmlIndexStatement index => OfColumn(index, index.XmlColumn, IndexMethod.Other),
        Dom.CreateSelectiveXmlIndexStatement index => OfColumn(index, index.XmlColumn, IndexMethod.Other),
        Dom.CreateJsonIndexStatement index => OfColumn(index, index.JsonColumn, IndexMethod.Other),
        Dom.CreateVectorIndexStatement index => OfColumn(index, index.VectorColumn, IndexMethod.Other),
        Dom.CreateSpatialIndexStatement index => new IndexDefinition(
            context.OptionalName(index.Name), [Part(index.SpatialColumnName)], context.Span(index))
        { Method = IndexMethod.Spatial },
        Dom.CreateFullTextIndexStatement { FullTextIndexColumns.Count: > 0 } index => new IndexDefinition(
            null, [.. index.FullTextIndexColumns.Select(c => Part(c.Name))], context.Span(index))
        { Method = IndexMethod.FullText },
        _ => NotCarriedOver<IndexDefinition>(statement, "This index"),
    };

    private ConstraintDefinition? Key(Dom.UniqueConstraintDefinition unique, Identifier? name, Identifier? column)
    {
        var parts = unique.Columns.Count == 0 && column is { } own
            ? [new KeyPart(new ColumnExpression(own.Text), own.Span)]
            : Parts(unique.Columns);
        if (parts.Length == 0 || parts.Length < unique.Columns.Count)
        {
            return NotCarriedOver<ConstraintDefinition>(unique, "A key over graph columns");
        }

        return unique.IsPrimaryKey
            ? new PrimaryKeyDefinition(name, parts, context.Span(unique))
            : new UniqueDefinition(name, parts, context.Span(unique)) { NullsNotDistinct = true };
    }

    private IndexDefinition? OfColumn(Dom.IndexStatement index, Dom.Identifier? column, IndexMethod method) => column is null
        ? NotCarriedOver<IndexDefinition>(index, "This index")
        : new IndexDefinition(context.OptionalName(index.Name), [Part(column)], context.Span(index)) { Method = method };

    private IndexDefinition? Index(
        Identifier? name, ImmutableArray<KeyPart> parts, Dom.TSqlFragment index, Dom.BooleanExpression? filter, IndexMethod method = IndexMethod.BTree)
    {
        if (parts.IsEmpty)
        {
            return NotCarriedOver<IndexDefinition>(index, "An index over graph columns");
        }

        SqlExpression? condition = null;
        if (filter is not null && (condition = _expressions.Convert(filter, "A filtered index with this condition")) is null)
        {
            return null;
        }

        return new IndexDefinition(name, parts, context.Span(index)) { Method = method, Filter = condition };
    }

    private ImmutableArray<KeyPart> Parts(IEnumerable<Dom.ColumnWithSortOrder> columns) =>
    [
        .. columns
            .Select(c => (Column: Column(c.Column), Part: c))
            .Where(c => c.Column is not null)
            .Select(c => new KeyPart(new ColumnExpression(c.Column!.Value.Text), context.Span(c.Part))
            {
                Descending = c.Part.SortOrder == Dom.SortOrder.Descending,
            }),
    ];

    private ImmutableArray<KeyPart> Parts(IEnumerable<Dom.ColumnReferenceExpression> columns) =>
        [.. columns.Select(Column).OfType<Identifier>().Select(c => new KeyPart(new ColumnExpression(c.Text), c.Span))];

    private KeyPart Part(Dom.Identifier column) => new(new ColumnExpression(column.Value), context.Span(column));

    /// <summary>The column's name; null for the hidden columns of graph tables.</summary>
    private Identifier? Column(Dom.ColumnReferenceExpression column) =>
        column.MultiPartIdentifier is { Count: > 0 } name ? context.Name(name.Identifiers[^1]) : null;

    private T? NotCarriedOver<T>(Dom.TSqlFragment fragment, string what)
        where T : ConstraintDefinition
    {
        context.NotCarriedOver(fragment, what);
        return null;
    }

    private static ReferentialAction Action(Dom.DeleteUpdateAction action) => action switch
    {
        Dom.DeleteUpdateAction.Cascade => ReferentialAction.Cascade,
        Dom.DeleteUpdateAction.SetNull => ReferentialAction.SetNull,
        Dom.DeleteUpdateAction.SetDefault => ReferentialAction.SetDefault,
        _ => ReferentialAction.NoAction,
    };
}
