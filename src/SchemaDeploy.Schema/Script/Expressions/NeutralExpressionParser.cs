using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>
/// Reads the neutral expression language: all that <see cref="NeutralExpressionPrinter"/> prints, and what people
/// write, who leave out parentheses and do not care for case. From loose to tight the operators are: or; and; not;
/// comparisons; |; &amp;; ^; ||; + -; * / %; the signs.
/// </summary>
public sealed class NeutralExpressionParser
{
    private const int NotPower = 3;
    private const int ComparisonPower = 4;
    private const int SignPower = 11;

    private readonly NeutralExpressionLexer _lexer;

    private readonly Dictionary<SqlExpression, int>? _offsets;
    private NeutralToken _token;

    private NeutralExpressionParser(string text, Dictionary<SqlExpression, int>? offsets)
    {
        _offsets = offsets;
        _lexer = new NeutralExpressionLexer(text);
        _token = _lexer.Next();
    }

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="NeutralExpressionException">The text is no expression; the exception says where and why.</exception>
    public static SqlExpression Parse(string text) => new NeutralExpressionParser(text, null).ParseAll();

    /// <summary>Reads the whole text, and remembers where its parts begin.</summary>
    /// <exception cref="NeutralExpressionException">The text is no expression; the exception says where and why.</exception>
    public static ParsedExpression ParseWithOffsets(string text)
    {
        // Equal parts stand in several places.
        var offsets = new Dictionary<SqlExpression, int>(ReferenceEqualityComparer.Instance);
        return new ParsedExpression(new NeutralExpressionParser(text, offsets).ParseAll(), offsets);
    }

    private SqlExpression ParseAll()
    {
        var expression = ParseExpression(0);
        return _token.Kind == NeutralTokenKind.End ? expression : throw Unexpected("the end or an operator");
    }

    private SqlExpression ParseExpression(int power)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new NeutralExpressionException("the expression is nested too deep", _token.Offset);
        }

        var start = _token.Offset;
        var left = Place(ParsePrefix(), start);
        while (true)
        {
            if (BinaryOperatorAhead() is { } op && PowerOf(op) is var opPower && opPower > power)
            {
                Advance();
                left = Place(new BinaryExpression(op, left, ParseExpression(opPower)), start);
            }
            else if (ComparisonPower > power && ParsePredicate(left) is { } predicate)
            {
                left = Place(predicate, start);
            }
            else
            {
                return left;
            }
        }
    }

    // What stands in parentheses has its place already: without them.
    private SqlExpression Place(SqlExpression expression, int offset)
    {
        _offsets?.TryAdd(expression, offset);
        return expression;
    }

    private SqlExpression ParsePrefix()
    {
        if (TakeWord("not"))
        {
            return new UnaryExpression(UnaryOperator.Not, ParseExpression(NotPower));
        }

        if (TakeSymbol("-"))
        {
            return new UnaryExpression(UnaryOperator.Negate, ParseExpression(SignPower));
        }

        if (TakeSymbol("~"))
        {
            return new UnaryExpression(UnaryOperator.BitNot, ParseExpression(SignPower));
        }

        if (TakeSymbol("("))
        {
            var inner = ParseExpression(0);
            Expect(")");
            return inner;
        }

        return ParseAtom();
    }

    private SqlExpression ParseAtom()
    {
        var token = _token;
        switch (token.Kind)
        {
            case NeutralTokenKind.Number:
                Advance();
                return new LiteralExpression(LiteralKind.Number, token.Text);
            case NeutralTokenKind.Duration:
                Advance();
                return new LiteralExpression(LiteralKind.Duration, token.Text);
            case NeutralTokenKind.String:
                Advance();
                return new LiteralExpression(LiteralKind.String, token.Text);
            case NeutralTokenKind.Binary:
                Advance();
                return new LiteralExpression(LiteralKind.Binary, token.Text);
            case NeutralTokenKind.QuotedName:
                Advance();
                return ParseName(token.Text, token.Text);
            case NeutralTokenKind.Word when TakeWord("null"):
                return LiteralExpression.Null with { };
            case NeutralTokenKind.Word when TakeWord("true"):
                return LiteralExpression.True with { };
            case NeutralTokenKind.Word when TakeWord("false"):
                return LiteralExpression.False with { };
            case NeutralTokenKind.Word when TakeWord("case"):
                return ParseCase();
            case NeutralTokenKind.Word when TakeWord("cast"):
                return ParseCast();
            case NeutralTokenKind.Word when !NeutralKeywords.IsReserved(token.Text):
                Advance();
                return TakeSymbol(".") ? ParseQualified(token.Text.ToLowerInvariant()) : ParseName(token.Text, token.Text.ToLowerInvariant());
            default:
                throw Unexpected("a value");
        }
    }

    private SqlExpression ParseName(string column, string function)
    {
        if (!TakeSymbol("("))
        {
            return new ColumnExpression(column);
        }

        return new FunctionExpression(function, TakeSymbol(")") ? [] : ParseList());
    }

    private QualifiedExpression ParseQualified(string qualifier)
    {
        if (_token.Kind is not (NeutralTokenKind.Word or NeutralTokenKind.QuotedName))
        {
            throw Unexpected("a name");
        }

        var name = _token.Text;
        Advance();
        return new QualifiedExpression(qualifier, name);
    }

    /// <summary>Expressions up to the closing parenthesis, which is taken too.</summary>
    private ImmutableArray<SqlExpression> ParseList()
    {
        var items = ImmutableArray.CreateBuilder<SqlExpression>();
        do
        {
            items.Add(ParseExpression(0));
        }
        while (TakeSymbol(","));
        Expect(")");
        return items.ToImmutable();
    }

    private SqlExpression? ParsePredicate(SqlExpression value)
    {
        if (TakeWord("is"))
        {
            var isNot = TakeWord("not");
            ExpectWord("null");
            return new IsNullExpression(value, isNot);
        }

        var negated = TakeWord("not");
        if (TakeWord("between"))
        {
            var low = ParseExpression(ComparisonPower);
            ExpectWord("and");
            return new BetweenExpression(value, low, ParseExpression(ComparisonPower), negated);
        }

        if (TakeWord("in"))
        {
            Expect("(");
            return new InExpression(value, TakeSymbol(")") ? [] : ParseList(), negated);
        }

        if (TakeWord("like"))
        {
            var pattern = ParseExpression(ComparisonPower);
            return new LikeExpression(value, pattern, TakeWord("escape") ? ParseExpression(ComparisonPower) : null, negated);
        }

        if (TakeWord("matches"))
        {
            return new RegexExpression(value, ParseExpression(ComparisonPower), negated);
        }

        return negated ? throw Unexpected("between, in, like or matches") : null;
    }

    private CaseExpression ParseCase()
    {
        var operand = IsWord("when") ? null : ParseExpression(0);
        var branches = ImmutableArray.CreateBuilder<CaseBranch>();
        while (TakeWord("when"))
        {
            var when = ParseExpression(0);
            ExpectWord("then");
            branches.Add(new CaseBranch(when, ParseExpression(0)));
        }

        if (branches.Count == 0)
        {
            throw Unexpected("when");
        }

        var otherwise = TakeWord("else") ? ParseExpression(0) : null;
        ExpectWord("end");
        return new CaseExpression(operand, branches.ToImmutable(), otherwise);
    }

    private CastExpression ParseCast()
    {
        Expect("(");
        var value = ParseExpression(0);
        ExpectWord("as");
        if (_token.Kind != NeutralTokenKind.Word || NeutralTypes.KindOf(_token.Text) is not { } kind)
        {
            throw Unexpected("a type");
        }

        var type = new SqlType(kind, _token.Text.ToLowerInvariant());
        Advance();
        if (TakeSymbol("("))
        {
            var first = ParseInteger();
            var isText = kind is SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Binary
                or SqlTypeKind.VarBinary or SqlTypeKind.Blob or SqlTypeKind.Bit;
            type = isText ? type with { Length = first } : type with { Precision = first };
            if (TakeSymbol(","))
            {
                type = type with { Scale = ParseInteger() };
            }

            Expect(")");
        }

        Expect(")");
        return new CastExpression(value, type);
    }

    private int ParseInteger()
    {
        if (_token.Kind != NeutralTokenKind.Number
            || !int.TryParse(_token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Unexpected("a whole number");
        }

        Advance();
        return number;
    }

    private BinaryOperator? BinaryOperatorAhead() => _token.Kind switch
    {
        NeutralTokenKind.Word when IsWord("or") => BinaryOperator.Or,
        NeutralTokenKind.Word when IsWord("and") => BinaryOperator.And,
        NeutralTokenKind.Symbol => _token.Text switch
        {
            "=" => BinaryOperator.Equal,
            "<>" => BinaryOperator.NotEqual,
            "<" => BinaryOperator.Less,
            "<=" => BinaryOperator.LessOrEqual,
            ">" => BinaryOperator.Greater,
            ">=" => BinaryOperator.GreaterOrEqual,
            "|" => BinaryOperator.BitOr,
            "&" => BinaryOperator.BitAnd,
            "^" => BinaryOperator.BitXor,
            "||" => BinaryOperator.Concat,
            "+" => BinaryOperator.Add,
            "-" => BinaryOperator.Subtract,
            "*" => BinaryOperator.Multiply,
            "/" => BinaryOperator.Divide,
            "%" => BinaryOperator.Modulo,
            _ => null,
        },
        _ => null,
    };

    private static int PowerOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And => 2,
        <= BinaryOperator.GreaterOrEqual => ComparisonPower,
        BinaryOperator.BitOr => 5,
        BinaryOperator.BitAnd => 6,
        BinaryOperator.BitXor => 7,
        BinaryOperator.Concat => 8,
        BinaryOperator.Add or BinaryOperator.Subtract => 9,
        _ => 10,
    };

    private void Advance() => _token = _lexer.Next();

    private bool IsWord(string word) =>
        _token.Kind == NeutralTokenKind.Word && _token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool TakeWord(string word)
    {
        var taken = IsWord(word);
        if (taken)
        {
            Advance();
        }

        return taken;
    }

    private bool TakeSymbol(string symbol)
    {
        var taken = _token.Kind == NeutralTokenKind.Symbol && _token.Text == symbol;
        if (taken)
        {
            Advance();
        }

        return taken;
    }

    private void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private void ExpectWord(string word)
    {
        if (!TakeWord(word))
        {
            throw Unexpected($"'{word}'");
        }
    }

    private NeutralExpressionException Unexpected(string wanted)
    {
        var found = _token.Kind == NeutralTokenKind.End ? "the end" : $"'{_token.Text}'";
        return new NeutralExpressionException($"{wanted} is expected, not {found}", _token.Offset);
    }
}
