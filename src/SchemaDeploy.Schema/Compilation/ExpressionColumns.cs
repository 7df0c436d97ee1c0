using System.Collections.Immutable;
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
    public static SqlExpression Replace(SqlExpression expression, Func<ColumnExpression, SqlExpression> replace)
    {
        return Visit(expression);

        SqlExpression Visit(SqlExpression e) => e switch
        {
            ColumnExpression column => replace(column),
            UnaryExpression unary => unary with { Operand = Visit(unary.Operand) },
            BinaryExpression binary => binary with { Left = Visit(binary.Left), Right = Visit(binary.Right) },
            BetweenExpression between => between with
            {
                Value = Visit(between.Value),
                Low = Visit(between.Low),
                High = Visit(between.High),
            },
            InExpression @in => @in with { Value = Visit(@in.Value), Items = VisitAll(@in.Items) },
            IsNullExpression isNull => isNull with { Value = Visit(isNull.Value) },
            LikeExpression like => like with
            {
                Value = Visit(like.Value),
                Pattern = Visit(like.Pattern),
                Escape = like.Escape is null ? null : Visit(like.Escape),
            },
            RegexExpression regex => regex with { Value = Visit(regex.Value), Pattern = Visit(regex.Pattern) },
            CaseExpression @case => @case with
            {
                Operand = @case.Operand is null ? null : Visit(@case.Operand),
                Branches = [.. @case.Branches.Select(b => new CaseBranch(Visit(b.When), Visit(b.Then)))],
                Else = @case.Else is null ? null : Visit(@case.Else),
            },
            CastExpression cast => cast with { Value = Visit(cast.Value) },
            FunctionExpression function => function with { Arguments = VisitAll(function.Arguments) },
            _ => e,
        };

        ImmutableArray<SqlExpression> VisitAll(ImmutableArray<SqlExpression> items) => [.. items.Select(Visit)];
    }
}
