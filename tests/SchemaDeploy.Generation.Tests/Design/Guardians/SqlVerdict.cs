using System.Globalization;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Tests.Design.Guardians;

/// <summary>What a database makes of a condition, in SQL's logic of three values: null is unknown.</summary>
internal sealed class SqlVerdict(Thing row, Thing old, DateTime now)
{
    /// <summary>Whether a CHECK of the condition lets the row pass.</summary>
    public bool Passes(SqlExpression condition) => Evaluate(condition) is not false;

    private object? Evaluate(SqlExpression expression) => expression switch
    {
        LiteralExpression { Kind: LiteralKind.Number } literal => decimal.Parse(literal.Text, CultureInfo.InvariantCulture),
        LiteralExpression { Kind: LiteralKind.Boolean } literal => literal.Text == "true",
        LiteralExpression { Kind: LiteralKind.Duration } literal => Duration(literal.Text),
        LiteralExpression literal => literal.Text,
        ColumnExpression column => row[column.Name],
        QualifiedExpression qualified => old[qualified.Name],
        UnaryExpression { Operator: UnaryOperator.Not } not => Not(Evaluate(not.Operand)),
        UnaryExpression { Operator: UnaryOperator.Negate } negate => -(decimal)Evaluate(negate.Operand)!,
        BinaryExpression { Operator: BinaryOperator.And } and => And(Evaluate(and.Left), Evaluate(and.Right)),
        BinaryExpression { Operator: BinaryOperator.Or } or => Not(And(Not(Evaluate(or.Left)), Not(Evaluate(or.Right)))),
        BinaryExpression binary => Binary(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        BetweenExpression between => Negated(
            between.Negated,
            And(
                Binary(BinaryOperator.GreaterOrEqual, Evaluate(between.Value), Evaluate(between.Low)),
                Binary(BinaryOperator.LessOrEqual, Evaluate(between.Value), Evaluate(between.High)))),
        InExpression within => Negated(within.Negated, within.Items
            .Select(item => Binary(BinaryOperator.Equal, Evaluate(within.Value), Evaluate(item)))
            .Aggregate((bool?)false, (found, equal) => Not(And(Not(found), Not(equal))))),
        IsNullExpression isNull => Evaluate(isNull.Value) is null != isNull.Negated,
        LikeExpression like => (Evaluate(like.Value), Evaluate(like.Pattern)) is (string text, string pattern)
            ? Negated(like.Negated, Like(text.ToUpperInvariant(), pattern.ToUpperInvariant()))
            : null,
        FunctionExpression function => Function(function.Name, [.. function.Arguments.Select(Evaluate)]),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    private object? Function(string name, object?[] arguments) => (name, arguments) switch
    {
        (NeutralFunctions.Now, _) => now,
        (NeutralFunctions.Today, _) => DateOnly.FromDateTime(now),
        (NeutralFunctions.Coalesce, _) => arguments.FirstOrDefault(argument => argument is not null),
        (_, [null]) => null,
        (NeutralFunctions.Lower, [string text]) => text.ToLowerInvariant(),
        (NeutralFunctions.Upper, [string text]) => text.ToUpperInvariant(),
        (NeutralFunctions.Abs, [decimal number]) => Math.Abs(number),
        (NeutralFunctions.Abs, [double number]) => Math.Abs(number),
        _ => throw new NotSupportedException(name),
    };

    private static object? Binary(BinaryOperator op, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        (left, right) = Common(left, right);
        if (op >= BinaryOperator.Add)
        {
            return Compute(op, left, right);
        }

        var order = left is string text ? string.CompareOrdinal(text, (string)right) : ((IComparable)left).CompareTo(right);
        return op switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static (object Left, object Right) Common(object left, object right) => (left, right) switch
    {
        (double, decimal number) => (left, (double)number),
        (decimal number, double) => ((double)number, right),
        (bool, decimal number) => (left, number == 1),
        (DateOnly date, DateTime) => (date.ToDateTime(TimeOnly.MinValue), right),
        (DateOnly, string text) => (left, DateOnly.Parse(text, CultureInfo.InvariantCulture)),
        _ => (left, right),
    };

    private static object? Compute(BinaryOperator op, object left, object right) => (op, left, right) switch
    {
        (BinaryOperator.Add, decimal a, decimal b) => a + b,
        (BinaryOperator.Subtract, decimal a, decimal b) => a - b,
        (BinaryOperator.Multiply, decimal a, decimal b) => a * b,
        (BinaryOperator.Divide, decimal, 0m) or (BinaryOperator.Modulo, decimal, 0m) => null,
        (BinaryOperator.Divide, decimal a, decimal b) => a / b,
        (BinaryOperator.Modulo, decimal a, decimal b) => a % b,
        (BinaryOperator.Add, double a, double b) => a + b,
        (BinaryOperator.Subtract, double a, double b) => a - b,
        (BinaryOperator.Multiply, double a, double b) => a * b,
        (BinaryOperator.Divide, double, 0d) or (BinaryOperator.Modulo, double, 0d) => null,
        (BinaryOperator.Divide, double a, double b) => a / b,
        (BinaryOperator.Modulo, double a, double b) => a % b,
        (BinaryOperator.Add, DateTime time, TimeSpan length) => time + length,
        (BinaryOperator.Subtract, DateTime time, TimeSpan length) => time - length,
        (BinaryOperator.Subtract, DateTime end, DateTime start) => end - start,
        (BinaryOperator.Add, DateOnly date, TimeSpan length) => date.AddDays(length.Days),
        (BinaryOperator.Subtract, DateOnly date, TimeSpan length) => date.AddDays(-length.Days),
        (BinaryOperator.Subtract, DateOnly end, DateOnly start) => TimeSpan.FromDays(end.DayNumber - start.DayNumber),
        _ => throw new NotSupportedException($"{left} {op} {right}"),
    };

    private static TimeSpan Duration(string text) => double.Parse(text[..^1], CultureInfo.InvariantCulture) * text[^1] switch
    {
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        _ => TimeSpan.FromMinutes(1),
    };

    private static bool Like(string text, string pattern) => pattern.Length == 0
        ? text.Length == 0
        : pattern[0] == '%'
            ? Enumerable.Range(0, text.Length + 1).Any(i => Like(text[i..], pattern[1..]))
            : text.Length > 0 && (pattern[0] == '_' || pattern[0] == text[0]) && Like(text[1..], pattern[1..]);

    private static bool? Negated(bool negated, bool? value) => negated ? !value : value;

    private static bool? Not(object? value) => value is bool known ? !known : null;

    private static bool? And(object? left, object? right) => left is false || right is false ? false : left is true && right is true ? true : null;
}
