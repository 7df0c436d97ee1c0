using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Turns the columns of one table into neutral ones.</summary>
internal sealed class ColumnConverter(ConversionContext context, ObjectName table)
{
    /// <summary>What the end of a row's validity holds while the row is the current one: the last moment that every database can hold.</summary>
    private const string EndOfTime = "9999-12-31 23:59:59.999999";

    private readonly TypeConverter _types = new(context);
    private readonly ExpressionConverter _expressions = new(context, table);
    private readonly ConstraintConverter _constraints = new(context, table);
    private readonly CommentFinder _comments = new(context);

    /// <summary>The column; null where it has no meaning outside its database.</summary>
    public ColumnDefinition? Convert(Dom.ColumnDefinition column)
    {
        var name = context.Name(column.ColumnIdentifier);
        var span = context.Span(column);
        ImmutableArray<SqlComment> comments = [.. _comments.Above(column), .. _comments.Behind(column)];
        ReportUncarried(column, name);
        if (column.ComputedColumnExpression is not null)
        {
            return Computed(column, name, span) with { Comments = comments };
        }

        if (column.DataType is null)
        {
            return Typeless(column, name, span) is { } typeless ? typeless with { Comments = comments } : null;
        }

        if (column.GeneratedAlways is { } generated and not (Dom.GeneratedAlwaysType.RowStart or Dom.GeneratedAlwaysType.RowEnd))
        {
            context.NotCarriedOver(column, $"Column '{name.Text}', GENERATED ALWAYS AS {generated},");
            return null;
        }

        var type = _types.Convert(column.DataType) with { Collation = column.Collation?.Value };
        context.Names.AddColumn(table, name.Text, type.Kind);
        ReportUnexposed(column, name, type);
        var definition = new ColumnDefinition(name, type, span)
        {
            Nullable = NullabilityOf(column),
            Identity = column.IdentityOptions is { } identity ? Identity(identity) : null,
            Default = column.DefaultConstraint is { } @default ? _constraints.Default(@default) : null,
            Constraints = _constraints.OfColumn(column, name),
            Comments = comments,
        };
        return column.GeneratedAlways switch
        {
            Dom.GeneratedAlwaysType.RowStart => RowStart(definition),
            Dom.GeneratedAlwaysType.RowEnd => RowEnd(definition, type),
            _ => definition,
        };
    }

    /// <summary>The column that ALTER COLUMN makes of one.</summary>
    public ColumnDefinition Convert(Dom.AlterTableAlterColumnStatement column)
    {
        var name = context.Name(column.ColumnIdentifier);
        var type = _types.Convert(column.DataType) with { Collation = column.Collation?.Value };
        context.Names.AddColumn(table, name.Text, type.Kind);
        return new ColumnDefinition(name, type, context.Span(column))
        {
            Nullable = column.AlterTableAlterColumnOption switch
            {
                Dom.AlterTableAlterColumnOption.NotNull => false,
                Dom.AlterTableAlterColumnOption.Null => true,
                _ => null,
            },
        };
    }

    private ColumnDefinition Computed(Dom.ColumnDefinition column, Identifier name, SourceSpan span)
    {
        var expression = _expressions.Convert(
            column.ComputedColumnExpression,
            $"The expression of computed column '{name.Text}'",
            " The column is kept and not exposed.");
        var definition = new ColumnDefinition(name, expression is null ? new SqlType(SqlTypeKind.Other, "sql_variant") : null, span)
        {
            Nullable = NullabilityOf(column),
            Constraints = _constraints.OfColumn(column, name),
        };
        return expression is null
            ? definition
            : definition with
            {
                Generated = new GeneratedDefinition(expression, column.IsPersisted, context.Span(column.ComputedColumnExpression)),
            };
    }

    /// <summary>"timestamp" alone is both the name and the type; anything else needs a type.</summary>
    private ColumnDefinition? Typeless(Dom.ColumnDefinition column, Identifier name, SourceSpan span)
    {
        if (name.Text.Equals("timestamp", StringComparison.OrdinalIgnoreCase))
        {
            return new ColumnDefinition(name, new SqlType(SqlTypeKind.RowVersion, name.Text), span)
            {
                Nullable = NullabilityOf(column),
                Constraints = _constraints.OfColumn(column, name),
            };
        }

        context.Diagnostics.Report(ReadingDiagnostics.Syntax, span, $"column '{name.Text}' has no type");
        return null;
    }

    /// <summary>The current row of a temporal table says when it began to hold: since its last change.</summary>
    private static ColumnDefinition RowStart(ColumnDefinition column) => column with
    {
        Default = new DefaultDefinition(new FunctionExpression(NeutralFunctions.Now, []), column.Span),
        OnUpdateNow = true,
    };

    /// <summary>The end of the current row's validity is always the end of time, so it is computed, and nobody can set it.</summary>
    private static ColumnDefinition RowEnd(ColumnDefinition column, SqlType type) => column with
    {
        Type = null,
        Generated = new GeneratedDefinition(
            new CastExpression(new LiteralExpression(LiteralKind.String, EndOfTime), type), Stored: false, column.Span),
    };

    private IdentityDefinition Identity(Dom.IdentityOptions identity) => new(
        identity.IdentitySeed is null ? 1 : Number(identity.IdentitySeed),
        identity.IdentityIncrement is null ? 1 : Number(identity.IdentityIncrement));

    private long Number(Dom.ScalarExpression expression)
    {
        if (long.TryParse(
                context.TextOf(expression).Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        context.NotCarriedOver(expression, "A seed or increment beyond 64 bits", " 1 is used.");
        return 1;
    }

    private static bool? NullabilityOf(Dom.ColumnDefinition column)
    {
        foreach (var constraint in column.Constraints)
        {
            if (constraint is Dom.NullableConstraintDefinition nullable)
            {
                return nullable.Nullable;
            }
        }

        return TypeConverter.IsNotNullByDefault(column.DataType) ? false : null;
    }

    private void ReportUnexposed(Dom.ColumnDefinition column, Identifier name, SqlType type)
    {
        if (type is { Kind: SqlTypeKind.Spatial or SqlTypeKind.Other, UserType: null })
        {
            context.Diagnostics.Report(TSqlDiagnostics.KeptNotExposed, context.Span(column.DataType), name.Text, type.NativeName);
        }
    }

    private void ReportUncarried(Dom.ColumnDefinition column, Identifier name)
    {
        if (column.IsMasked)
        {
            context.NotCarriedOver(column, $"The mask of column '{name.Text}'", " Tag the column @hidden or @allow where clients must not read it.");
        }

        if (column.Encryption is not null)
        {
            context.NotCarriedOver(column.Encryption, $"The encryption of column '{name.Text}'");
        }

        if (column.StorageOptions is { SparseOption: Dom.SparseColumnOption.ColumnSetForAllSparseColumns } storage)
        {
            context.NotCarriedOver(storage, $"The column set '{name.Text}'", " It is kept as an ordinary column.");
        }
    }
}
