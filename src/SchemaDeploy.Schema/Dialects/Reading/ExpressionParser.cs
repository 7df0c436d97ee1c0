using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>
/// Reads expressions by operator precedence. What the dialects share is here; what differs is virtual: the operators
/// and their powers, the literals, and what the functions are called.
/// </summary>
internal abstract partial class ExpressionParser(TokenReader tokens)
{
    /// <summary>
    /// How deep an expression may be, as written and as a tree: everything behind the reader walks it recursively.
    /// </summary>
    public const int DeepestNesting = 250;

    private int _depth;
    private int _tallest;

    protected TokenReader Tokens { get; } = tokens;

    /// <summary>Reads an expression whose operators bind at least as tightly as <paramref name="minimum"/>.</summary>
    public SqlExpression Parse(int minimum = 0)
    {
        var siblings = _tallest;
        _tallest = 0;
        if (++_depth > DeepestNesting)
        {
            throw TooDeep();
        }

        var left = ParsePrefix();
        var height = _tallest + 1;
        while (ParseInfix(left, minimum) is { } combined)
        {
            left = combined;
            height = Math.Max(height, _tallest) + 1;
            if (height > DeepestNesting)
            {
                throw TooDeep();
            }
        }

        _depth--;
        _tallest = Math.Max(siblings, height);
        return left;
    }

    /// <summary>Begins anew after an expression was left by an error.</summary>
    public void Reset() => (_depth, _tallest) = (0, 0);

    /// <summary>The operator at the current token, or null.</summary>
    protected abstract InfixOperator? InfixOperatorHere();

    /// <summary>The operator here where it is one that binds alike in all dialects.</summary>
    protected InfixOperator? OrdinaryOperatorHere() => Tokens.Current.Kind switch
    {
        TokenKind.Symbol => Tokens.Current.Text switch
        {
            "=" => new InfixOperator(BinaryOperator.Equal, BindingPower.Comparison),
            "<>" or "!=" => new InfixOperator(BinaryOperator.NotEqual, BindingPower.Comparison),
            "<" => new InfixOperator(BinaryOperator.Less, BindingPower.Comparison),
            "<=" => new InfixOperator(BinaryOperator.LessOrEqual, BindingPower.Comparison),
            ">" => new InfixOperator(BinaryOperator.Greater, BindingPower.Comparison),
            ">=" => new InfixOperator(BinaryOperator.GreaterOrEqual, BindingPower.Comparison),
            "+" => new InfixOperator(BinaryOperator.Add, BindingPower.Additive),
            "-" => new InfixOperator(BinaryOperator.Subtract, BindingPower.Additive),
            "*" => new InfixOperator(BinaryOperator.Multiply, BindingPower.Multiplicative),
            "/" => new InfixOperator(BinaryOperator.Divide, BindingPower.Multiplicative),
            "%" => new InfixOperator(BinaryOperator.Modulo, BindingPower.Multiplicative),
            _ => null,
        },
        TokenKind.Word => Tokens.Current.Keyword switch
        {
            "OR" => new InfixOperator(BinaryOperator.Or, BindingPower.Or),
            "AND" => new InfixOperator(BinaryOperator.And, BindingPower.And),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Operators with a form of their own; null where none follows.</summary>
    protected virtual SqlExpression? ParseDialectInfix(SqlExpression left, int minimum) => null;

    /// <summary>Literals, and words with a form of their own; null where none follows.</summary>
    protected abstract SqlExpression? ParseDialectPrefix();

    /// <summary>A call of the function, whose arguments were read, in neutral form.</summary>
    protected abstract SqlExpression Call(Token name, ImmutableArray<SqlExpression> arguments);

    /// <summary>Reads the arguments of a function that separates them by words; null for all others.</summary>
    protected abstract SqlExpression? ParseDialectCall(Token name);

    /// <summary>The name that a column's or function's token gives.</summary>
    protected virtual string NameOf(Token token) => token.Text;

    /// <summary>What a CAST stands for.</summary>
    protected virtual SqlExpression FinishCast(SqlExpression value, SqlType type) => new CastExpression(value, type);

    /// <summary>Reads what stands behind an opening parenthesis, up to the closing one.</summary>
    protected virtual SqlExpression ParseParenthesised() => Close(Parse());

    /// <summary>Reads the type of a CAST.</summary>
    protected abstract SqlType ParseCastType();

    /// <summary>Whether the word can name a column without quotes.</summary>
    protected abstract bool IsName(Token token);

    /// <summary>Reads expressions separated by commas up to the closing parenthesis, which it takes.</summary>
    protected ImmutableArray<SqlExpression> ParseListToParenthesis()
    {
        var items = ImmutableArray.CreateBuilder<SqlExpression>();
        if (!Tokens.AcceptSymbol(")"))
        {
            do
            {
                items.Add(Parse());
            }
            while (Tokens.AcceptSymbol(","));

            Tokens.ExpectSymbol(")");
        }

        return items.ToImmutable();
    }

    private SqlExpression ParsePrefix() =>
        ParseDialectPrefix() ?? (Tokens.Current.Kind switch
        {
            TokenKind.Number => new LiteralExpression(LiteralKind.Number, Tokens.Take().Text),
            TokenKind.Bytes => new LiteralExpression(LiteralKind.Binary, Tokens.Take().Text),
            TokenKind.QuotedName => ParseColumn(),
            TokenKind.Word => ParseWord(),
            TokenKind.Symbol => ParseSymbol(),
            _ => throw Tokens.Unexpected("an expression"),
        });

    private SqlExpression ParseWord()
    {
        switch (Tokens.Current.Keyword)
        {
            case "NULL":
                Tokens.Take();
                return LiteralExpression.Null;
            case "TRUE":
                Tokens.Take();
                return LiteralExpression.True;
            case "FALSE":
                Tokens.Take();
                return LiteralExpression.False;
            case "NOT":
                Tokens.Take();
                return new UnaryExpression(UnaryOperator.Not, Parse(BindingPower.Not));
            case "CASE":
                Tokens.Take();
                return ParseCase();
            case "CAST" when Tokens.Peek(1).IsSymbol("("):
                return ParseCast();
            case "SELECT" or "EXISTS":
                throw Tokens.Fail(Tokens.Current, "a query cannot stand in this expression");
            default:
                if (Tokens.Peek(1).IsSymbol("("))
                {
                    return ParseCall();
                }

                return IsName(Tokens.Current) ? ParseColumn() : throw Tokens.Unexpected("an expression");
        }
    }

    private SqlExpression ParseSymbol()
    {
        switch (Tokens.Current.Text)
        {
            case "(":
                Tokens.Take();
                return ParseParenthesised();
            case "-":
                Tokens.Take();
                return Negate(Parse(BindingPower.Unary));
            case "+":
                Tokens.Take();
                return Parse(BindingPower.Unary);
            case "~":
                Tokens.Take();
                return new UnaryExpression(UnaryOperator.BitNot, Parse(BindingPower.Unary));
            default:
                throw Tokens.Unexpected("an expression");
        }
    }

    private static SqlExpression Negate(SqlExpression operand) =>
        operand is LiteralExpression { Kind: LiteralKind.Number } number && !number.Text.StartsWith('-')
            ? new LiteralExpression(LiteralKind.Number, "-" + number.Text)
            : new UnaryExpression(UnaryOperator.Negate, operand);

    private ColumnExpression ParseColumn()
    {
        var name = Tokens.Take();
        while (Tokens.AtSymbol(".") && Tokens.Peek(1).Kind is TokenKind.Word or TokenKind.QuotedName)
        {
            Tokens.Take();
            name = Tokens.Take();
        }

        return new ColumnExpression(NameOf(name));
    }

    private SqlExpression ParseCall()
    {
        var name = Tokens.Take();
        Tokens.ExpectSymbol("(");
        return ParseDialectCall(name) ?? Call(name, ParseListToParenthesis());
    }

    private SqlExpression ParseCast()
    {
        Tokens.Take();
        Tokens.ExpectSymbol("(");
        var value = Parse();
        Tokens.Expect("AS");
        var type = ParseCastType();
        Tokens.ExpectSymbol(")");
        return FinishCast(value, type);
    }

    private CaseExpression ParseCase()
    {
        var operand = Tokens.At("WHEN") ? null : Parse();
        var branches = ImmutableArray.CreateBuilder<CaseBranch>();
        do
        {
            Tokens.Expect("WHEN");
            var when = Parse();
            Tokens.Expect("THEN");
            branches.Add(new CaseBranch(when, Parse()));
        }
        while (Tokens.At("WHEN"));

        var otherwise = Tokens.Accept("ELSE") ? Parse() : null;
        Tokens.Expect("END");
        return new CaseExpression(operand, branches.ToImmutable(), otherwise);
    }

    private SqlExpression? ParseInfix(SqlExpression left, int minimum)
    {
        if (InfixOperatorHere() is { } infix)
        {
            if (infix.Power < minimum)
            {
                return null;
            }

            Tokens.Take();
            return new BinaryExpression(infix.Operator, left, Parse(infix.Power + 1));
        }

        return (minimum <= BindingPower.Comparison ? ParsePredicate(left) : null) ?? ParseDialectInfix(left, minimum);
    }

    /// <summary>IS NULL, BETWEEN, IN and LIKE, which all databases have.</summary>
    protected virtual SqlExpression? ParsePredicate(SqlExpression left)
    {
        if (Tokens.At("IS"))
        {
            var mark = Tokens.Mark;
            Tokens.Take();
            var isNegated = Tokens.Accept("NOT");
            if (Tokens.Accept("NULL"))
            {
                return new IsNullExpression(left, isNegated);
            }

            Tokens.Reset(mark);
            return null;
        }

        var negated = Tokens.At("NOT");
        switch ((negated ? Tokens.Peek(1) : Tokens.Current).Keyword)
        {
            case "BETWEEN":
                TakePredicate(negated);
                var low = Parse(BindingPower.Comparison + 1);
                Tokens.Expect("AND");
                return new BetweenExpression(left, low, Parse(BindingPower.Comparison + 1), negated);
            case "IN":
                TakePredicate(negated);
                Tokens.ExpectSymbol("(");
                return new InExpression(
                    left, Tokens.AtSymbol(")") ? throw Tokens.Unexpected("a value") : ParseListToParenthesis(), negated);
            case "LIKE":
                TakePredicate(negated);
                var pattern = Parse(BindingPower.Comparison + 1);
                var escape = Tokens.Accept("ESCAPE") ? Parse(BindingPower.Comparison + 1) : null;
                return new LikeExpression(left, pattern, escape, negated);
            default:
                return null;
        }
    }

    /// <summary>Takes the word of a predicate, and the NOT before it.</summary>
    protected void TakePredicate(bool negated)
    {
        if (negated)
        {
            Tokens.Take();
        }

        Tokens.Take();
    }

    private SyntaxException TooDeep() =>
        new(ReadingDiagnostics.NestedTooDeep, Tokens.SpanOf(Tokens.Current), DeepestNesting);
}

/// <summary>An operator between two operands, and how tightly it binds.</summary>
internal readonly record struct InfixOperator(BinaryOperator Operator, int Power);

/// <summary>How tightly operators bind, loosest first; a dialect puts its own between them.</summary>
internal static class BindingPower
{
    public const int Or = 10;
    public const int ExclusiveOr = 15;
    public const int And = 20;
    public const int Not = 25;
    public const int Comparison = 30;
    public const int BitOr = 40;
    public const int BitAnd = 45;
    public const int Shift = 50;
    public const int Additive = 55;
    public const int Multiplicative = 60;
    public const int BitXor = 65;
    public const int Unary = 70;
    public const int Postfix = 80;
}
