using System.Collections.Frozen;
using System.Globalization;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>CREATE and DROP of all kinds, and the statements that shape no table.</summary>
internal sealed partial class MySqlParser
{
    private const int LongestCreateHead = 24;

    /// <summary>Statements about the session or the server, passed over without a word.</summary>
    private static readonly FrozenSet<string> s_sessionStatements = FrozenSet.Create(
        StringComparer.Ordinal,
        "ANALYZE", "BEGIN", "CACHE", "CHANGE", "CHARSET", "CHECK", "CHECKSUM", "COMMIT", "DEALLOCATE", "DESC", "DESCRIBE",
        "EXECUTE", "EXIT", "EXPLAIN", "FLUSH", "HELP", "KILL", "LOCK", "NOTEE", "NOWARNING", "OPTIMIZE", "PAGER", "PURGE", "QUIT", "RELEASE", "REPAIR",
        "RESET", "ROLLBACK", "SAVEPOINT", "SHOW", "START", "STATUS", "STOP", "SYSTEM", "TEE", "UNLOCK", "WARNINGS", "XA");

    /// <summary>Statements that a user may miss, counted by their first word.</summary>
    private static readonly FrozenSet<string> s_countedStatements = FrozenSet.Create(
        StringComparer.Ordinal,
        "CALL", "DELETE", "DO", "EXEC", "GRANT", "HANDLER", "IMPORT", "INSERT", "INSTALL", "LOAD",
        "PREPARE", "REPLACE", "REVOKE", "SELECT", "SIGNAL", "TABLE", "TRUNCATE", "UNINSTALL", "UPDATE", "VALUES", "WITH");

    private static readonly FrozenDictionary<string, SkippedKind> s_routines = new Dictionary<string, SkippedKind>
    {
        ["TRIGGER"] = new("trigger", "triggers"),
        ["PROCEDURE"] = new("stored procedure", "stored procedures"),
        ["FUNCTION"] = new("stored function", "stored functions"),
        ["EVENT"] = new("event", "events"),
        ["PACKAGE"] = new("package", "packages"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_otherObjects = FrozenSet.Create(
        StringComparer.Ordinal,
        "USER", "ROLE", "SERVER", "TABLESPACE", "LOGFILE", "RESOURCE", "UNDO", "INSTANCE");

    private static readonly SkippedKind s_blocks = new("block of statements", "blocks of statements");
    private static readonly SkippedKind s_views = new("view", "views");
    private static readonly SkippedKind s_temporaryTables = new("temporary table", "temporary tables");
    private static readonly SkippedKind s_drops =
        new("DROP of a view, routine or other object", "DROPs of views, routines and other objects");

    private void ParseCreate()
    {
        var created = FindCreatedObject();
        switch (created)
        {
            case "TABLE":
                Tokens.Take();
                var orReplace = Tokens.AcceptAll("OR", "REPLACE");
                if (Tokens.At("TEMPORARY"))
                {
                    Skip(s_temporaryTables);
                    return;
                }

                Tokens.Expect("TABLE");
                ParseCreateTable(orReplace);
                return;
            case "INDEX":
                Tokens.Take();
                var replaces = Tokens.AcceptAll("OR", "REPLACE");
                Tokens.AcceptAny("ONLINE", "OFFLINE");
                ParseCreateIndex(replaces);
                return;
            case "SEQUENCE":
                ParseCreateSequence();
                return;
            case "VIEW":
                Skip(s_views);
                return;
            case "DATABASE" or "SCHEMA":
                SkipRest();
                return;
        }

        if (s_routines.TryGetValue(created, out var routine))
        {
            SkipRoutine(routine);
        }
        else if (s_otherObjects.Contains(created))
        {
            Skip(SkippedKind.Statement($"CREATE {created}"));
        }
        else
        {
            throw UnknownStatement("CREATE", Tokens.Peek(1), ["TABLE", "INDEX", "UNIQUE", "VIEW", "SEQUENCE", "DATABASE", .. s_routines.Keys]);
        }
    }

    /// <summary>The word that says what a CREATE creates, behind OR REPLACE, DEFINER and the like; empty where none does.</summary>
    private string FindCreatedObject()
    {
        for (var i = 1; i < LongestCreateHead; i++)
        {
            var token = Tokens.Peek(i);
            if (token.EndsStatement || token.IsSymbol("("))
            {
                break;
            }

            var word = token.Keyword;
            if (word is "TABLE" or "INDEX" or "SEQUENCE" or "VIEW" or "DATABASE" or "SCHEMA"
                || s_routines.ContainsKey(word) || (i == 1 && s_otherObjects.Contains(word)))
            {
                return word;
            }

            var isPartOfHead = token.Kind is not TokenKind.Word || word is "OR" or "REPLACE" or "TEMPORARY" or "UNIQUE"
                or "FULLTEXT" or "SPATIAL" or "VECTOR" or "ONLINE" or "OFFLINE" or "AGGREGATE" or "ALGORITHM" or "UNDEFINED"
                or "MERGE" or "TEMPTABLE" or "DEFINER" or "CURRENT_USER" or "CURRENT_ROLE" or "SQL" or "SECURITY" or "INVOKER"
                || Tokens.Peek(i - 1).IsSymbol("=");
            if (!isPartOfHead)
            {
                break;
            }
        }

        return "";
    }

    /// <summary>MariaDB's CREATE SEQUENCE.</summary>
    private void ParseCreateSequence()
    {
        Tokens.Take();
        Tokens.AcceptAll("OR", "REPLACE");
        Tokens.Accept("TEMPORARY");
        Tokens.Expect("SEQUENCE");
        AcceptIfNotExists();
        var name = ParseObjectName("a sequence name");
        long? start = null;
        long increment = 1;
        while (!Tokens.AtEndOfStatement && !StartsStatement())
        {
            var word = Tokens.TakeWord("an option of the sequence").Keyword;
            Tokens.AcceptAny("WITH", "BY");
            Tokens.AcceptSymbol("=");
            var isNegative = Tokens.AcceptSymbol("-");
            if (Tokens.Current.Kind == TokenKind.Number
                && long.TryParse(Tokens.Take().Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                value = isNegative ? -value : value;
                (start, increment) = word switch
                {
                    "START" => (value, increment),
                    "INCREMENT" => (start, value),
                    _ => (start, increment),
                };
            }
        }

        Statements.Add(new CreateSequence(name, start ?? (increment < 0 ? -1 : 1), increment, Tokens.SpanFrom(StatementStart)));
    }

    private void ParseDrop()
    {
        Tokens.Take();
        if (Tokens.At("TEMPORARY", "TABLE"))
        {
            Skip(s_temporaryTables);
        }
        else if (Tokens.AcceptAny("TABLE", "TABLES"))
        {
            ParseDropTable();
        }
        else if (Tokens.AcceptAny("INDEX"))
        {
            ParseDropIndex();
        }
        else if (Tokens.AtAny("DATABASE", "SCHEMA", "PREPARE"))
        {
            SkipRest();
        }
        else if (Tokens.AtAny("VIEW", "SEQUENCE", "SPATIAL")
            || s_routines.ContainsKey(Tokens.Current.Keyword) || s_otherObjects.Contains(Tokens.Current.Keyword))
        {
            Skip(s_drops);
        }
        else
        {
            throw UnknownStatement("DROP", Tokens.Current, ["TABLE", "INDEX", "VIEW", "DATABASE", .. s_routines.Keys]);
        }
    }

    /// <summary>ALTER of something else than a table.</summary>
    private void SkipAlter()
    {
        if (Tokens.AtAny("DATABASE", "SCHEMA"))
        {
            SkipRest();
            return;
        }

        if (Tokens.AtEndOfStatement || Tokens.Current.Kind == TokenKind.Symbol)
        {
            throw Tokens.Unexpected("TABLE");
        }

        var word = Tokens.Current.Keyword;
        if (word is "EVENT" or "PROCEDURE" or "FUNCTION")
        {
            SkipRoutine(s_routines[word]);
        }
        else if (word is "VIEW" or "ALGORITHM" or "DEFINER" or "SQL" or "SEQUENCE" || s_otherObjects.Contains(word))
        {
            Skip(SkippedKind.Statement(word is "ALGORITHM" or "DEFINER" or "SQL" ? "ALTER VIEW" : $"ALTER {word}"));
        }
        else
        {
            throw UnknownStatement("ALTER", Tokens.Current, ["TABLE", "VIEW", "DATABASE", .. s_routines.Keys]);
        }
    }

    private void SkipByFirstWord(Token first)
    {
        var word = first.Keyword;
        if (word == "USE")
        {
            SkipUse();
        }
        else if (word == "SOURCE")
        {
            Skipped.Add(new SkippedKind("SOURCE command", "SOURCE commands"), Tokens.SpanOf(first));
            SkipLine();
        }
        else if (word is "IF" or "WHILE" or "LOOP" or "REPEAT" or "FOR" or "CASE" || Tokens.At("BEGIN", "NOT"))
        {
            SkipRoutine(s_blocks, openBlocks: 1);
        }
        else if (word == "SET")
        {
            ParseSet();
        }
        else if (s_sessionStatements.Contains(word))
        {
            SkipRest();
        }
        else if (word is "INSERT" or "REPLACE" && _inserts is { } inserts)
        {
            ParseData(() => inserts.Parse() with { KeepsZero = _keepsZero });
        }
        else if (s_countedStatements.Contains(word))
        {
            Skip(word is "INSERT" or "REPLACE" ? SkippedKind.Data(word) : SkippedKind.Statement(word));
        }
        else
        {
            var suggestion = word == "GO"
                ? " It is T-SQL's: set SchemaDialect to TSql if the file is."
                : Suggestion.For(
                    first.Text, ["CREATE", "ALTER", "DROP", "RENAME", "USE", "SOURCE", "DELIMITER", .. s_sessionStatements, .. s_countedStatements]);
            throw new SyntaxException(ReadingDiagnostics.UnknownStatement, Tokens.SpanOf(first), first.Text, suggestion);
        }
    }

    private void ParseStatementWithoutWord()
    {
        if (Tokens.AtSymbol("("))
        {
            // A query in parentheses.
            Skip(SkippedKind.Statement("SELECT"));
        }
        else if (Tokens.AtSymbol("\\") && Tokens.Peek(1).IsSymbol("."))
        {
            Skipped.Add(new SkippedKind("SOURCE command", "SOURCE commands"), Tokens.SpanOf(Tokens.Current));
            SkipLine();
        }
        else
        {
            throw Tokens.Unexpected("a statement");
        }
    }

    /// <summary>USE ends with its line, as the client has it, or with a semicolon.</summary>
    private void SkipUse()
    {
        Tokens.Take();
        Tokens.TakeWord("a database");
        EndWithoutDelimiter = !Tokens.AtEndOfStatement && Tokens.IsFirstOnLine(Tokens.Current) ? Tokens.Previous.End : null;
    }

    /// <summary>Commands of the client that end with their line.</summary>
    private void SkipLine()
    {
        _lexer.SkipRestOfLine();
        Tokens.Restart();
        EndWithoutDelimiter = _lexer.Save().Position;
    }
}
