using System.Collections.Immutable;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>Forms that several dialects write alike.</summary>
internal abstract partial class ExpressionParser
{
    /// <summary>The length that a SUBSTRING without one is given: longer than any column's text.</summary>
    private const string ToTheEnd = "1000000000";

    protected static LiteralExpression Text(string text) => new(LiteralKind.String, text);

    protected static FunctionExpression Function(string name, params ImmutableArray<SqlExpression> arguments) =>
        new(name, arguments);

    protected static LiteralExpression Number(string text) => new(LiteralKind.Number, text);

    protected LiteralExpression ParseString()
    {
        var text = Tokens.Take().Text;
        if (Tokens.Current.Kind != TokenKind.String)
        {
            return Text(text);
        }

        // Strings side by side are one.
        var parts = new List<string> { text };
        while (Tokens.Current.Kind == TokenKind.String)
        {
            parts.Add(Tokens.Take().Text);
        }

        return Text(string.Concat(parts));
    }

    /// <summary>IS [NOT] TRUE, FALSE or UNKNOWN, for which null is a value like the others.</summary>
    protected SqlExpression ParseTruthTest(SqlExpression left)
    {
        Tokens.Take();
        var negated = Tokens.Accept("NOT");
        if (Tokens.Accept("UNKNOWN"))
        {
            return new IsNullExpression(left, negated);
        }

        var isTrue = Tokens.Accept("TRUE");
        if (!isTrue && !Tokens.Accept("FALSE"))
        {
            throw Tokens.Unexpected("NULL, TRUE, FALSE or UNKNOWN");
        }

        var (tested, other) = isTrue
            ? (LiteralExpression.True, LiteralExpression.False)
            : (LiteralExpression.False, LiteralExpression.True);
        return new BinaryExpression(
            negated ? BinaryOperator.NotEqual : BinaryOperator.Equal,
            Function(NeutralFunctions.Coalesce, left, other),
            tested);
    }

    /// <summary>Spelt out where the operands are short enough to stand twice.</summary>
    protected static SqlExpression NullSafeEqual(SqlExpression left, SqlExpression right)
    {
        if (right == LiteralExpression.Null)
        {
            return new IsNullExpression(left, Negated: false);
        }

        if (left is not (ColumnExpression or LiteralExpression) || right is not (ColumnExpression or LiteralExpression))
        {
            return Function("null_safe_equal", left, right);
        }

        return new BinaryExpression(
            BinaryOperator.Or,
            new BinaryExpression(BinaryOperator.Equal, left, right),
            new BinaryExpression(
                BinaryOperator.And,
                new IsNullExpression(left, Negated: false),
                new IsNullExpression(right, Negated: false)));
    }

    protected static FunctionExpression Substring(ImmutableArray<SqlExpression> arguments)
    {
        // Other databases do not count from the end.
        var name = arguments[1] is LiteralExpression { Text: ['-', ..] } ? "substr" : NeutralFunctions.Substring;
        return Function(name, arguments.Length == 3 ? arguments : [.. arguments, Number(ToTheEnd)]);
    }

    protected FunctionExpression ParseTrim()
    {
        var side = Tokens.AtAny("BOTH", "LEADING", "TRAILING") ? Tokens.Take().Keyword : "BOTH";
        var function = side switch
        {
            "LEADING" => NeutralFunctions.LTrim,
            "TRAILING" => NeutralFunctions.RTrim,
            _ => NeutralFunctions.Trim,
        };
        if (Tokens.Accept("FROM"))
        {
            return Close(Function(function, Parse()));
        }

        var text = Parse();
        if (!Tokens.Accept("FROM"))
        {
            return Close(Function(function, text));
        }

        var from = Parse();
        return Close(text is LiteralExpression { Text: " " }
            ? Function(function, from)
            : Function($"trim_{side.ToLowerInvariant()}", text, from));
    }

    protected FunctionExpression ParseSubstring()
    {
        var text = Parse();
        if (!Tokens.Accept("FROM"))
        {
            Tokens.ExpectSymbol(",");
            return Substring([text, .. ParseListToParenthesis()]);
        }

        var start = Parse();
        return Close(Substring(Tokens.Accept("FOR") ? [text, start, Parse()] : [text, start]));
    }

    protected T Close<T>(T expression)
    {
        Tokens.ExpectSymbol(")");
        return expression;
    }
}
