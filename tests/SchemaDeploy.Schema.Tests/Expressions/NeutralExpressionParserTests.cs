using CsCheck;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.Expressions;

public sealed class NeutralExpressionParserTests
{
    [Fact]
    public void What_is_printed_is_read_back_unchanged() => ExpressionGenerator.Expressions.Sample(
        e =>
        {
            var text = e.ToString();
            return NeutralExpressionParser.Parse(text).ToString() == text;
        },
        iter: 20_000);

    [Fact]
    public void Any_text_is_an_expression_or_one_error_with_a_place() => Gen.OneOf(
        Gen.String[0, 20],
        ExpressionGenerator.Any("a", "1", "'x'", "(", ")", ",", "and", "not", "in", "between", "case", "when", "end", "cast", "as", "is", "null", "\"", "'", "0x", "||", "-")
            .Array[0, 12].Select(p => string.Join(' ', p))).Sample(
        text =>
        {
            try
            {
                return NeutralExpressionParser.Parse(text) is not null;
            }
            catch (NeutralExpressionException error)
            {
                return error.Offset >= 0 && error.Offset <= text.Length && error.Message.Length > 0;
            }
        },
        iter: 20_000);

    [Theory]
    [InlineData("a = 1 or b = 2 and not c = 3", "(a = 1) or ((b = 2) and (not (c = 3)))")]
    [InlineData("quantity BETWEEN 1 AND 100 AND price >= 0", "(quantity between 1 and 100) and (price >= 0)")]
    [InlineData("a != 1", "a <> 1")]
    [InlineData("a + b * c - d", "(a + (b * c)) - d")]
    [InlineData("-a * b", "(-a) * b")]
    [InlineData("not a in (1, 2)", "not (a in (1, 2))")]
    [InlineData("a NOT IN ('x') OR b IS NOT NULL", "(a not in ('x')) or (b is not null)")]
    [InlineData("name like 'a%' escape '!'", "name like 'a%' escape '!'")]
    [InlineData("LENGTH(name) > 3", "length(name) > 3")]
    [InlineData("a || b = c", "(a || b) = c")]
    [InlineData("Quantity > 0", "\"Quantity\" > 0")]
    [InlineData("case when a > 1 then 'x' else 'y' end = 'x'", "case when (a > 1) then 'x' else 'y' end = 'x'")]
    [InlineData("cast(a as DECIMAL(10, 2)) > .5", "cast(a as decimal(10,2)) > .5")]
    [InlineData("((a))", "a")]
    [InlineData("OLD.Status <> caller.role", "old.\"Status\" <> caller.role")]
    [InlineData("ends - starts <= 90m and a between 1and 2", "((ends - starts) <= 90m) and (a between 1 and 2)")]
    public void People_may_leave_out_parentheses(string text, string meaning) =>
        Assert.Equal(meaning, NeutralExpressionParser.Parse(text).ToString());

    [Theory]
    [InlineData("", 0, "a value is expected, not the end")]
    [InlineData("a >", 3, "a value is expected, not the end")]
    [InlineData("a > > b", 4, "a value is expected, not '>'")]
    [InlineData("a b", 2, "the end or an operator is expected, not 'b'")]
    [InlineData("(a = 1", 6, "')' is expected, not the end")]
    [InlineData("a between 1 or 2", 12, "'and' is expected, not 'or'")]
    [InlineData("a = 'x", 4, "the text is never closed: ' is missing")]
    [InlineData("a not null", 6, "between, in, like or matches is expected, not 'null'")]
    [InlineData("a ? b", 2, "'?' has no meaning here")]
    [InlineData("cast(a as money)", 10, "a type is expected, not 'money'")]
    [InlineData("old. > 1", 5, "a name is expected, not '>'")]
    [InlineData("a.b.c", 3, "the end or an operator is expected, not '.'")]
    [InlineData("case a end", 7, "when is expected, not 'end'")]
    public void A_mistake_is_told_with_its_place(string text, int offset, string message)
    {
        var error = Assert.Throws<NeutralExpressionException>(() => NeutralExpressionParser.Parse(text));

        Assert.Equal((offset, message), (error.Offset, error.Message));
    }

    [Fact]
    public void Every_part_has_its_place()
    {
        var parsed = NeutralExpressionParser.ParseWithOffsets("a > 1 and not (a = 1 or old.b in (null, null))");

        var and = Assert.IsType<BinaryExpression>(parsed.Root);
        var or = Assert.IsType<BinaryExpression>(Assert.IsType<UnaryExpression>(and.Right).Operand);
        var within = Assert.IsType<InExpression>(or.Right);
        Assert.Equal([0, 4, 10, 15, 24, 34, 40], new[] { and, ((BinaryExpression)and.Left).Right, and.Right, or, within.Value, within.Items[0], within.Items[1] }.Select(parsed.OffsetOf));
        Assert.Null(parsed.OffsetOf(new ColumnExpression("a")));
    }

    [Fact]
    public void Nesting_without_end_is_an_error()
    {
        var error = Assert.Throws<NeutralExpressionException>(() => NeutralExpressionParser.Parse(new string('(', 1_000_000)));

        Assert.Equal("the expression is nested too deep", error.Message);
    }
}
