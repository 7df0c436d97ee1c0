using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>
/// Says whether a row meets a check, in SQL's logic of three values. What it cannot evaluate counts as unknown, which
/// a check lets pass; if the application sees it otherwise, its refusal shows.
/// </summary>
internal sealed class CheckEvaluator(IReadOnlyDictionary<string, SampleValue> row)
{
    public bool Allows(SqlExpression check) => Evaluate(check) is not false;

    private object? Evaluate(SqlExpression expression) => expression switch
    {
        LiteralExpression literal => Literal(literal),
        ColumnExpression column => row.GetValueOrDefault(column.Name)?.Sql,
        UnaryExpression { Operator: UnaryOperator.Not } unary => Evaluate(unary.Operand) is bool value ? !value : null,
        UnaryExpression { Operator: UnaryOperator.Negate } unary => Evaluate(unary.Operand) is decimal value ? -value : null,
        BinaryExpression { Operator: BinaryOperator.And } binary => And(Evaluate(binary.Left), Evaluate(binary.Right)),
        BinaryExpression { Operator: BinaryOperator.Or } binary => Not(And(Not(Evaluate(binary.Left)), Not(Evaluate(binary.Right)))),
        BinaryExpression binary => Binary(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        BetweenExpression between => Negate(And(
            Binary(BinaryOperator.GreaterOrEqual, Evaluate(between.Value), Evaluate(between.Low)),
            Binary(BinaryOperator.LessOrEqual, Evaluate(between.Value), Evaluate(between.High))), between.Negated),
        InExpression within => Evaluate(within.Value) is { } value
            ? Negate(within.Items.Any(item => Binary(BinaryOperator.Equal, value, Evaluate(item)) is true), within.Negated)
            : null,
        IsNullExpression isNull => IsUnknown(isNull.Value) ? null : Evaluate(isNull.Value) is null != isNull.Negated,
        LikeExpression { Escape: null } like => (Evaluate(like.Value), Evaluate(like.Pattern)) is (string text, string pattern)
            ? Negate(Matches(text, pattern), like.Negated)
            : null,
        RegexExpression regex => (Evaluate(regex.Value), Evaluate(regex.Pattern)) is (string text, string pattern)
            ? Negate(Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant), regex.Negated)
            : null,
        CastExpression cast => Evaluate(cast.Value),
        CaseExpression { Operand: null } choice => Case(choice),
        FunctionExpression function => Function(function),
        _ => null,
    };

    private object? Case(CaseExpression choice)
    {
        var branch = choice.Branches.FirstOrDefault(branch => Evaluate(branch.When) is true);
        return branch is not null ? Evaluate(branch.Then) : choice.Else is null ? null : Evaluate(choice.Else);
    }

    private object? Function(FunctionExpression function)
    {
        var arguments = function.Arguments.Select(Evaluate).ToArray();
        return (function.Name, arguments) switch
        {
            (NeutralFunctions.Now or NeutralFunctions.Today, _) => DateTime.UtcNow,
            (NeutralFunctions.Length, [string text]) => (decimal)text.Length,
            (NeutralFunctions.Length or NeutralFunctions.ByteLength, [byte[] bytes]) => (decimal)bytes.Length,
            (NeutralFunctions.ByteLength, [string text]) => (decimal)Encoding.UTF8.GetByteCount(text),
            (NeutralFunctions.Lower, [string text]) => text.ToLowerInvariant(),
            (NeutralFunctions.Upper, [string text]) => text.ToUpperInvariant(),
            (NeutralFunctions.Trim, [string text]) => text.Trim(' '),
            (NeutralFunctions.LTrim, [string text]) => text.TrimStart(' '),
            (NeutralFunctions.RTrim, [string text]) => text.TrimEnd(' '),
            (NeutralFunctions.Position, [string part, string text]) => text.IndexOf(part, StringComparison.Ordinal) + 1m,
            (NeutralFunctions.IsJson, [string text]) => text.StartsWith('{'),
            (NeutralFunctions.Coalesce, _) => arguments.FirstOrDefault(argument => argument is not null),
            _ => null,
        };
    }

    private static object? Binary(BinaryOperator op, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        if (left is decimal a && right is decimal b && op is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply)
        {
            return op switch
            {
                BinaryOperator.Add => a + b,
                BinaryOperator.Subtract => a - b,
                _ => a * b,
            };
        }

        return Compare(left, right) is not { } order ? null : op switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            BinaryOperator.GreaterOrEqual => order >= 0,
            _ => null,
        };
    }

    private static int? Compare(object left, object right) => (left, right) switch
    {
        (bool a, bool b) => a.CompareTo(b),
        (bool a, decimal b) => (a ? 1m : 0m).CompareTo(b),
        (decimal a, decimal b) => a.CompareTo(b),
        (DateTime a, DateTime b) => a.CompareTo(b),
        (DateTime a, string b) when ColumnLiterals.Moment(b) is { } time => a.CompareTo(time),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        // The strictest comparison: what it finds equal is equal everywhere.
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => null,
    };

    private static object? Literal(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.Boolean => literal.Text == "true",
        LiteralKind.Number => decimal.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        LiteralKind.String => literal.Text,
        _ => null,
    };

    private bool IsUnknown(SqlExpression expression) => expression is not ColumnExpression column || !row.ContainsKey(column.Name);

    private static bool? And(object? left, object? right) =>
        left is false || right is false ? false : left is true && right is true ? true : null;

    private static bool? Not(object? value) => value is bool known ? !known : null;

    private static bool? Negate(bool? value, bool negated) => negated ? !value : value;

    private static bool Matches(string text, string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var end = pattern[i] == '[' ? pattern.IndexOf(']', i) : -1;
            regex.Append(pattern[i] switch
            {
                '%' => ".*",
                '_' => ".",
                '[' when end > 0 => pattern[i..(end + 1)],
                _ => Regex.Escape(pattern[i].ToString()),
            });
            i = end > 0 ? end : i;
        }

        return Regex.IsMatch(text, regex.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
