using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>MySQL's functions under the names that all databases share.</summary>
internal sealed partial class MySqlExpressionParser
{
    private static readonly string[] s_parts = ["year", "month", "day", "hour", "minute", "second", "quarter"];

    protected override SqlExpression Call(Token name, ImmutableArray<SqlExpression> arguments)
    {
        var function = name.Text.ToUpperInvariant();
        return (function, arguments.Length) switch
        {
            ("NOW" or "CURRENT_TIMESTAMP" or "LOCALTIME" or "LOCALTIMESTAMP" or "SYSDATE" or "UTC_TIMESTAMP", <= 1) =>
                Function(NeutralFunctions.Now),
            ("CURDATE" or "CURRENT_DATE" or "UTC_DATE", 0) => Function(NeutralFunctions.Today),
            ("CURTIME" or "CURRENT_TIME" or "UTC_TIME", <= 1) => Function(NeutralFunctions.TimeOfDay),
            ("UUID", 0) => Function(NeutralFunctions.Uuid),
            ("CURRENT_USER" or "USER" or "SESSION_USER" or "SYSTEM_USER", 0) => Function(NeutralFunctions.CurrentUser),
            ("NEXTVAL", 1) when arguments[0] is ColumnExpression sequence =>
                Function(NeutralFunctions.NextValue, Text(sequence.Name)),
            ("LOWER" or "LCASE", 1) => Function(NeutralFunctions.Lower, arguments),
            ("UPPER" or "UCASE", 1) => Function(NeutralFunctions.Upper, arguments),
            ("CHAR_LENGTH" or "CHARACTER_LENGTH", 1) => Function(NeutralFunctions.Length, arguments),
            ("LENGTH" or "OCTET_LENGTH", 1) => Function(NeutralFunctions.ByteLength, arguments),
            ("TRIM", 1) => Function(NeutralFunctions.Trim, arguments),
            ("LTRIM", 1) => Function(NeutralFunctions.LTrim, arguments),
            ("RTRIM", 1) => Function(NeutralFunctions.RTrim, arguments),
            ("SUBSTRING" or "SUBSTR" or "MID", 2 or 3) => Substring(arguments),
            ("LEFT", 2) => Function(NeutralFunctions.Substring, arguments[0], Number("1"), arguments[1]),
            ("REPLACE", 3) => Function(NeutralFunctions.Replace, arguments),
            ("CONCAT", _) => Function(NeutralFunctions.Concat, arguments),
            ("LOCATE", 2) => Function(NeutralFunctions.Position, arguments),
            ("INSTR", 2) => Function(NeutralFunctions.Position, arguments[1], arguments[0]),
            ("COALESCE", _) or ("IFNULL" or "NVL", 2) => Function(NeutralFunctions.Coalesce, arguments),
            ("NULLIF", 2) => Function(NeutralFunctions.NullIf, arguments),
            ("ISNULL", 1) => new IsNullExpression(arguments[0], Negated: false),
            ("IF", 3) => new CaseExpression(null, [new CaseBranch(arguments[0], arguments[1])], arguments[2]),
            ("ABS", 1) => Function(NeutralFunctions.Abs, arguments),
            ("ROUND", 1) => Function(NeutralFunctions.Round, arguments[0], Number("0")),
            ("ROUND", 2) => Function(NeutralFunctions.Round, arguments),
            ("FLOOR", 1) => Function(NeutralFunctions.Floor, arguments),
            ("CEIL" or "CEILING", 1) => Function(NeutralFunctions.Ceiling, arguments),
            ("MOD", 2) => new BinaryExpression(BinaryOperator.Modulo, arguments[0], arguments[1]),
            ("DATE_ADD" or "ADDDATE", 2) when IsLength(arguments[1]) => new BinaryExpression(BinaryOperator.Add, arguments[0], arguments[1]),
            ("DATE_SUB" or "SUBDATE", 2) when IsLength(arguments[1]) => new BinaryExpression(BinaryOperator.Subtract, arguments[0], arguments[1]),
            ("DATE", 1) => new CastExpression(arguments[0], new SqlType(SqlTypeKind.Date, name.Text)),
            ("TIME", 1) => new CastExpression(arguments[0], new SqlType(SqlTypeKind.Time, name.Text)),
            ("YEAR" or "MONTH" or "DAY" or "HOUR" or "MINUTE" or "SECOND" or "QUARTER", 1) =>
                Function(NeutralFunctions.DatePart, Text(function.ToLowerInvariant()), arguments[0]),
            ("DAYOFMONTH", 1) => Function(NeutralFunctions.DatePart, Text("day"), arguments[0]),
            ("DATE_FORMAT", 2) => DateFormat(arguments),
            ("JSON_VALUE", 2) => Function(NeutralFunctions.JsonValue, arguments),
            ("JSON_EXTRACT", 2) => Function(NeutralFunctions.JsonValue, arguments),
            ("JSON_UNQUOTE", 1) when arguments[0] is FunctionExpression { Name: NeutralFunctions.JsonValue } => arguments[0],
            ("JSON_VALID", 1) => Function(NeutralFunctions.IsJson, arguments),
            ("REGEXP_LIKE", 2) => new RegexExpression(arguments[0], arguments[1], Negated: false),
            _ => Function(name.Text.ToLowerInvariant(), arguments),
        };
    }

    private static bool IsLength(SqlExpression expression) =>
        expression is CastExpression { Type.Kind: SqlTypeKind.Interval } or FunctionExpression { Name: "interval" };

    protected override SqlExpression? ParseDialectCall(Token name)
    {
        switch (name.Text.ToUpperInvariant())
        {
            case "EXTRACT":
                var part = Tokens.TakeWord("a part of a time").Text.ToLowerInvariant();
                Tokens.Expect("FROM");
                return Close(Function(s_parts.Contains(part) ? NeutralFunctions.DatePart : "extract", Text(part), Parse()));
            case "POSITION":
                var sought = Parse(BindingPower.Comparison + 1);
                Tokens.Expect("IN");
                return Close(Function(NeutralFunctions.Position, sought, Parse()));
            case "TRIM":
                return ParseTrim();
            case "SUBSTRING" or "SUBSTR" or "MID":
                return ParseSubstring();
            case "CONVERT":
                return ParseConvert();
            case "CHAR":
                var codes = ParseListUpTo("USING");
                return Close(Function("char", codes));
            case "TIMESTAMPDIFF" or "TIMESTAMPADD" when Tokens.Peek(1).IsSymbol(","):
                var unit = Text(Tokens.Take().Text.ToLowerInvariant());
                Tokens.Take();
                return Function(name.Text.ToLowerInvariant(), [unit, .. ParseListToParenthesis()]);
            case "JSON_VALUE":
                return ParseJsonValue();
            default:
                return null;
        }
    }

    private FunctionExpression DateFormat(ImmutableArray<SqlExpression> arguments) =>
        FormatsTruncate
        && arguments[1] is LiteralExpression { Kind: LiteralKind.String } format
        && MySqlDateFormat.TruncatedPart(format.Text) is { } part
            ? Function(NeutralFunctions.DateTrunc, Text(part), arguments[0])
            : Function("date_format", arguments);

    private SqlExpression ParseConvert()
    {
        var value = Parse();
        if (Tokens.Accept("USING"))
        {
            Tokens.TakeWord("a character set");
            return Close(value);
        }

        Tokens.ExpectSymbol(",");
        return Close(new CastExpression(value, ParseCastType()));
    }

    private SqlExpression ParseJsonValue()
    {
        var document = Parse();
        Tokens.ExpectSymbol(",");
        var value = Function(NeutralFunctions.JsonValue, document, Parse());
        return Tokens.Accept("RETURNING") ? Close(new CastExpression(value, ParseCastType())) : Close(value);
    }

    private ImmutableArray<SqlExpression> ParseListUpTo(string word)
    {
        var items = ImmutableArray.CreateBuilder<SqlExpression>();
        do
        {
            items.Add(Parse());
        }
        while (Tokens.AcceptSymbol(","));

        if (Tokens.Accept(word))
        {
            Tokens.TakeWord("a character set");
        }

        return items.ToImmutable();
    }
}
