using System.Collections.Immutable;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Rewrites expressions from their leaves up.</summary>
internal static class ExpressionRewriter
{
    /// <summary>The expression with each of its parts, the innermost first, replaced by what <paramref name="rewrite"/> gives for it.</summary>
    public static SqlExpression Rewrite(SqlExpression expression, Func<SqlExpression, SqlExpression> rewrite)
    {
        return Visit(expression);

        SqlExpression Visit(SqlExpression e) => rewrite(e switch
        {
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
        });

        ImmutableArray<SqlExpression> VisitAll(ImmutableArray<SqlExpression> items) => [.. items.Select(Visit)];
    }
}
