using System.Globalization;
using SchemaDeploy.Schema.Dialects.TSql;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <summary>T-SQL's own functions of times, whose first argument is a word: dateadd(day, 7, x).</summary>
internal static class TSqlForms
{
    private const string DateAdd = "dateadd";

    /// <summary>Writes a function of T-SQL's own for SQL Server.</summary>
    public static void Write(SqlWriter writer, FunctionExpression call)
    {
        if (TSqlFunctions.TakesDatePart(call.Name) && call.Arguments is [LiteralExpression { Kind: LiteralKind.String } part, .. var rest])
        {
            writer.Add(call.Name).Add($"({part.Text}, ").WriteList(rest);
            writer.Add(")");
        }
        else
        {
            SqlFunctions.WriteCall(writer, call.Name, call.Arguments);
        }
    }

    /// <summary>The time that dateadd moves; null where the expression is no such call.</summary>
    public static SqlExpression? MovedTime(SqlExpression expression) =>
        expression is FunctionExpression { Name: DateAdd, Arguments: [LiteralExpression { Kind: LiteralKind.String }, _, var time] } ? time : null;

    /// <summary>A call in words that all databases have; null where they have none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="moved">What the time is that it moves; null where it moves none.</param>
    public static SqlExpression? Shared(FunctionExpression call, SqlTypeKind? moved) => (call.Name, call.Arguments) switch
    {
        (DateAdd, [LiteralExpression { Kind: LiteralKind.String } part, var amount, var time]) => Moved(part.Text, amount, time, moved),
        // Counts where a year or a month begins between the two, as the difference of their numbers does.
        ("datediff", [LiteralExpression { Kind: LiteralKind.String, Text: "year" }, var from, var to]) => Difference("year", from, to),
        ("datediff", [LiteralExpression { Kind: LiteralKind.String, Text: "month" }, var from, var to]) => new BinaryExpression(
            BinaryOperator.Add, Times(Difference("year", from, to), 12), Difference("month", from, to)),
        _ => null,
    };

    // A day that is moved by days stays a day.
    private static SqlExpression? Moved(string unit, SqlExpression amount, SqlExpression time, SqlTypeKind? kind) => kind switch
    {
        SqlTypeKind.Date when unit is "day" or "dayofyear" or "weekday" => Add(time, amount),
        SqlTypeKind.Date when unit == "week" => Add(time, Times(amount, 7)),
        SqlTypeKind.Date when unit is "month" or "quarter" or "year" && Length(unit, amount) is { } length =>
            new CastExpression(Add(time, length), new SqlType(SqlTypeKind.Date, "date")),
        SqlTypeKind.DateTime or SqlTypeKind.Timestamp when Length(unit, amount) is { } length => Add(time, length),
        _ => null,
    };

    private static BinaryExpression Difference(string part, SqlExpression from, SqlExpression to) =>
        new(BinaryOperator.Subtract, PartOf(part, to), PartOf(part, from));

    private static FunctionExpression PartOf(string part, SqlExpression time) =>
        new(NeutralFunctions.DatePart, [new LiteralExpression(LiteralKind.String, part), time]);

    private static BinaryExpression Times(SqlExpression value, int factor) =>
        new(BinaryOperator.Multiply, value, new LiteralExpression(LiteralKind.Number, factor.ToString(CultureInfo.InvariantCulture)));

    private static BinaryExpression Add(SqlExpression time, SqlExpression length) => new(BinaryOperator.Add, time, length);

    // What a row decides has no form that all databases share.
    private static CastExpression? Length(string unit, SqlExpression amount)
    {
        var (sign, digits) = amount is UnaryExpression { Operator: UnaryOperator.Negate } negative ? (-1, negative.Operand) : (1, amount);
        if (digits is not LiteralExpression { Kind: LiteralKind.Number } literal
            || !int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        decimal value = sign * number;
        var text = unit switch
        {
            "year" or "month" or "week" or "day" or "hour" or "minute" or "second" or "microsecond" => Text(value, unit),
            "quarter" => Text(value * 3, "month"),
            "dayofyear" or "weekday" => Text(value, "day"),
            "millisecond" => Text(value / 1000, "second"),
            _ => null,
        };
        return text is null ? null : new CastExpression(new LiteralExpression(LiteralKind.String, text), new SqlType(SqlTypeKind.Interval, "interval"));
    }

    private static string Text(decimal value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.######} {unit}");
}
