using System.Text;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Pattern matching that the neutral language says in other words.</summary>
internal static class PostgreSqlPatterns
{
    /// <summary>What makes a regular expression ignore case, here and in most other engines.</summary>
    private const string IgnoreCase = "(?i)";

    /// <summary>value ~* pattern.</summary>
    public static SqlExpression RegexIgnoringCase(SqlExpression value, SqlExpression pattern, bool negated) =>
        pattern is LiteralExpression { Kind: LiteralKind.String } text
            ? new RegexExpression(value, text with { Text = IgnoreCase + text.Text }, negated)
            : new FunctionExpression(negated ? "!~*" : "~*", [value, pattern]);

    /// <summary>value ILIKE pattern: both in small letters.</summary>
    public static SqlExpression LikeIgnoringCase(SqlExpression value, SqlExpression pattern, SqlExpression? escape, bool negated) =>
        new LikeExpression(Lower(value), Lower(pattern), escape, negated);

    /// <summary>value SIMILAR TO pattern, whose wildcards are those of LIKE and whose rest is a regular expression.</summary>
    public static SqlExpression SimilarTo(SqlExpression value, SqlExpression pattern, bool negated) =>
        pattern is LiteralExpression { Kind: LiteralKind.String } text
            ? new RegexExpression(value, text with { Text = RegexOf(text.Text) }, negated)
            : new FunctionExpression("similar_to", [value, pattern]);

    /// <summary>The regular expression that a pattern of SIMILAR TO says.</summary>
    public static string RegexOf(string pattern)
    {
        var regex = new StringBuilder("^(");
        var isInSet = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length:
                    regex.Append('\\').Append(pattern[++i]);
                    break;
                case '%' when !isInSet:
                    regex.Append(".*");
                    break;
                case '_' when !isInSet:
                    regex.Append('.');
                    break;
                case '.' or '^' or '$' when !isInSet:
                    regex.Append('\\').Append(pattern[i]);
                    break;
                case var c:
                    isInSet = c == '[' || (isInSet && c != ']');
                    regex.Append(c);
                    break;
            }
        }

        return regex.Append(")$").ToString();
    }

    private static SqlExpression Lower(SqlExpression text) => text switch
    {
        LiteralExpression { Kind: LiteralKind.String } literal => literal with { Text = literal.Text.ToLowerInvariant() },
        _ => new FunctionExpression(NeutralFunctions.Lower, [text]),
    };
}
