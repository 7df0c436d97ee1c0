using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Where keys, indexes, checks and foreign keys name a column, and how a rename reaches them.</summary>
internal static class ColumnReferences
{
    /// <summary>Whether the table's own <paramref name="constraint"/> uses the column.</summary>
    public static bool Uses(FoldedTable table, ConstraintDefinition constraint, string column)
    {
        var comparer = table.Rules.Comparer;
        bool In(ImmutableArray<KeyPart> parts) => parts.Any(p => ExpressionColumns.Of(p.Expression).Contains(column, comparer));
        return constraint switch
        {
            PrimaryKeyDefinition primaryKey => In(primaryKey.Parts),
            UniqueDefinition unique => In(unique.Parts),
            IndexDefinition index => In(index.Parts)
                || index.Include.Any(i => comparer.Equals(i.Text, column))
                || (index.Filter is not null && ExpressionColumns.Of(index.Filter).Contains(column, comparer)),
            CheckDefinition check => ExpressionColumns.Of(check.Expression).Contains(column, comparer),
            ForeignKeyDefinition foreignKey => foreignKey.Columns.Any(c => comparer.Equals(c.Text, column)),
            _ => false,
        };
    }

    /// <summary>Gives the column its new name wherever the table or a foreign key to it uses the old one.</summary>
    public static void Rename(FoldedTable table, string oldName, string newName)
    {
        var comparer = table.Rules.Comparer;
        RewriteExpressions(table, e => e is ColumnExpression column && comparer.Equals(column.Name, oldName) ? new ColumnExpression(newName) : e);
        ReplaceAll(table.Indexes, i => i with { Include = InNames(i.Include) });
        foreach (var foreignKey in table.ForeignKeys)
        {
            foreignKey.Definition = foreignKey.Definition with { Columns = InNames(foreignKey.Definition.Columns) };
        }

        foreach (var foreignKey in table.Incoming)
        {
            foreignKey.Definition = foreignKey.Definition with
            {
                ReferencedColumns = InNames(foreignKey.Definition.ReferencedColumns),
            };
        }

        ImmutableArray<Identifier> InNames(ImmutableArray<Identifier> names) =>
            [.. names.Select(n => comparer.Equals(n.Text, oldName) ? n with { Text = newName } : n)];
    }

    /// <summary>Rewrites the expressions of keys, indexes, checks, computed columns and defaults.</summary>
    public static void RewriteExpressions(FoldedTable table, Func<SqlExpression, SqlExpression> rewrite)
    {
        if (table.PrimaryKey is { } primaryKey)
        {
            table.PrimaryKey = primaryKey with { Parts = InParts(primaryKey.Parts) };
        }

        ReplaceAll(table.Uniques, u => u with { Parts = InParts(u.Parts) });
        ReplaceAll(table.Indexes, i => i with
        {
            Parts = InParts(i.Parts),
            Filter = i.Filter is null ? null : InExpression(i.Filter),
        });
        ReplaceAll(table.Checks, c => c with { Expression = InExpression(c.Expression) });
        foreach (var column in table.Columns)
        {
            if (column.Definition.Generated is { } generated)
            {
                column.Definition = column.Definition with
                {
                    Generated = generated with { Expression = InExpression(generated.Expression) },
                };
            }

            if (column.Definition.Default is { } @default)
            {
                column.Definition = column.Definition with
                {
                    Default = @default with { Expression = InExpression(@default.Expression) },
                };
            }
        }

        SqlExpression InExpression(SqlExpression expression) => ExpressionRewriter.Rewrite(expression, rewrite);

        ImmutableArray<KeyPart> InParts(ImmutableArray<KeyPart> parts) =>
            [.. parts.Select(p => p with { Expression = InExpression(p.Expression) })];
    }

    private static void ReplaceAll<T>(List<T> list, Func<T, T> replace)
    {
        for (var i = 0; i < list.Count; i++)
        {
            list[i] = replace(list[i]);
        }
    }
}
