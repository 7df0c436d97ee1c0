using System.Collections.Frozen;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>CREATE, ALTER and DROP of all kinds, and the statements that shape no table.</summary>
internal sealed partial class PostgreSqlParser
{
    /// <summary>Statements about the session or the server, passed over without a word.</summary>
    private static readonly FrozenSet<string> s_sessionStatements = FrozenSet.Create(
        StringComparer.Ordinal,
        "ABORT", "ANALYSE", "ANALYZE", "BEGIN", "CHECKPOINT", "CLOSE", "CLUSTER", "COMMIT", "DEALLOCATE", "DECLARE", "DISCARD",
        "END", "EXPLAIN", "FETCH", "LISTEN", "LOAD", "LOCK", "MOVE", "NOTIFY", "PREPARE", "REASSIGN", "REFRESH", "REINDEX",
        "RELEASE", "ROLLBACK", "SAVEPOINT", "SECURITY", "SHOW", "START", "UNLISTEN", "VACUUM");

    /// <summary>Statements that a user may miss, counted by their first word.</summary>
    private static readonly FrozenSet<string> s_countedStatements = FrozenSet.Create(
        StringComparer.Ordinal,
        "CALL", "DELETE", "EXECUTE", "IMPORT", "INSERT", "MERGE", "TABLE", "TRUNCATE", "UPDATE", "VALUES", "WITH");

    private static readonly SkippedKind s_grants = new("GRANT or REVOKE", "GRANTs and REVOKEs");
    private static readonly SkippedKind s_views = new("view", "views");
    private static readonly SkippedKind s_temporaryTables = new("temporary table", "temporary tables");
    private static readonly SkippedKind s_foreignTables = new("foreign table", "foreign tables");
    private static readonly SkippedKind s_triggers = new("trigger", "triggers");
    private static readonly SkippedKind s_roles = new("role", "roles");
    private static readonly SkippedKind s_drops =
        new("DROP of a view, routine or other object", "DROPs of views, routines and other objects");

    /// <summary>What is created besides tables and what belongs to them, by the word that says so.</summary>
    private static readonly FrozenDictionary<string, SkippedKind> s_otherObjects = new Dictionary<string, SkippedKind>
    {
        ["ACCESS"] = new("access method", "access methods"),
        ["CAST"] = new("cast", "casts"),
        ["COLLATION"] = new("collation", "collations"),
        ["CONSTRAINT"] = s_triggers,
        ["CONVERSION"] = new("conversion", "conversions"),
        ["DEFAULT"] = new("conversion", "conversions"),
        ["EVENT"] = s_triggers,
        ["GROUP"] = s_roles,
        ["LANGUAGE"] = new("language", "languages"),
        ["OPERATOR"] = new("operator", "operators"),
        ["POLICY"] = new("policy", "policies"),
        ["PROCEDURAL"] = new("language", "languages"),
        ["PUBLICATION"] = new("publication", "publications"),
        ["ROLE"] = s_roles,
        ["SERVER"] = new("foreign server", "foreign servers"),
        ["STATISTICS"] = new("statistics object", "statistics objects"),
        ["SUBSCRIPTION"] = new("subscription", "subscriptions"),
        ["TABLESPACE"] = new("tablespace", "tablespaces"),
        ["TEXT"] = new("text search object", "text search objects"),
        ["TRANSFORM"] = new("transform", "transforms"),
        ["TRIGGER"] = s_triggers,
        ["TRUSTED"] = new("language", "languages"),
        ["USER"] = s_roles,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_ownObjects =
        ["TABLE", "INDEX", "UNIQUE", "TYPE", "DOMAIN", "SEQUENCE", "SCHEMA", "EXTENSION", "VIEW", "FUNCTION", "PROCEDURE", "RULE", "DATABASE"];

    private void ParseCreate()
    {
        Tokens.Take();
        Tokens.AcceptAll("OR", "REPLACE");
        var isTemporary = false;
        while (Tokens.AtAny("GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "RECURSIVE"))
        {
            isTemporary |= Tokens.Take().Keyword is "TEMP" or "TEMPORARY";
        }

        switch (Tokens.Current.Keyword)
        {
            case "TABLE" when isTemporary:
                Tokens.Take();
                AcceptIfNotExists();
                PassOver(s_temporaryTables);
                break;
            case "TABLE":
                ParseCreateTable();
                break;
            case "INDEX" or "UNIQUE":
                ParseCreateIndex();
                break;
            case "TYPE":
                ParseCreateType();
                break;
            case "DOMAIN":
                ParseCreateDomain();
                break;
            case "SEQUENCE":
                ParseCreateSequence();
                break;
            case "SCHEMA":
                ParseCreateSchema();
                break;
            case "EXTENSION":
                ParseCreateExtension();
                break;
            case "VIEW" or "MATERIALIZED":
                Tokens.Accept("MATERIALIZED");
                Tokens.Expect("VIEW");
                AcceptIfNotExists();
                PassOver(s_views);
                break;
            case "FOREIGN" when Tokens.Peek(1).Is("TABLE"):
                Tokens.AcceptAll("FOREIGN", "TABLE");
                AcceptIfNotExists();
                PassOver(s_foreignTables);
                break;
            case "FUNCTION" or "AGGREGATE":
                SkipRoutine(s_functions);
                break;
            case "PROCEDURE":
                SkipRoutine(s_procedures);
                break;
            case "RULE":
                SkipBody(s_rules);
                break;
            case "DATABASE":
                SkipRest();
                break;
            case "FOREIGN":
                Skip(s_otherObjects["SERVER"]);
                break;
            case var word when s_otherObjects.TryGetValue(word, out var kind):
                Skip(kind);
                break;
            default:
                throw UnknownStatement("CREATE", Tokens.Current, [.. s_ownObjects, .. s_otherObjects.Keys]);
        }
    }

    /// <summary>Passes over an object that later statements may name like a table.</summary>
    private void PassOver(SkippedKind kind)
    {
        var name = _path.CreateRelation(ParseObjectName("a name"));
        Statements.Add(new PassedOver(name, Tokens.SpanFrom(StatementStart)));
        Skip(kind);
    }

    /// <summary>CREATE SCHEMA, which may hold the statements that create what is in it.</summary>
    private void ParseCreateSchema()
    {
        Tokens.Take();
        AcceptIfNotExists();
        Identifier? name = Tokens.At("AUTHORIZATION") ? null : ParseName("a schema");
        if (Tokens.Accept("AUTHORIZATION"))
        {
            var owner = ToName(Tokens.TakeWord("a role"));
            name ??= owner;
        }

        Statements.Add(new CreateSchema(name!.Value, Tokens.SpanFrom(StatementStart)));
        var path = _path.Save();
        _path.Set([name.Value.Text]);
        while (Tokens.AtAny("CREATE", "GRANT"))
        {
            BeginInnerStatement();
            ParseStatementByWord();
        }

        _path.Restore(path);
    }

    private void ParseCreateExtension()
    {
        Tokens.Take();
        AcceptIfNotExists();
        var name = ParseName("an extension");
        _path.HasUnknownExtension |= !PostgreSqlTypes.KnownExtensions.Contains(name.Text);
        SkipRest();
    }

    private void ParseAlter()
    {
        Tokens.Take();
        switch (Tokens.Current.Keyword)
        {
            case "TABLE":
                ParseAlterTable();
                break;
            case "TYPE":
                ParseAlterType();
                break;
            case "DOMAIN":
                ParseAlterDomain();
                break;
            case "SEQUENCE":
                ParseAlterSequence();
                break;
            case "INDEX":
                ParseAlterIndex();
                break;
            case "SCHEMA":
                ParseAlterSchema();
                break;
            case "DEFAULT" when Tokens.Peek(1).Is("PRIVILEGES"):
                Skip(s_grants);
                break;
            case "DATABASE" or "SYSTEM" or "EXTENSION" or "ROLE" or "USER" or "GROUP":
                SkipRest();
                break;
            case var word when s_ownObjects.Contains(word) || s_otherObjects.ContainsKey(word)
                || word is "MATERIALIZED" or "FOREIGN" or "AGGREGATE" or "ROUTINE" or "LARGE":
                SkipAlter(word);
                break;
            default:
                throw UnknownStatement("ALTER", Tokens.Current, [.. s_ownObjects, .. s_otherObjects.Keys]);
        }
    }

    /// <summary>ALTER of something else than a table. Dumps give every object an owner, which is nothing to speak of.</summary>
    private void SkipAlter(string word)
    {
        while (!Tokens.AtEndOfStatement && !StartsStatement())
        {
            if (Tokens.At("OWNER", "TO") || Tokens.At("SET", "SCHEMA") || Tokens.At("RENAME", "TO"))
            {
                SkipRest();
                return;
            }

            Tokens.Take();
        }

        Skipped.Add(SkippedKind.Statement($"ALTER {word}"), Tokens.SpanOf(StatementStart));
    }

    private void ParseAlterSchema()
    {
        Tokens.Take();
        var name = ParseName("a schema");
        if (Tokens.AcceptAll("RENAME", "TO"))
        {
            var newName = ParseName("the new name");
            _path.RenameSchema(name.Text, newName.Text);
            Statements.Add(new RenameSchema(name, newName, Tokens.SpanFrom(StatementStart)));
        }
        else
        {
            SkipRest();
        }
    }

    private void ParseDrop()
    {
        Tokens.Take();
        switch (Tokens.Current.Keyword)
        {
            case "TABLE":
                Tokens.Take();
                ParseDropTable();
                break;
            case "INDEX":
                Tokens.Take();
                ParseDropIndex();
                break;
            case "TYPE" or "DOMAIN":
                ParseDropType();
                break;
            case "SEQUENCE":
                ParseDropSequence();
                break;
            case "SCHEMA" or "DATABASE" or "EXTENSION" or "OWNED":
                SkipRest();
                break;
            case var word when s_ownObjects.Contains(word) || s_otherObjects.ContainsKey(word)
                || word is "MATERIALIZED" or "FOREIGN" or "AGGREGATE" or "ROUTINE":
                Skip(s_drops);
                break;
            default:
                throw UnknownStatement("DROP", Tokens.Current, [.. s_ownObjects, .. s_otherObjects.Keys]);
        }
    }

    private void SkipByFirstWord(Token first)
    {
        var word = first.Keyword;
        if (word is "GRANT" or "REVOKE")
        {
            Skip(s_grants);
        }
        else if (s_sessionStatements.Contains(word))
        {
            SkipRest();
        }
        else if (word is "INSERT" && _inserts is { } inserts)
        {
            ParseData(inserts.Parse);
        }
        else if (s_countedStatements.Contains(word))
        {
            Skip(word is "INSERT" ? SkippedKind.Data(word) : SkippedKind.Statement(word));
        }
        else
        {
            var suggestion = word == "GO"
                ? " It is T-SQL's: set SchemaDialect to TSql if the file is."
                : Suggestion.For(
                    first.Text, ["CREATE", "ALTER", "DROP", "COMMENT", "SET", "SELECT", "COPY", "GRANT", "REVOKE", .. s_sessionStatements, .. s_countedStatements]);
            throw new SyntaxException(ReadingDiagnostics.UnknownStatement, Tokens.SpanOf(first), first.Text, suggestion);
        }
    }
}
