using System.Text;

namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>
/// Writes an expression in the neutral language: lower-case keywords, names in double quotes where they are not plain
/// lower-case words, text in single quotes, and parentheses wherever an operator is an operand of another.
/// </summary>
internal static class NeutralExpressionPrinter
{
    public static string Print(SqlExpression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "<>",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.BitOr => "|",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.BitXor => "^",
        BinaryOperator.Concat => "||",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    private static void Write(StringBuilder text, SqlExpression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                WriteLiteral(text, literal);
                break;
            case ColumnExpression column:
                WriteName(text, column.Name);
                break;
            case QualifiedExpression qualified:
                text.Append(qualified.Qualifier).Append('.');
                WriteName(text, qualified.Name);
                break;
            case UnaryExpression unary:
                text.Append(unary.Operator switch { UnaryOperator.Not => "not ", UnaryOperator.Negate => "-", _ => "~" });
                WriteOperand(text, unary.Operand);
                break;
            case BinaryExpression binary:
                WriteOperand(text, binary.Left);
                text.Append(' ').Append(Symbol(binary.Operator)).Append(' ');
                WriteOperand(text, binary.Right);
                break;
            case BetweenExpression between:
                WriteOperand(text, between.Value);
                text.Append(between.Negated ? " not between " : " between ");
                WriteOperand(text, between.Low);
                text.Append(" and ");
                WriteOperand(text, between.High);
                break;
            case InExpression @in:
                WriteOperand(text, @in.Value);
                text.Append(@in.Negated ? " not in (" : " in (");
                WriteList(text, @in.Items);
                text.Append(')');
                break;
            case IsNullExpression isNull:
                WriteOperand(text, isNull.Value);
                text.Append(isNull.Negated ? " is not null" : " is null");
                break;
            case LikeExpression like:
                WriteOperand(text, like.Value);
                text.Append(like.Negated ? " not like " : " like ");
                WriteOperand(text, like.Pattern);
                if (like.Escape is not null)
                {
                    text.Append(" escape ");
                    WriteOperand(text, like.Escape);
                }

                break;
            case RegexExpression regex:
                WriteOperand(text, regex.Value);
                text.Append(regex.Negated ? " not matches " : " matches ");
                WriteOperand(text, regex.Pattern);
                break;
            case CaseExpression @case:
                WriteCase(text, @case);
                break;
            case CastExpression cast:
                text.Append("cast(");
                Write(text, cast.Value);
                text.Append(" as ").Append(NeutralTypes.Print(cast.Type)).Append(')');
                break;
            case FunctionExpression function:
                WriteName(text, function.Name);
                text.Append('(');
                WriteList(text, function.Arguments);
                text.Append(')');
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType(), null);
        }
    }

    private static void WriteOperand(StringBuilder text, SqlExpression operand)
    {
        var isAtom = operand is LiteralExpression or ColumnExpression or QualifiedExpression or FunctionExpression or CastExpression or CaseExpression;
        if (!isAtom)
        {
            text.Append('(');
        }

        Write(text, operand);
        if (!isAtom)
        {
            text.Append(')');
        }
    }

    private static void WriteList(StringBuilder text, IEnumerable<SqlExpression> items)
    {
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator);
            Write(text, item);
            separator = ", ";
        }
    }

    private static void WriteCase(StringBuilder text, CaseExpression @case)
    {
        text.Append("case");
        if (@case.Operand is not null)
        {
            text.Append(' ');
            WriteOperand(text, @case.Operand);
        }

        foreach (var branch in @case.Branches)
        {
            text.Append(" when ");
            WriteOperand(text, branch.When);
            text.Append(" then ");
            WriteOperand(text, branch.Then);
        }

        if (@case.Else is not null)
        {
            text.Append(" else ");
            WriteOperand(text, @case.Else);
        }

        text.Append(" end");
    }

    private static void WriteLiteral(StringBuilder text, LiteralExpression literal)
    {
        switch (literal.Kind)
        {
            case LiteralKind.String:
                text.Append('\'').Append(literal.Text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
                break;
            case LiteralKind.Binary:
                text.Append("0x").Append(literal.Text);
                break;
            default:
                text.Append(literal.Text);
                break;
        }
    }

    private static void WriteName(StringBuilder text, string name)
    {
        if (NeutralKeywords.IsPlainName(name))
        {
            text.Append(name);
        }
        else
        {
            text.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
    }
}
