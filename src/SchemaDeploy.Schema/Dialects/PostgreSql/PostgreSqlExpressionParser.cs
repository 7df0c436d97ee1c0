using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Expressions as PostgreSQL writes them, and as its own dumps print them.</summary>
internal sealed partial class PostgreSqlExpressionParser(TokenReader tokens, SearchPath path, PostgreSqlTypeParser types)
    : ExpressionParser(tokens)
{
    /// <summary>Operators that are neither arithmetic nor comparisons all bind alike.</summary>
    private const int OtherPower = BindingPower.Shift;

    private const int TimeZonePower = BindingPower.Unary + 5;

    /// <summary>The function that stands for ARRAY[…] until it is known what becomes of it.</summary>
    private const string ArrayFunction = "array";

    private bool _leavesCollation;

    /// <summary>Reads a DEFAULT without parentheses: no comparisons, and a collation behind it is the column's.</summary>
    public SqlExpression ParseDefault()
    {
        _leavesCollation = true;
        try
        {
            return Parse(BindingPower.Comparison + 1);
        }
        finally
        {
            _leavesCollation = false;
        }
    }

    /// <summary>Reads a function call, or an expression in parentheses, as a part of an index: what follows says how it is ordered.</summary>
    public SqlExpression ParseKeyPart() => Parse(BindingPower.Postfix + 1);

    /// <summary>A list of literals as the literal that PostgreSQL would print; every other expression as it is.</summary>
    public static SqlExpression WithListsAsText(SqlExpression expression) =>
        ListItems(expression) is { } items && items.All(i => i is LiteralExpression)
            ? Text(PostgreSqlArrays.Write(items.Cast<LiteralExpression>().Select(i => i.Kind == LiteralKind.Null ? null : i.Text)))
            : expression;

    protected override string NameOf(Token token) => PostgreSqlKeywords.Fold(token);

    protected override bool IsName(Token token) => PostgreSqlKeywords.CanBeName(token);

    protected override SqlType ParseCastType() => types.Parse();

    protected override SqlExpression FinishCast(SqlExpression value, SqlType type) => PostgreSqlCasts.Cast(value, type);

    protected override InfixOperator? InfixOperatorHere() => Tokens.Current switch
    {
        _ when AtQuantifier(1) => null,
        { Kind: TokenKind.Symbol, Text: "||" } => new InfixOperator(BinaryOperator.Concat, OtherPower),
        { Kind: TokenKind.Symbol, Text: "|" } => new InfixOperator(BinaryOperator.BitOr, OtherPower),
        { Kind: TokenKind.Symbol, Text: "&" } => new InfixOperator(BinaryOperator.BitAnd, OtherPower),
        { Kind: TokenKind.Symbol, Text: "#" } => new InfixOperator(BinaryOperator.BitXor, OtherPower),
        _ => OrdinaryOperatorHere(),
    };

    protected override SqlExpression? ParsePredicate(SqlExpression left)
    {
        var negated = Tokens.At("NOT") ? 1 : 0;
        var word = Tokens.Peek(negated);
        if (word.Is("LIKE") || word.Is("ILIKE"))
        {
            if (AtQuantifier(negated + 1))
            {
                TakePredicate(negated == 1);
                return ParseQuantified((word.Is("LIKE") ? "~~" : "~~*").Insert(0, negated == 1 ? "!" : ""), left);
            }

            if (word.Is("ILIKE"))
            {
                TakePredicate(negated == 1);
                var pattern = Parse(BindingPower.Comparison + 1);
                var escape = Tokens.Accept("ESCAPE") ? Parse(BindingPower.Comparison + 1) : null;
                return PostgreSqlPatterns.LikeIgnoringCase(left, pattern, escape, negated == 1);
            }
        }
        else if (word.Is("SIMILAR") && Tokens.Peek(negated + 1).Is("TO"))
        {
            TakePredicate(negated == 1);
            Tokens.Take();
            return PostgreSqlPatterns.SimilarTo(left, Parse(BindingPower.Comparison + 1), negated == 1);
        }

        return base.ParsePredicate(left);
    }

    protected override SqlExpression? ParseDialectInfix(SqlExpression left, int minimum) => Tokens.Current.Kind switch
    {
        TokenKind.Symbol => ParseSymbolInfix(left, minimum),
        TokenKind.Word => ParseWordInfix(left, minimum),
        _ => null,
    };

    protected override SqlExpression? ParseDialectPrefix()
    {
        switch (Tokens.Current.Kind)
        {
            case TokenKind.String:
                return ParseString();
            case TokenKind.Bits:
                return Text(Tokens.Take().Text);
            case TokenKind.Symbol when Tokens.Current.Text is "@" or "|/" or "||/" or "!!" or "@-@" or "@@" or "?-" or "?|":
                var op = Tokens.Take().Text;
                return Function(op == "@" ? NeutralFunctions.Abs : op, Parse(OtherPower + 1));
            case TokenKind.Word or TokenKind.QuotedName:
                return ParseWordPrefix();
            default:
                return null;
        }
    }

    protected override SqlExpression ParseParenthesised()
    {
        var first = Parse();
        return Tokens.AcceptSymbol(",") ? Function("row", [first, .. ParseListToParenthesis()]) : Close(first);
    }

    /// <summary>The items of ARRAY[…], or of a list that is written as text and cast; null for every other expression.</summary>
    private static ImmutableArray<SqlExpression>? ListItems(SqlExpression expression) => expression switch
    {
        FunctionExpression { Name: ArrayFunction } array => array.Arguments,
        CastExpression { Type: { Kind: SqlTypeKind.Array, Element: { } element }, Value: LiteralExpression { Kind: LiteralKind.String } text }
            when PostgreSqlArrays.Read(text.Text) is { } items =>
            [.. items.Select(i => i is null ? LiteralExpression.Null : PostgreSqlCasts.Cast(Text(i), element))],
        _ => null,
    };

    private static bool IsOperator(Token token) =>
        token.Kind == TokenKind.Symbol && token.Text.All(c => "+-*/<>=~!@#%^&|`?".Contains(c, StringComparison.Ordinal));

    /// <summary>Whether ANY (…) or ALL (…) stands at so many tokens ahead.</summary>
    private bool AtQuantifier(int ahead)
    {
        var token = Tokens.Peek(ahead);
        return (token.Is("ANY") || token.Is("SOME") || token.Is("ALL")) && Tokens.Peek(ahead + 1).IsSymbol("(");
    }

    private SqlExpression? ParseSymbolInfix(SqlExpression left, int minimum)
    {
        var op = Tokens.Current.Text;
        switch (op)
        {
            case "::" when minimum <= BindingPower.Postfix:
                Tokens.Take();
                return PostgreSqlCasts.Cast(left, types.Parse());
            case "[" when minimum <= BindingPower.Postfix:
                return ParseSubscript(left);
            case "^" when minimum <= BindingPower.BitXor:
                Tokens.Take();
                return Function("power", left, Parse(BindingPower.BitXor + 1));
        }

        var isComparison = op is "=" or "<>" or "!=" or "<" or "<=" or ">" or ">=";
        var power = isComparison ? BindingPower.Comparison : OtherPower;
        if (!IsOperator(Tokens.Current) || minimum > power)
        {
            return null;
        }

        Tokens.Take();
        return AtQuantifier(0) ? ParseQuantified(op, left) : Operate(op, left, Parse(power + 1));
    }

    private SqlExpression? ParseWordInfix(SqlExpression left, int minimum)
    {
        switch (Tokens.Current.Keyword)
        {
            case "COLLATE" when minimum <= BindingPower.Postfix && !_leavesCollation:
                // A collation decides how text compares; the column's own is kept with the column.
                Tokens.Take();
                TakeQualifiedName("a collation");
                return left;
            case "AT" when minimum <= TimeZonePower && Tokens.Peek(1).Is("TIME") && Tokens.Peek(2).Is("ZONE"):
                Tokens.AcceptAll("AT", "TIME", "ZONE");
                return InZone(Parse(TimeZonePower + 1), left);
            case "ISNULL" or "NOTNULL" when minimum <= BindingPower.Comparison:
                return new IsNullExpression(left, Tokens.Take().Is("NOTNULL"));
            case "IS" when minimum <= BindingPower.Comparison:
                return ParseIs(left);
            case "OVERLAPS" when minimum <= BindingPower.Comparison:
                Tokens.Take();
                return Function("overlaps", left, Parse(BindingPower.Comparison + 1));
            case "OPERATOR" when minimum <= OtherPower && Tokens.Peek(1).IsSymbol("("):
                return ParseNamedOperator(left);
            default:
                return null;
        }
    }

    /// <summary>IS [NOT] DISTINCT FROM, JSON, DOCUMENT, NORMALIZED, TRUE, FALSE or UNKNOWN.</summary>
    private SqlExpression ParseIs(SqlExpression left)
    {
        var negated = Tokens.Peek(1).Is("NOT") ? 1 : 0;
        switch (Tokens.Peek(1 + negated).Keyword)
        {
            case "DISTINCT":
                TakePredicate(negated == 1);
                Tokens.Take();
                Tokens.Expect("FROM");
                var equal = NullSafeEqual(left, Parse(BindingPower.Comparison + 1));
                return negated == 1 ? equal : new UnaryExpression(UnaryOperator.Not, equal);
            case "JSON":
                TakePredicate(negated == 1);
                Tokens.Take();
                Tokens.AcceptAny("VALUE", "ARRAY", "OBJECT", "SCALAR");
                SqlExpression isJson = Function(NeutralFunctions.IsJson, left);
                return negated == 1 ? new UnaryExpression(UnaryOperator.Not, isJson) : isJson;
            case "DOCUMENT" or "NORMALIZED":
                TakePredicate(negated == 1);
                return Function($"is_{(negated == 1 ? "not_" : "")}{Tokens.Take().Text.ToLowerInvariant()}", left);
            default:
                return ParseTruthTest(left);
        }
    }

    /// <summary>OPERATOR(pg_catalog.+), as dumps print operators that a search path might hide.</summary>
    private SqlExpression ParseNamedOperator(SqlExpression left)
    {
        Tokens.Take();
        Tokens.ExpectSymbol("(");
        while (Tokens.Peek(1).IsSymbol("."))
        {
            Tokens.Take();
            Tokens.Take();
        }

        var op = IsOperator(Tokens.Current) ? Tokens.Take().Text : throw Tokens.Unexpected("an operator");
        Tokens.ExpectSymbol(")");
        return AtQuantifier(0) ? ParseQuantified(op, left) : Operate(op, left, Parse(OtherPower + 1));
    }

    /// <summary>An operator before ANY (list) or ALL (list): dumps print IN this way.</summary>
    private SqlExpression ParseQuantified(string op, SqlExpression left)
    {
        var isAll = Tokens.Take().Is("ALL");
        Tokens.ExpectSymbol("(");
        var operand = Close(Parse());
        if (ListItems(operand) is not { IsEmpty: false } items)
        {
            return Function($"{op} {(isAll ? "all" : "any")}", left, operand);
        }

        if ((op, isAll) is ("=", false) or ("<>" or "!=", true))
        {
            return new InExpression(left, items, isAll);
        }

        return items
            .Select(item => Operate(op, left, item))
            .Aggregate((all, one) => new BinaryExpression(isAll ? BinaryOperator.And : BinaryOperator.Or, all, one));
    }

    private FunctionExpression ParseSubscript(SqlExpression list)
    {
        Tokens.Take();
        var arguments = ImmutableArray.Create(list);
        if (!Tokens.AtSymbol(":"))
        {
            arguments = arguments.Add(Parse());
        }

        if (Tokens.AcceptSymbol(":"))
        {
            arguments = Tokens.AtSymbol("]") ? arguments : arguments.Add(Parse());
            Tokens.ExpectSymbol("]");
            return Function("array_slice", arguments);
        }

        Tokens.ExpectSymbol("]");
        return Function("array_element", arguments);
    }

    private SqlExpression? ParseWordPrefix()
    {
        var token = Tokens.Current;
        var next = Tokens.Peek(1);
        if (token.Kind == TokenKind.Word)
        {
            switch (token.Keyword)
            {
                case "ARRAY" when next.IsSymbol("["):
                    Tokens.Take();
                    return ParseArray();
                case "ARRAY" when next.IsSymbol("("):
                    throw Tokens.Fail(token, "a query cannot stand in this expression");
                case "ROW" when next.IsSymbol("("):
                    Tokens.Take();
                    Tokens.Take();
                    return Function("row", ParseListToParenthesis());
                case "INTERVAL" when next.Kind == TokenKind.String:
                    return ParseInterval();
                case "CURRENT_TIMESTAMP" or "LOCALTIMESTAMP" or "CURRENT_DATE" or "CURRENT_TIME" or "LOCALTIME" or "CURRENT_USER"
                    or "SESSION_USER" or "USER" or "CURRENT_ROLE" or "CURRENT_CATALOG" or "CURRENT_SCHEMA" when !next.IsSymbol("("):
                    return Call(Tokens.Take(), []);
                case "CASE" or "CAST" or "NOT" or "NULL" or "TRUE" or "FALSE" or "SELECT" or "EXISTS":
                    return null;
            }
        }

        return ParseTypedLiteral() ?? ParseQualifiedCall();
    }

    /// <summary>A type before a string, which is a cast: timestamp '2020-01-01', double precision '1'.</summary>
    private SqlExpression? ParseTypedLiteral()
    {
        if (!PostgreSqlTypeParser.CanBegin(Tokens.Current) || !EndsInString())
        {
            return null;
        }

        var type = types.Parse();
        return Tokens.Current.Kind == TokenKind.String
            ? PostgreSqlCasts.Cast(ParseString(), type)
            : throw Tokens.Unexpected("a string");
    }

    private bool EndsInString()
    {
        var ahead = 1;
        if (Tokens.Current.Is("DOUBLE") && Tokens.Peek(1).Is("PRECISION"))
        {
            ahead++;
        }
        else if (Tokens.Current.Is("TIME") || Tokens.Current.Is("TIMESTAMP"))
        {
            ahead += Tokens.Peek(ahead).IsSymbol("(") ? 3 : 0;
            ahead += Tokens.Peek(ahead).Is("WITH") || Tokens.Peek(ahead).Is("WITHOUT") ? 3 : 0;
        }

        return Tokens.Peek(ahead).Kind == TokenKind.String;
    }

    private CastExpression ParseInterval()
    {
        Tokens.Take();
        var text = ParseString().Text;
        if (Tokens.AtAny("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"))
        {
            var field = Tokens.Take().Text.ToLowerInvariant();
            if (Tokens.Accept("TO"))
            {
                // From one field to another the text says itself what counts what.
                Tokens.Take();
            }
            else
            {
                text = $"{text} {field}";
            }
        }

        return new CastExpression(Text(text), new SqlType(SqlTypeKind.Interval, "interval"));
    }

    private FunctionExpression ParseArray()
    {
        Tokens.ExpectSymbol("[");
        var items = ImmutableArray.CreateBuilder<SqlExpression>();
        if (!Tokens.AcceptSymbol("]"))
        {
            do
            {
                items.Add(Tokens.AtSymbol("[") ? ParseArray() : Parse());
            }
            while (Tokens.AcceptSymbol(","));

            Tokens.ExpectSymbol("]");
        }

        return Function(ArrayFunction, items.ToImmutable());
    }

    private string TakeQualifiedName(string what)
    {
        var name = NameOf(Tokens.TakeWord(what));
        while (Tokens.AcceptSymbol("."))
        {
            name = NameOf(Tokens.TakeWord(what));
        }

        return name;
    }
}
