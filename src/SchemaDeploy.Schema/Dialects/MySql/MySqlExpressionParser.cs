using System.Globalization;
using System.Numerics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Expressions as MySQL writes them.</summary>
internal sealed partial class MySqlExpressionParser(TokenReader tokens) : ExpressionParser(tokens)
{
    /// <summary>
    /// Whether DATE_FORMAT with a format that only cuts the time counts as cutting it: true in keys and generated
    /// columns, where equality is all that matters; elsewhere its value is text.
    /// </summary>
    public bool FormatsTruncate { get; set; }

    /// <summary>Reads one value without operators, as a DEFAULT has where it is not in parentheses.</summary>
    public SqlExpression ParseValue() => Parse(BindingPower.Postfix + 1);

    /// <summary>The number that the digits of a bit literal stand for.</summary>
    public static LiteralExpression NumberOfBits(string digits)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits.Length > 64 ? digits[^64..] : digits)
        {
            value = (value << 1) + (digit - '0');
        }

        return new LiteralExpression(LiteralKind.Number, value.ToString(CultureInfo.InvariantCulture));
    }

    protected override InfixOperator? InfixOperatorHere() => Tokens.Current switch
    {
        { Kind: TokenKind.Symbol, Text: "||" } => new InfixOperator(BinaryOperator.Or, BindingPower.Or),
        { Kind: TokenKind.Symbol, Text: "&&" } => new InfixOperator(BinaryOperator.And, BindingPower.And),
        { Kind: TokenKind.Symbol, Text: "|" } => new InfixOperator(BinaryOperator.BitOr, BindingPower.BitOr),
        { Kind: TokenKind.Symbol, Text: "&" } => new InfixOperator(BinaryOperator.BitAnd, BindingPower.BitAnd),
        { Kind: TokenKind.Symbol, Text: "^" } => new InfixOperator(BinaryOperator.BitXor, BindingPower.BitXor),
        { Kind: TokenKind.Word, Keyword: "MOD" } => new InfixOperator(BinaryOperator.Modulo, BindingPower.Multiplicative),
        _ => OrdinaryOperatorHere(),
    };

    protected override SqlExpression? ParseDialectInfix(SqlExpression left, int minimum)
    {
        switch (Tokens.Current.Text)
        {
            case "->" or "->>" when Tokens.Current.Kind == TokenKind.Symbol && minimum <= BindingPower.Postfix:
                Tokens.Take();
                return Function(NeutralFunctions.JsonValue, left, Parse(BindingPower.Postfix + 1));
            case "<=>" when minimum <= BindingPower.Comparison:
                Tokens.Take();
                return NullSafeEqual(left, Parse(BindingPower.Comparison + 1));
            case "<<" when minimum <= BindingPower.Shift:
                Tokens.Take();
                return Function("shift_left", left, Parse(BindingPower.Shift + 1));
            case ">>" when minimum <= BindingPower.Shift:
                Tokens.Take();
                return Function("shift_right", left, Parse(BindingPower.Shift + 1));
        }

        return Tokens.Current.Kind == TokenKind.Word ? ParseWordInfix(left, minimum) : null;
    }

    protected override SqlExpression? ParseDialectPrefix()
    {
        switch (Tokens.Current.Kind)
        {
            case TokenKind.String:
                return ParseString();
            case TokenKind.Bits:
                return NumberOfBits(Tokens.Take().Text);
            case TokenKind.Symbol when Tokens.AtSymbol("!"):
                Tokens.Take();
                return new UnaryExpression(UnaryOperator.Not, Parse(BindingPower.Unary));
            case TokenKind.Word:
                return ParseWordPrefix();
            default:
                return null;
        }
    }

    protected override SqlType ParseCastType() => MySqlTypeParser.ParseCastType(Tokens);

    protected override bool IsName(Token token) => MySqlKeywords.CanBeName(token);

    private SqlExpression? ParseWordInfix(SqlExpression left, int minimum)
    {
        var negated = Tokens.At("NOT");
        switch ((negated ? Tokens.Peek(1) : Tokens.Current).Keyword)
        {
            case "COLLATE" when !negated && minimum <= BindingPower.Postfix:
                // A collation decides how text compares; the column's own is kept with the column.
                Tokens.Take();
                Tokens.TakeWord("a collation");
                return left;
            case "DIV" when !negated && minimum <= BindingPower.Multiplicative:
                Tokens.Take();
                return Function("div", left, Parse(BindingPower.Multiplicative + 1));
            case "XOR" when !negated && minimum <= BindingPower.ExclusiveOr:
                Tokens.Take();
                return Function("xor", left, Parse(BindingPower.ExclusiveOr + 1));
            case "REGEXP" or "RLIKE" when minimum <= BindingPower.Comparison:
                TakePredicate(negated);
                return new RegexExpression(left, Parse(BindingPower.Comparison + 1), negated);
            case "IS" when !negated && minimum <= BindingPower.Comparison:
                return ParseTruthTest(left);
            case "MEMBER" when !negated && minimum <= BindingPower.Comparison:
                Tokens.Take();
                Tokens.Accept("OF");
                Tokens.ExpectSymbol("(");
                var array = Parse();
                Tokens.ExpectSymbol(")");
                return Function("member_of", left, array);
            default:
                return null;
        }
    }

    private SqlExpression? ParseWordPrefix()
    {
        var next = Tokens.Peek(1);
        switch (Tokens.Current.Keyword)
        {
            case "BINARY":
                // The operator makes a comparison one of bytes; the column's collation carries what is left of that.
                Tokens.Take();
                return Parse(BindingPower.Postfix);
            case "DATE" or "TIME" or "TIMESTAMP" when next.Kind == TokenKind.String:
                Tokens.Take();
                return ParseString();
            case "INTERVAL":
                return ParseInterval();
            case "NEXT" when next.Is("VALUE") && Tokens.Peek(2).Is("FOR"):
                Tokens.AcceptAll("NEXT", "VALUE", "FOR");
                return Function(NeutralFunctions.NextValue, Text(TakeQualifiedName()));
            case "CURRENT_TIMESTAMP" or "LOCALTIME" or "LOCALTIMESTAMP" or "CURRENT_DATE" or "CURRENT_TIME"
                or "CURRENT_USER" or "UTC_TIMESTAMP" or "UTC_DATE" or "UTC_TIME" when !next.IsSymbol("("):
                return Call(Tokens.Take(), []);
            case ['_', ..] when next.Kind is TokenKind.String or TokenKind.Bytes or TokenKind.Bits:
                // A character set in front of a literal.
                Tokens.Take();
                return Parse(BindingPower.Postfix + 1);
            default:
                return null;
        }
    }

    /// <summary>INTERVAL 1 DAY, and the function INTERVAL(n, a, b).</summary>
    private SqlExpression ParseInterval()
    {
        Tokens.Take();
        var isParenthesised = Tokens.AcceptSymbol("(");
        var amount = Parse();
        if (isParenthesised)
        {
            if (Tokens.AcceptSymbol(","))
            {
                return Function("interval", [amount, .. ParseListToParenthesis()]);
            }

            Tokens.ExpectSymbol(")");
        }

        var unit = Tokens.TakeWord("a unit of time").Text.ToLowerInvariant();
        return FixedLength(amount, unit) is { } length ? length : Function("interval", amount, Text(unit));
    }

    /// <summary>A length of time that every database can be told; null where a row decides it, or MySQL alone has the unit.</summary>
    private static CastExpression? FixedLength(SqlExpression amount, string unit)
    {
        var number = amount switch
        {
            LiteralExpression { Kind: LiteralKind.Number or LiteralKind.String } literal => literal.Text,
            UnaryExpression { Operator: UnaryOperator.Negate, Operand: LiteralExpression { Kind: LiteralKind.Number } literal } => "-" + literal.Text,
            _ => null,
        };
        return unit is "year" or "month" or "week" or "day" or "hour" or "minute" or "second" or "microsecond"
            && decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
                ? new CastExpression(Text($"{number} {unit}"), new SqlType(SqlTypeKind.Interval, "interval"))
                : null;
    }

    private string TakeQualifiedName()
    {
        var name = Tokens.TakeWord("a name").Text;
        while (Tokens.AcceptSymbol("."))
        {
            name = Tokens.TakeWord("a name").Text;
        }

        return name;
    }
}
