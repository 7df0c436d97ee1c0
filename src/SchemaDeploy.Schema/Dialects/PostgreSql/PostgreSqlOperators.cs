using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <content>What PostgreSQL's operators mean, under the names that all databases share where there is one.</content>
internal sealed partial class PostgreSqlExpressionParser
{
    private static SqlExpression Operate(string op, SqlExpression left, SqlExpression right) => op switch
    {
        "=" => new BinaryExpression(BinaryOperator.Equal, left, right),
        "<>" or "!=" => new BinaryExpression(BinaryOperator.NotEqual, left, right),
        "<" => new BinaryExpression(BinaryOperator.Less, left, right),
        "<=" => new BinaryExpression(BinaryOperator.LessOrEqual, left, right),
        ">" => new BinaryExpression(BinaryOperator.Greater, left, right),
        ">=" => new BinaryExpression(BinaryOperator.GreaterOrEqual, left, right),
        "||" => new BinaryExpression(BinaryOperator.Concat, left, right),
        "|" => new BinaryExpression(BinaryOperator.BitOr, left, right),
        "&" => new BinaryExpression(BinaryOperator.BitAnd, left, right),
        "#" => new BinaryExpression(BinaryOperator.BitXor, left, right),
        "+" => new BinaryExpression(BinaryOperator.Add, left, right),
        "-" => new BinaryExpression(BinaryOperator.Subtract, left, right),
        "*" => new BinaryExpression(BinaryOperator.Multiply, left, right),
        "/" => new BinaryExpression(BinaryOperator.Divide, left, right),
        "%" => new BinaryExpression(BinaryOperator.Modulo, left, right),
        "~" or "!~" => new RegexExpression(left, right, op == "!~"),
        "~*" or "!~*" => PostgreSqlPatterns.RegexIgnoringCase(left, right, op == "!~*"),
        "~~" or "!~~" => new LikeExpression(left, right, null, op == "!~~"),
        "~~*" or "!~~*" => PostgreSqlPatterns.LikeIgnoringCase(left, right, null, op == "!~~*"),
        "->" or "->>" or "#>" or "#>>" => Member(op, left, right),
        _ => Function(op, left, right),
    };

    /// <summary>A member of a document, by a path that grows with every step.</summary>
    private static FunctionExpression Member(string op, SqlExpression document, SqlExpression member)
    {
        var steps = (op[0], member) switch
        {
            ('-', LiteralExpression { Kind: LiteralKind.String } name) => [name.Text],
            ('-', LiteralExpression { Kind: LiteralKind.Number } index) when index.Text.All(char.IsAsciiDigit) => [index.Text],
            ('#', LiteralExpression { Kind: LiteralKind.String } names) => PostgreSqlArrays.Read(names.Text),
            ('#', _) when ListItems(member) is { } items && items.All(i => i is LiteralExpression) =>
                [.. items.Select(i => ((LiteralExpression)i).Text)],
            _ => (ImmutableArray<string?>?)null,
        };
        if (steps is not { IsEmpty: false } || steps.Value.Contains(null))
        {
            return Function(op, document, member);
        }

        var (root, path) = document is FunctionExpression { Name: NeutralFunctions.JsonValue, Arguments: [var inner, LiteralExpression known] }
            ? (inner, known.Text)
            : (document, "$");
        var text = new StringBuilder(path);
        foreach (var step in steps)
        {
            AppendStep(text, step!, isIndex: op[0] == '#' || member is LiteralExpression { Kind: LiteralKind.Number });
        }

        return Function(NeutralFunctions.JsonValue, root, Text(text.ToString()));
    }

    private static void AppendStep(StringBuilder path, string step, bool isIndex)
    {
        if (isIndex && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            path.Append('[').Append(step).Append(']');
        }
        else if (step.Length > 0 && step.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            path.Append('.').Append(step);
        }
        else
        {
            path.Append(".\"").Append(step).Append('"');
        }
    }

    /// <summary>Times are UTC wherever the application keeps them, so that UTC is no change.</summary>
    private static SqlExpression InZone(SqlExpression zone, SqlExpression time) =>
        zone is LiteralExpression { Text: var name } && name.ToUpperInvariant() is "UTC" or "GMT" or "ETC/UTC" or "ZULU" or "Z" or "UCT" or "+00" or "+00:00"
            ? time
            : Function("timezone", zone, time);
}
