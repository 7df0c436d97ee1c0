using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Finds and replaces the columns that an expression names.</summary>
internal static class ExpressionColumns
{
    /// <summary>The names in the order of the text, repetitions included.</summary>
    public static IEnumerable<string> Of(SqlExpression expression)
    {
        var names = new List<string>();
        Replace(expression, column =>
        {
            names.Add(column.Name);
            return column;
        });
        return names;
    }

    /// <summary>The expression with each column replaced by what <paramref name="replace"/> gives for it.</summary>
    public static SqlExpression Replace(SqlExpression expression, Func<ColumnExpression, SqlExpression> replace) =>
        ExpressionRewriter.Rewrite(expression, e => e is ColumnExpression column ? replace(column) : e);
}
