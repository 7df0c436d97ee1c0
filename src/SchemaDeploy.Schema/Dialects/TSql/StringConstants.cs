using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>The text that a string expression is known to have: literals, their sums, and variables that hold such.</summary>
internal sealed class StringConstants(MappedText text)
{
    /// <summary>Beyond this a sum of strings is not followed: doubling a variable would otherwise fill the memory.</summary>
    private const int MaxLength = 1_000_000;

    private readonly Dictionary<string, MappedText?> _variables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Follows DECLARE @x … = '…'.</summary>
    public void Declare(Dom.DeclareVariableStatement declare)
    {
        foreach (var declaration in declare.Declarations)
        {
            _variables[declaration.VariableName.Value] = declaration.Value is null ? null : Evaluate(declaration.Value);
        }
    }

    /// <summary>Follows SET @x = '…' and SET @x += '…'.</summary>
    public void Set(Dom.SetVariableStatement set)
    {
        var value = set.Expression is null ? null : Evaluate(set.Expression);
        _variables[set.Variable.Name] = set.AssignmentKind switch
        {
            Dom.AssignmentKind.Equals => value,
            Dom.AssignmentKind.AddEquals => Sum(_variables.GetValueOrDefault(set.Variable.Name), value),
            _ => null,
        };
    }

    /// <summary>The text with its places, or null where it is not known.</summary>
    public MappedText? Evaluate(Dom.ScalarExpression expression) => Evaluate(expression, 0);

    private MappedText? Evaluate(Dom.ScalarExpression expression, int depth) => expression switch
    {
        _ when depth > StatementSplitter.MaxDepth => null,
        Dom.ParenthesisExpression parenthesis => Evaluate(parenthesis.Expression, depth + 1),
        Dom.StringLiteral literal => Literal(literal),
        Dom.IdentifierLiteral literal => Bare(literal, literal.Value),
        Dom.ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var name] } => Bare(name, name.Value),
        Dom.VariableReference variable => _variables.GetValueOrDefault(variable.Name),
        Dom.CastCall cast => Evaluate(cast.Parameter, depth + 1),
        Dom.ConvertCall convert => Evaluate(convert.Parameter, depth + 1),
        Dom.BinaryExpression { BinaryExpressionType: Dom.BinaryExpressionType.Add or Dom.BinaryExpressionType.Concat } sum =>
            Sum(Evaluate(sum.FirstExpression, depth + 1), Evaluate(sum.SecondExpression, depth + 1)),
        _ => null,
    };

    private MappedText? Sum(MappedText? left, MappedText? right)
    {
        if (left is null || right is null || left.Text.Length + right.Text.Length > MaxLength)
        {
            return null;
        }

        var sum = text.Rebuild();
        sum.Copy(left, 0, left.Text.Length);
        sum.Copy(right, 0, right.Text.Length);
        return sum.Build();
    }

    /// <summary>A word that stands where a string may, as procedures take it.</summary>
    private MappedText Bare(Dom.TSqlFragment fragment, string value)
    {
        var builder = text.Rebuild();
        builder.Replace(text, fragment.StartOffset, fragment.FragmentLength, value);
        return builder.Build();
    }

    private MappedText Literal(Dom.StringLiteral literal)
    {
        var written = text.Text;
        var start = literal.StartOffset;
        var end = start + literal.FragmentLength;
        while (start < end && written[start] is not ('\'' or '"'))
        {
            start++;
        }

        var builder = text.Rebuild();
        if (start >= end)
        {
            return builder.Build();
        }

        var quote = written[start];
        var copied = start + 1;
        for (var i = start + 1; i < end - 1; i++)
        {
            if (written[i] == quote && written[i + 1] == quote)
            {
                builder.Copy(text, copied, i + 1 - copied);
                i++;
                copied = i + 1;
            }
        }

        builder.Copy(text, copied, Math.Max(0, end - 1 - copied));
        return builder.Build();
    }
}
