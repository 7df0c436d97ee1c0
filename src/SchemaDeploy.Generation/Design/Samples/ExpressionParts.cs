using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>An expression and everything in it.</summary>
internal static class ExpressionParts
{
    public static IEnumerable<SqlExpression> Of(SqlExpression expression) => Children(expression).SelectMany(Of).Prepend(expression);

    public static IEnumerable<string> ColumnsOf(SqlExpression expression) =>
        Of(expression).OfType<ColumnExpression>().Select(column => column.Name).Distinct();

    private static IEnumerable<SqlExpression> Children(SqlExpression expression) => expression switch
    {
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        BetweenExpression between => [between.Value, between.Low, between.High],
        InExpression within => within.Items.Prepend(within.Value),
        IsNullExpression isNull => [isNull.Value],
        LikeExpression like => [like.Value, like.Pattern],
        RegexExpression regex => [regex.Value, regex.Pattern],
        CastExpression cast => [cast.Value],
        CaseExpression choice => new[] { choice.Operand, choice.Else }.OfType<SqlExpression>().Concat(choice.Branches.SelectMany(branch => new[] { branch.When, branch.Then })),
        FunctionExpression function => function.Arguments,
        _ => [],
    };
}
