using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Turns the expressions of one table into neutral ones. What has no neutral form is reported, once an expression.</summary>
internal sealed class ExpressionConverter(ConversionContext context, ObjectName? table)
{
    /// <summary>Operators one inside the other; what follows walks the tree recursively.</summary>
    private const int MaxDepth = 500;

    private readonly TypeConverter _types = new(context);
    private Dom.TSqlFragment? _unsupported;
    private bool _isTooDeep;
    private int _depth;

    /// <summary>The neutral form, or null where there is none; <paramref name="what"/> names the clause in the message.</summary>
    public SqlExpression? Convert(Dom.ScalarExpression expression, string what, string advice = "") =>
        Finish(() => Scalar(expression), expression, what, advice);

    /// <summary>The neutral form of a condition, or null where there is none.</summary>
    public SqlExpression? Convert(Dom.BooleanExpression expression, string what, string advice = "") =>
        Finish(() => Boolean(expression), expression, what, advice);

    private SqlExpression? Finish(Func<SqlExpression> convert, Dom.TSqlFragment expression, string what, string advice)
    {
        _unsupported = null;
        _isTooDeep = false;
        _depth = 0;
        var converted = convert();
        if (_isTooDeep)
        {
            context.Diagnostics.Report(ReadingDiagnostics.NestedTooDeep, context.Span(expression), MaxDepth);
            return null;
        }

        if (_unsupported is not null)
        {
            context.NotCarriedOver(_unsupported, what, advice);
            return null;
        }

        return converted;
    }

    private SqlExpression Scalar(Dom.ScalarExpression expression)
    {
        if (++_depth > MaxDepth)
        {
            _isTooDeep = true;
        }

        var converted = _isTooDeep ? LiteralExpression.Null : ScalarCore(expression);
        _depth--;
        return converted;
    }

    private SqlExpression ScalarCore(Dom.ScalarExpression expression)
    {
        if (expression is Dom.PrimaryExpression { Collation: not null } collated)
        {
            context.NotCarriedOver(collated, "COLLATE inside an expression");
        }

        return expression switch
        {
            Dom.ParenthesisExpression parenthesis => Scalar(parenthesis.Expression),
            Dom.Literal literal => Literal(literal),
            Dom.ColumnReferenceExpression column => Column(column),
            Dom.UnaryExpression unary => Unary(unary),
            Dom.BinaryExpression binary => Binary(binary),
            Dom.CastCall cast => new CastExpression(Scalar(cast.Parameter), _types.Convert(cast.DataType)),
            Dom.TryCastCall cast => new CastExpression(Scalar(cast.Parameter), _types.Convert(cast.DataType)),
            Dom.ConvertCall convert => Cast(convert.Parameter, convert.DataType, convert.Style),
            Dom.TryConvertCall convert => Cast(convert.Parameter, convert.DataType, convert.Style),
            Dom.ParseCall parse => Cast(parse.StringValue, parse.DataType, parse.Culture),
            Dom.TryParseCall parse => Cast(parse.StringValue, parse.DataType, parse.Culture),
            Dom.CoalesceExpression coalesce => Call(NeutralFunctions.Coalesce, coalesce.Expressions),
            Dom.NullIfExpression nullIf => new FunctionExpression(
                NeutralFunctions.NullIf, [Scalar(nullIf.FirstExpression), Scalar(nullIf.SecondExpression)]),
            Dom.IIfCall iif => new CaseExpression(
                null, [new CaseBranch(Boolean(iif.Predicate), Scalar(iif.ThenExpression))], Scalar(iif.ElseExpression)),
            Dom.SearchedCaseExpression @case => new CaseExpression(
                null,
                [.. @case.WhenClauses.Select(w => new CaseBranch(Boolean(w.WhenExpression), Scalar(w.ThenExpression)))],
                @case.ElseExpression is null ? null : Scalar(@case.ElseExpression)),
            Dom.SimpleCaseExpression @case => new CaseExpression(
                Scalar(@case.InputExpression),
                [.. @case.WhenClauses.Select(w => new CaseBranch(Scalar(w.WhenExpression), Scalar(w.ThenExpression)))],
                @case.ElseExpression is null ? null : Scalar(@case.ElseExpression)),
            Dom.LeftFunctionCall { Parameters: [var value, var length] } => new FunctionExpression(
                NeutralFunctions.Substring,
                [Scalar(value), new LiteralExpression(LiteralKind.Number, "1"), Scalar(length)]),
            Dom.RightFunctionCall right => Call("right", right.Parameters),
            Dom.ParameterlessCall call => new FunctionExpression(FunctionConverter.Parameterless(call.ParameterlessCallType), []),
            Dom.NextValueForExpression { OverClause: null } next => new FunctionExpression(
                NeutralFunctions.NextValue,
                [new LiteralExpression(LiteralKind.String, context.Name(next.SequenceName).ToString())]),
            Dom.FunctionCall call => Function(call),
            Dom.OdbcFunctionCall odbc => FunctionConverter.Convert(odbc.Name.Value, [.. odbc.Parameters.Select(Scalar)]),
            _ => Unsupported(expression),
        };
    }

    private SqlExpression Boolean(Dom.BooleanExpression expression)
    {
        if (++_depth > MaxDepth)
        {
            _isTooDeep = true;
        }

        var converted = _isTooDeep ? LiteralExpression.Null : BooleanCore(expression);
        _depth--;
        return converted;
    }

    private SqlExpression BooleanCore(Dom.BooleanExpression expression) => expression switch
    {
        Dom.BooleanParenthesisExpression parenthesis => Boolean(parenthesis.Expression),
        Dom.BooleanNotExpression not => new UnaryExpression(UnaryOperator.Not, Boolean(not.Expression)),
        Dom.BooleanBinaryExpression binary => new BinaryExpression(
            binary.BinaryExpressionType == Dom.BooleanBinaryExpressionType.And ? BinaryOperator.And : BinaryOperator.Or,
            Boolean(binary.FirstExpression),
            Boolean(binary.SecondExpression)),
        Dom.BooleanComparisonExpression comparison => Comparison(comparison),
        Dom.BooleanIsNullExpression isNull => new IsNullExpression(Scalar(isNull.Expression), isNull.IsNot),
        Dom.BooleanTernaryExpression between => new BetweenExpression(
            Scalar(between.FirstExpression),
            Scalar(between.SecondExpression),
            Scalar(between.ThirdExpression),
            between.TernaryExpressionType == Dom.BooleanTernaryExpressionType.NotBetween),
        Dom.InPredicate { Subquery: null } @in => new InExpression(
            Scalar(@in.Expression), [.. @in.Values.Select(Scalar)], @in.NotDefined),
        Dom.LikePredicate like => new LikeExpression(
            Scalar(like.FirstExpression),
            Scalar(like.SecondExpression),
            like.EscapeExpression is null ? null : Scalar(like.EscapeExpression),
            like.NotDefined),
        Dom.RegexpLikePredicate { Flags: null } regex => new RegexExpression(Scalar(regex.Text), Scalar(regex.Pattern), false),
        Dom.DistinctPredicate distinct => Distinct(Scalar(distinct.FirstExpression), Scalar(distinct.SecondExpression), distinct.IsNot),
        _ => Unsupported(expression),
    };

    private SqlExpression Comparison(Dom.BooleanComparisonExpression comparison)
    {
        var left = Scalar(comparison.FirstExpression);
        var right = Scalar(comparison.SecondExpression);
        BinaryOperator? op = comparison.ComparisonType switch
        {
            Dom.BooleanComparisonType.Equals => BinaryOperator.Equal,
            Dom.BooleanComparisonType.NotEqualToBrackets or Dom.BooleanComparisonType.NotEqualToExclamation => BinaryOperator.NotEqual,
            Dom.BooleanComparisonType.LessThan => BinaryOperator.Less,
            Dom.BooleanComparisonType.GreaterThan => BinaryOperator.Greater,
            Dom.BooleanComparisonType.LessThanOrEqualTo or Dom.BooleanComparisonType.NotGreaterThan => BinaryOperator.LessOrEqual,
            Dom.BooleanComparisonType.GreaterThanOrEqualTo or Dom.BooleanComparisonType.NotLessThan => BinaryOperator.GreaterOrEqual,
            _ => null,
        };
        return op switch
        {
            null when comparison.ComparisonType is Dom.BooleanComparisonType.IsDistinctFrom or Dom.BooleanComparisonType.IsNotDistinctFrom =>
                Distinct(left, right, comparison.ComparisonType == Dom.BooleanComparisonType.IsNotDistinctFrom),
            null => Unsupported(comparison),
            { } known => FunctionConverter.JsonTest(known, left, right) ?? new BinaryExpression(known, left, right),
        };
    }

    private static SqlExpression Distinct(SqlExpression left, SqlExpression right, bool isNot)
    {
        var same = new BinaryExpression(
            BinaryOperator.Or,
            new BinaryExpression(
                BinaryOperator.And,
                new BinaryExpression(BinaryOperator.And, new IsNullExpression(left, true), new IsNullExpression(right, true)),
                new BinaryExpression(BinaryOperator.Equal, left, right)),
            new BinaryExpression(BinaryOperator.And, new IsNullExpression(left, false), new IsNullExpression(right, false)));
        return isNot ? same : new UnaryExpression(UnaryOperator.Not, same);
    }

    private LiteralExpression Literal(Dom.Literal literal) => literal switch
    {
        Dom.NullLiteral => LiteralExpression.Null,
        Dom.StringLiteral or Dom.OdbcLiteral => new LiteralExpression(LiteralKind.String, literal.Value),
        Dom.IntegerLiteral or Dom.NumericLiteral or Dom.RealLiteral => new LiteralExpression(LiteralKind.Number, Number(literal.Value)),
        Dom.MoneyLiteral => new LiteralExpression(LiteralKind.Number, Number(Amount(literal.Value))),
        Dom.BinaryLiteral => new LiteralExpression(LiteralKind.Binary, Binary(literal.Value)),
        Dom.IdentifierLiteral => new LiteralExpression(LiteralKind.String, literal.Value),
        _ => Unsupported(literal),
    };

    /// <summary>A money literal without its currency sign.</summary>
    private static string Amount(string text)
    {
        var start = 0;
        while (start < text.Length && !char.IsAsciiDigit(text[start]) && text[start] is not ('.' or '-'))
        {
            start++;
        }

        return text[start..];
    }

    private static string Number(string text)
    {
        var number = text.Replace(",", "", StringComparison.Ordinal).TrimStart('0').ToLowerInvariant();
        number = number.Length == 0 || number[0] is '.' or 'e' ? "0" + number : number;
        return number.EndsWith('.') ? number[..^1] : number.Replace(".e", "e", StringComparison.Ordinal);
    }

    private static string Binary(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        digits = digits.ToUpperInvariant();
        return digits.Length % 2 == 0 ? digits : "0" + digits;
    }

    private SqlExpression Column(Dom.ColumnReferenceExpression column) =>
        column.ColumnType == Dom.ColumnType.Regular && column.MultiPartIdentifier is { Count: > 0 } name
            ? new ColumnExpression(name.Identifiers[^1].Value)
            : Unsupported(column);

    private SqlExpression Unary(Dom.UnaryExpression unary)
    {
        var operand = Scalar(unary.Expression);
        return unary.UnaryExpressionType switch
        {
            Dom.UnaryExpressionType.Positive => operand,
            Dom.UnaryExpressionType.Negative => new UnaryExpression(UnaryOperator.Negate, operand),
            _ => new UnaryExpression(UnaryOperator.BitNot, operand),
        };
    }

    private SqlExpression Binary(Dom.BinaryExpression binary)
    {
        var left = Scalar(binary.FirstExpression);
        var right = Scalar(binary.SecondExpression);
        BinaryOperator? op = binary.BinaryExpressionType switch
        {
            Dom.BinaryExpressionType.Add when IsText(left) || IsText(right) => BinaryOperator.Concat,
            Dom.BinaryExpressionType.Add => BinaryOperator.Add,
            Dom.BinaryExpressionType.Subtract => BinaryOperator.Subtract,
            Dom.BinaryExpressionType.Multiply => BinaryOperator.Multiply,
            Dom.BinaryExpressionType.Divide => BinaryOperator.Divide,
            Dom.BinaryExpressionType.Modulo => BinaryOperator.Modulo,
            Dom.BinaryExpressionType.BitwiseAnd => BinaryOperator.BitAnd,
            Dom.BinaryExpressionType.BitwiseOr => BinaryOperator.BitOr,
            Dom.BinaryExpressionType.BitwiseXor => BinaryOperator.BitXor,
            Dom.BinaryExpressionType.Concat => BinaryOperator.Concat,
            _ => null,
        };
        return op is { } known ? new BinaryExpression(known, left, right) : Unsupported(binary);
    }

    private CastExpression Cast(Dom.ScalarExpression value, Dom.DataTypeReference type, Dom.ScalarExpression? style)
    {
        if (style is not null)
        {
            context.NotCarriedOver(style, "The style of this conversion");
        }

        return new CastExpression(Scalar(value), _types.Convert(type));
    }

    private SqlExpression Function(Dom.FunctionCall call)
    {
        if (call.CallTarget is not null || call.OverClause is not null || call.WithinGroupClause is not null
            || call.JsonParameters is { Count: > 0 } || call.TrimOptions is not null)
        {
            return Unsupported(call);
        }

        var arguments = ImmutableArray.CreateBuilder<SqlExpression>(call.Parameters.Count);
        for (var i = 0; i < call.Parameters.Count; i++)
        {
            // dateadd(day, …): the first argument looks like a column and is a word.
            var isDatePart = i == 0 && TSqlFunctions.TakesDatePart(call.FunctionName.Value);
            var word = isDatePart ? Word(call.Parameters[i]) : null;
            arguments.Add(word is null
                ? Scalar(call.Parameters[i])
                : new LiteralExpression(LiteralKind.String, FunctionConverter.DatePart(word)));
        }

        return FunctionConverter.Convert(call.FunctionName.Value, arguments.ToImmutable());
    }

    private static string? Word(Dom.ScalarExpression expression) => expression switch
    {
        Dom.IdentifierLiteral literal => literal.Value,
        Dom.ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var name] } => name.Value,
        _ => null,
    };

    private FunctionExpression Call(string name, IList<Dom.ScalarExpression> arguments) => new(name, [.. arguments.Select(Scalar)]);

    private LiteralExpression Unsupported(Dom.TSqlFragment fragment)
    {
        _unsupported ??= fragment;
        return LiteralExpression.Null;
    }

    /// <summary>Whether a value is text, as far as the script says: then + puts together.</summary>
    private bool IsText(SqlExpression expression) => expression switch
    {
        LiteralExpression literal => literal.Kind == LiteralKind.String,
        CastExpression cast => IsText(cast.Type.Kind),
        ColumnExpression column => context.Names.TypeOf(table, column.Name) is { } kind && IsText(kind),
        BinaryExpression binary => binary.Operator == BinaryOperator.Concat,
        CaseExpression @case => IsText(@case.Branches[0].Then) || (@case.Else is not null && IsText(@case.Else)),
        FunctionExpression { Name: NeutralFunctions.Coalesce or NeutralFunctions.NullIf } function => function.Arguments.Any(IsText),
        FunctionExpression function => FunctionConverter.ReturnsText(function.Name),
        _ => false,
    };

    private static bool IsText(SqlTypeKind kind) => kind is SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text;
}
