namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>An expression, and where in its text each part of it begins.</summary>
public sealed class ParsedExpression
{
    private readonly IReadOnlyDictionary<SqlExpression, int> _offsets;

    internal ParsedExpression(SqlExpression root, IReadOnlyDictionary<SqlExpression, int> offsets)
    {
        Root = root;
        _offsets = offsets;
    }

    /// <summary>The whole expression.</summary>
    public SqlExpression Root { get; }

    /// <summary>Where the part begins, in characters from 0; null where it is no part of the text.</summary>
    public int? OffsetOf(SqlExpression part) => _offsets.TryGetValue(part, out var offset) ? offset : null;
}
