using System.Collections.Frozen;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Words that are no names unless they are quoted.</summary>
internal static class MySqlKeywords
{
    /// <summary>
    /// MySQL's reserved words as far as they shape DDL. Words that only newer servers reserve (RANK, SYSTEM) are left
    /// out: older schemas use them as names.
    /// </summary>
    private static readonly FrozenSet<string> s_reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "ADD", "ALL", "ALTER", "ANALYZE", "AND", "AS", "ASC", "BEFORE", "BETWEEN", "BOTH", "BY", "CASCADE", "CASE",
        "CHANGE", "CHARACTER", "CHECK", "COLLATE", "COLUMN", "CONSTRAINT", "CONVERT", "CREATE", "CROSS", "DATABASE",
        "DEFAULT", "DELETE", "DESC", "DESCRIBE", "DISTINCT", "DIV", "DROP", "ELSE", "EXISTS", "FOR", "FORCE", "FOREIGN",
        "FROM", "FULLTEXT", "GENERATED", "GRANT", "GROUP", "HAVING", "IF", "IGNORE", "IN", "INDEX", "INSERT", "INTERVAL",
        "INTO", "IS", "JOIN", "KEY", "LEFT", "LIKE", "LIMIT", "LOCK", "MATCH", "MOD", "NOT", "NULL", "ON", "OR", "ORDER",
        "PRIMARY", "PROCEDURE", "REFERENCES", "REGEXP", "RENAME", "REPLACE", "RIGHT", "RLIKE", "SELECT", "SET", "SHOW",
        "SPATIAL", "TABLE", "THEN", "TO", "TRIGGER", "UNION", "UNIQUE", "UNLOCK", "UNSIGNED", "UPDATE", "USE", "USING",
        "VALUES", "WHEN", "WHERE", "WITH", "XOR", "ZEROFILL");

    public static bool IsReserved(Token token) => token.Kind == TokenKind.Word && s_reserved.Contains(token.Text);

    /// <summary>Whether the token is a name, or a word that may be one.</summary>
    public static bool CanBeName(Token token) => token.Kind switch
    {
        TokenKind.QuotedName => true,
        TokenKind.Word => !s_reserved.Contains(token.Text),
        _ => false,
    };
}
