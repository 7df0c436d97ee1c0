using System.Collections.Frozen;
using System.Collections.Immutable;
using SchemaDeploy.Schema.Script.Expressions;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>T-SQL's functions under their neutral names; a function without one keeps its own in lower case.</summary>
internal static class FunctionConverter
{
    private static readonly FrozenDictionary<string, (string Name, int Arguments)> s_renamed = new Dictionary<string, (string, int)>
    {
        ["getdate"] = (NeutralFunctions.Now, 0),
        ["getutcdate"] = (NeutralFunctions.Now, 0),
        ["sysdatetime"] = (NeutralFunctions.Now, 0),
        ["sysutcdatetime"] = (NeutralFunctions.Now, 0),
        ["sysdatetimeoffset"] = (NeutralFunctions.Now, 0),
        ["newid"] = (NeutralFunctions.Uuid, 0),
        ["newsequentialid"] = (NeutralFunctions.Uuid, 0),
        ["suser_sname"] = (NeutralFunctions.CurrentUser, 0),
        ["suser_name"] = (NeutralFunctions.CurrentUser, 0),
        ["user_name"] = (NeutralFunctions.CurrentUser, 0),
        ["original_login"] = (NeutralFunctions.CurrentUser, 0),
        ["isnull"] = (NeutralFunctions.Coalesce, 2),
        ["len"] = (NeutralFunctions.Length, 1),
        ["datalength"] = (NeutralFunctions.ByteLength, 1),
        ["charindex"] = (NeutralFunctions.Position, 2),
        ["isjson"] = (NeutralFunctions.IsJson, 1),
        ["datetrunc"] = (NeutralFunctions.DateTrunc, 2),
        ["datepart"] = (NeutralFunctions.DatePart, 2),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> s_dateParts = new Dictionary<string, string>
    {
        ["yy"] = "year",
        ["yyyy"] = "year",
        ["qq"] = "quarter",
        ["q"] = "quarter",
        ["mm"] = "month",
        ["m"] = "month",
        ["dy"] = "dayofyear",
        ["y"] = "dayofyear",
        ["dd"] = "day",
        ["d"] = "day",
        ["wk"] = "week",
        ["ww"] = "week",
        ["dw"] = "weekday",
        ["w"] = "weekday",
        ["hh"] = "hour",
        ["mi"] = "minute",
        ["n"] = "minute",
        ["ss"] = "second",
        ["s"] = "second",
        ["ms"] = "millisecond",
        ["mcs"] = "microsecond",
        ["ns"] = "nanosecond",
        ["tz"] = "tzoffset",
        ["isowk"] = "iso_week",
        ["isoww"] = "iso_week",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full word of a part of a date.</summary>
    public static string DatePart(string word) => s_dateParts.GetValueOrDefault(word) ?? word.ToLowerInvariant();

    /// <summary>The neutral name of a function that is called without parentheses.</summary>
    public static string Parameterless(Dom.ParameterlessCallType type) => type switch
    {
        Dom.ParameterlessCallType.CurrentTimestamp => NeutralFunctions.Now,
        Dom.ParameterlessCallType.CurrentDate => NeutralFunctions.Today,
        _ => NeutralFunctions.CurrentUser,
    };

    /// <summary>Whether the function's result is text.</summary>
    public static bool ReturnsText(string name) => name is
        NeutralFunctions.Lower or NeutralFunctions.Upper or NeutralFunctions.Trim or NeutralFunctions.LTrim or NeutralFunctions.RTrim
        or NeutralFunctions.Substring or NeutralFunctions.Replace or NeutralFunctions.Concat or NeutralFunctions.JsonValue
        or NeutralFunctions.CurrentUser or "right" or "concat_ws" or "str" or "format" or "replicate" or "reverse" or "space"
        or "stuff" or "char" or "nchar" or "datename" or "quotename" or "json_query" or "string_escape" or "translate";

    /// <summary>isjson(x) compared with 0 or 1, as the truth value it stands for; null where it is not that.</summary>
    public static SqlExpression? JsonTest(BinaryOperator op, SqlExpression left, SqlExpression right)
    {
        if (left is not FunctionExpression { Name: NeutralFunctions.IsJson } test || right is not LiteralExpression { Kind: LiteralKind.Number } number)
        {
            return null;
        }

        return (op, number.Text) switch
        {
            (BinaryOperator.Greater, "0") or (BinaryOperator.Equal, "1") or (BinaryOperator.NotEqual, "0") or (BinaryOperator.GreaterOrEqual, "1") => test,
            (BinaryOperator.Equal, "0") or (BinaryOperator.NotEqual, "1") or (BinaryOperator.Less, "1") => new UnaryExpression(UnaryOperator.Not, test),
            _ => null,
        };
    }

    /// <summary>The call in neutral form.</summary>
    public static SqlExpression Convert(string name, ImmutableArray<SqlExpression> arguments)
    {
        if (s_renamed.TryGetValue(name, out var renamed) && renamed.Arguments == arguments.Length)
        {
            return new FunctionExpression(renamed.Name, arguments);
        }

        return (name.ToLowerInvariant(), arguments) switch
        {
            ("year" or "month" or "day", [var value]) => new FunctionExpression(
                NeutralFunctions.DatePart, [new LiteralExpression(LiteralKind.String, name.ToLowerInvariant()), value]),
            ("choose", [var index, _, ..]) => new CaseExpression(
                index,
                [.. arguments.Skip(1).Select((value, i) => new CaseBranch(new LiteralExpression(LiteralKind.Number, $"{i + 1}"), value))],
                null),
            ("dateadd", [LiteralExpression part, FunctionExpression { Name: "datediff", Arguments: [LiteralExpression same, var origin, var value] }, var start])
                when part == same && IsZero(origin) && IsZero(start) => new FunctionExpression(NeutralFunctions.DateTrunc, [part, value]),
            var (own, _) => new FunctionExpression(own, arguments),
        };
    }

    private static bool IsZero(SqlExpression expression) => expression is LiteralExpression { Kind: LiteralKind.Number, Text: "0" };
}
