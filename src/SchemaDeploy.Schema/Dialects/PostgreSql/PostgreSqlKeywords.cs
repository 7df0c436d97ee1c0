using System.Collections.Frozen;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Words that are no names unless they are quoted, and how the others are folded.</summary>
internal static class PostgreSqlKeywords
{
    /// <summary>The words that PostgreSQL reserves, those included that may name functions and types but no columns.</summary>
    private static readonly FrozenSet<string> s_reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "ALL", "ANALYSE", "ANALYZE", "AND", "ANY", "ARRAY", "AS", "ASC", "ASYMMETRIC", "AUTHORIZATION", "BINARY", "BOTH",
        "CASE", "CAST", "CHECK", "COLLATE", "COLLATION", "COLUMN", "CONCURRENTLY", "CONSTRAINT", "CREATE", "CROSS",
        "CURRENT_CATALOG", "CURRENT_DATE", "CURRENT_ROLE", "CURRENT_SCHEMA", "CURRENT_TIME", "CURRENT_TIMESTAMP",
        "CURRENT_USER", "DEFAULT", "DEFERRABLE", "DESC", "DISTINCT", "DO", "ELSE", "END", "EXCEPT", "FALSE", "FETCH", "FOR",
        "FOREIGN", "FREEZE", "FROM", "FULL", "GRANT", "GROUP", "HAVING", "ILIKE", "IN", "INITIALLY", "INNER", "INTERSECT",
        "INTO", "IS", "ISNULL", "JOIN", "LATERAL", "LEADING", "LEFT", "LIKE", "LIMIT", "LOCALTIME", "LOCALTIMESTAMP",
        "NATURAL", "NOT", "NOTNULL", "NULL", "OFFSET", "ON", "ONLY", "OR", "ORDER", "OUTER", "OVERLAPS", "PLACING",
        "PRIMARY", "REFERENCES", "RETURNING", "RIGHT", "SELECT", "SESSION_USER", "SIMILAR", "SOME", "SYMMETRIC", "TABLE",
        "TABLESAMPLE", "THEN", "TO", "TRAILING", "TRUE", "UNION", "UNIQUE", "USER", "USING", "VARIADIC", "VERBOSE", "WHEN",
        "WHERE", "WINDOW", "WITH");

    public static bool IsReserved(Token token) => token.Kind == TokenKind.Word && s_reserved.Contains(token.Text);

    /// <summary>Whether the token is a name, or a word that may be one.</summary>
    public static bool CanBeName(Token token) => token.Kind switch
    {
        TokenKind.QuotedName => token.Text.Length > 0,
        TokenKind.Word => !s_reserved.Contains(token.Text),
        _ => false,
    };

    /// <summary>The name that the token stands for: without quotes, letters of ASCII are small.</summary>
    public static string Fold(Token token)
    {
        if (token.Kind != TokenKind.Word || !token.Text.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            return token.Text;
        }

        return string.Create(token.Text.Length, token.Text, static (folded, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                folded[i] = char.IsAsciiLetterUpper(text[i]) ? char.ToLowerInvariant(text[i]) : text[i];
            }
        });
    }
}
