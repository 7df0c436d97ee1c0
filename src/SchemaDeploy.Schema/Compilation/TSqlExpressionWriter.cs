using System.Text;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Writes a neutral expression as T-SQL, which keeps conditions and values apart. What has no certain counterpart
/// gives null: the definition is then shown to DacFx without it.
/// </summary>
internal sealed class TSqlExpressionWriter
{
    private readonly StringBuilder _text = new();
    private bool _failed;

    private TSqlExpressionWriter()
    {
    }

    /// <summary>The expression as a value.</summary>
    public static string? Value(SqlExpression expression) => Write(expression, static (w, e) => w.Value(e, 0));

    /// <summary>The expression as a condition.</summary>
    public static string? Condition(SqlExpression expression) => Write(expression, static (w, e) => w.Condition(e, 0));

    public static string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    public static string Text(string value) => $"N'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    // SQL Server itself refuses expressions deeper than this.
    private const int MaxDepth = 100;

    private static string? Write(SqlExpression expression, Action<TSqlExpressionWriter, SqlExpression> write)
    {
        var writer = new TSqlExpressionWriter();
        write(writer, expression);
        return writer._failed ? null : writer._text.ToString();
    }

    private void Condition(SqlExpression expression, int depth)
    {
        if (_failed |= depth > MaxDepth)
        {
            return;
        }

        switch (expression)
        {
            case UnaryExpression { Operator: UnaryOperator.Not } not:
                Append("not (");
                Condition(not.Operand, depth + 1);
                Append(")");
                break;
            case BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } logical:
                Append("(");
                Condition(logical.Left, depth + 1);
                Append(logical.Operator == BinaryOperator.And ? " and " : " or ");
                Condition(logical.Right, depth + 1);
                Append(")");
                break;
            case BinaryExpression { Operator: <= BinaryOperator.GreaterOrEqual } comparison:
                Append("(");
                Value(comparison.Left, depth + 1);
                Append($" {NeutralExpressionPrinter.Symbol(comparison.Operator)} ");
                Value(comparison.Right, depth + 1);
                Append(")");
                break;
            case BetweenExpression between:
                Value(between.Value, depth + 1);
                Append(between.Negated ? " not between " : " between ");
                Value(between.Low, depth + 1);
                Append(" and ");
                Value(between.High, depth + 1);
                break;
            case InExpression { Items.IsEmpty: false } @in:
                Value(@in.Value, depth + 1);
                Append(@in.Negated ? " not in (" : " in (");
                Values(@in.Items, depth + 1);
                Append(")");
                break;
            case IsNullExpression isNull:
                Value(isNull.Value, depth + 1);
                Append(isNull.Negated ? " is not null" : " is null");
                break;
            case LikeExpression like:
                Value(like.Value, depth + 1);
                Append(like.Negated ? " not like " : " like ");
                Value(like.Pattern, depth + 1);
                if (like.Escape is not null)
                {
                    Append(" escape ");
                    Value(like.Escape, depth + 1);
                }

                break;
            case FunctionExpression { Name: NeutralFunctions.IsJson, Arguments.Length: 1 } isJson:
                Append("isjson(");
                Value(isJson.Arguments[0], depth + 1);
                Append(") = 1");
                break;
            case RegexExpression or InExpression:
                _failed = true;
                break;
            default:
                Value(expression, depth + 1);
                Append(" <> 0");
                break;
        }
    }

    private void Value(SqlExpression expression, int depth)
    {
        if (_failed |= depth > MaxDepth)
        {
            return;
        }

        switch (expression)
        {
            case LiteralExpression literal:
                Append(literal.Kind switch
                {
                    LiteralKind.Boolean => literal.Text == "true" ? "1" : "0",
                    LiteralKind.String => Text(literal.Text),
                    LiteralKind.Binary => $"0x{literal.Text}",
                    _ => literal.Text,
                });
                break;
            case ColumnExpression column:
                Append(Quote(column.Name));
                break;
            case UnaryExpression { Operator: not UnaryOperator.Not } unary:
                Append(unary.Operator == UnaryOperator.Negate ? "(- " : "(~ ");
                Value(unary.Operand, depth + 1);
                Append(")");
                break;
            case BinaryExpression { Operator: > BinaryOperator.GreaterOrEqual } binary:
                Append("(");
                Value(binary.Left, depth + 1);
                Append(binary.Operator == BinaryOperator.Concat ? " + " : $" {NeutralExpressionPrinter.Symbol(binary.Operator)} ");
                Value(binary.Right, depth + 1);
                Append(")");
                break;
            case CaseExpression @case:
                Case(@case, depth);
                break;
            case CastExpression cast:
                Append("cast(");
                Value(cast.Value, depth + 1);
                Append($" as {TSqlTypeWriter.WriteNearest(cast.Type, isKeyPart: false)})");
                break;
            case FunctionExpression { Name: not NeutralFunctions.IsJson } function:
                Function(function, depth);
                break;
            default:
                Append("case when ");
                Condition(expression, depth + 1);
                Append(" then 1 else 0 end");
                break;
        }
    }

    private void Case(CaseExpression @case, int depth)
    {
        Append("case");
        if (@case.Operand is not null)
        {
            Append(" ");
            Value(@case.Operand, depth + 1);
        }

        foreach (var branch in @case.Branches)
        {
            Append(" when ");
            if (@case.Operand is null)
            {
                Condition(branch.When, depth + 1);
            }
            else
            {
                Value(branch.When, depth + 1);
            }

            Append(" then ");
            Value(branch.Then, depth + 1);
        }

        if (@case.Else is not null)
        {
            Append(" else ");
            Value(@case.Else, depth + 1);
        }

        Append(" end");
    }

    private void Function(FunctionExpression function, int depth)
    {
        var arguments = function.Arguments;
        switch (function.Name, arguments.Length)
        {
            case (NeutralFunctions.Now, 0):
                Append("sysdatetime()");
                break;
            case (NeutralFunctions.Today, 0):
                Append("cast(sysdatetime() as date)");
                break;
            case (NeutralFunctions.TimeOfDay, 0):
                Append("cast(sysdatetime() as time)");
                break;
            case (NeutralFunctions.Uuid, 0):
                Append("newid()");
                break;
            case (NeutralFunctions.CurrentUser, 0):
                Append("suser_sname()");
                break;
            case (NeutralFunctions.DateTrunc or NeutralFunctions.DatePart, 2)
                when arguments[0] is LiteralExpression { Kind: LiteralKind.String, Text: "year" or "month" or "day" or "hour" or "minute" or "second" } part:
                Append($"{(function.Name == NeutralFunctions.DateTrunc ? "datetrunc" : "datepart")}({part.Text}, ");
                Value(arguments[1], depth + 1);
                Append(")");
                break;
            case (_, > 0) when CounterpartOf(function.Name, arguments.Length) is { } name:
                Append($"{name}(");
                Values(arguments, depth + 1);
                Append(")");
                break;
            default:
                _failed = true;
                break;
        }
    }

    private static string? CounterpartOf(string function, int arguments) => (function, arguments) switch
    {
        (NeutralFunctions.Length, 1) => "len",
        (NeutralFunctions.ByteLength, 1) => "datalength",
        (NeutralFunctions.Position, 2 or 3) => "charindex",
        (NeutralFunctions.Lower or NeutralFunctions.Upper or NeutralFunctions.Trim or NeutralFunctions.LTrim
            or NeutralFunctions.RTrim or NeutralFunctions.Abs or NeutralFunctions.Floor or NeutralFunctions.Ceiling, 1) => function,
        (NeutralFunctions.NullIf or NeutralFunctions.Round or NeutralFunctions.JsonValue, 2) => function,
        (NeutralFunctions.Substring or NeutralFunctions.Replace, 3) => function,
        (NeutralFunctions.Concat or NeutralFunctions.Coalesce, >= 2) => function,
        _ => null,
    };

    private void Values(IEnumerable<SqlExpression> items, int depth)
    {
        var separator = "";
        foreach (var item in items)
        {
            Append(separator);
            Value(item, depth);
            separator = ", ";
        }
    }

    private void Append(string text) => _text.Append(text);
}
