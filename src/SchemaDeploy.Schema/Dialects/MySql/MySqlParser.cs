using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>MySQL's statements. This part tells them apart; the others read them.</summary>
internal sealed partial class MySqlParser : ScriptParser
{
    private const int LongestName = 64;

    private readonly MySqlLexer _lexer;
    private readonly MySqlExpressionParser _expressions;
    private readonly MySqlTypeParser _types;
    private readonly MySqlInsertParser? _inserts;

    public MySqlParser(SourceText source, bool readsData, DiagnosticBag diagnostics)
        : this(new MySqlLexer(source, diagnostics), readsData, diagnostics)
    {
    }

    private MySqlParser(MySqlLexer lexer, bool readsData, DiagnosticBag diagnostics)
        : base(lexer, diagnostics)
    {
        _inserts = readsData ? new MySqlInsertParser(Tokens, () => ParseObjectName("a table name"), () => ParseName("a column")) : null;
        _lexer = lexer;
        _expressions = new MySqlExpressionParser(Tokens);
        _types = new MySqlTypeParser(Tokens, Report);
    }

    protected override void ParseStatement()
    {
        var first = Tokens.Current;
        if (first.Kind != TokenKind.Word)
        {
            ParseStatementWithoutWord();
            return;
        }

        switch (first.Keyword)
        {
            case "CREATE":
                ParseCreate();
                break;
            case "ALTER":
                ParseAlter();
                break;
            case "DROP":
                ParseDrop();
                break;
            case "RENAME":
                ParseRename();
                break;
            default:
                SkipByFirstWord(first);
                break;
        }
    }

    protected override bool StartsStatement()
    {
        var token = Tokens.Current;
        if (token.Start == StatementStart.Start)
        {
            return false;
        }

        var second = Tokens.Peek(1);
        var starts = token.Keyword switch
        {
            "CREATE" => second.Is("TABLE") || second.Is("INDEX") || second.Is("VIEW") || second.Is("TRIGGER")
                || second.Is("PROCEDURE") || second.Is("FUNCTION") || second.Is("DATABASE") || second.Is("SCHEMA")
                || (second.Is("UNIQUE") && Tokens.Peek(2).Is("INDEX")) || (second.Is("OR") && Tokens.Peek(2).Is("REPLACE")),
            "ALTER" => second.Is("TABLE"),
            "DROP" => second.Is("TABLE") || second.Is("VIEW") || second.Is("INDEX"),
            "INSERT" => second.Is("INTO") || second.Is("IGNORE"),
            "LOCK" or "UNLOCK" => second.Is("TABLES"),
            _ => false,
        };
        return starts && Tokens.IsFirstOnLine(token);
    }

    protected override void ResetExpressions() => _expressions.Reset();

    private Identifier ParseName(string what) => Tokens.ToIdentifier(TakeName(what));

    private Token TakeName(string what)
    {
        var token = Tokens.Current;

        // Text in double quotes is a name in ANSI mode, and nothing else can be meant where only a name can stand.
        var isAnsiName = token.Kind == TokenKind.String && Tokens.Source.Text[token.Start] == '"';
        if (!isAnsiName && !MySqlKeywords.CanBeName(token))
        {
            throw MySqlKeywords.IsReserved(token)
                ? Tokens.Fail(token, $"expected {what}, found the keyword '{token.Text}' (a name like that needs backticks)")
                : Tokens.Unexpected(what);
        }

        if (token.Text.Length > LongestName)
        {
            Report(new SyntaxException(
                MySqlDiagnostics.NameTooLong, Tokens.SpanOf(token), token.Text[..20], token.Text.Length, LongestName));
        }

        return Tokens.Take();
    }

    /// <summary>A name that may be qualified by its database, which is dropped: a schema file describes one database.</summary>
    private ObjectName ParseObjectName(string what)
    {
        var first = Tokens.Current;
        var name = TakeName(what);
        while (Tokens.AcceptSymbol("."))
        {
            name = MySqlKeywords.IsReserved(Tokens.Current) ? Tokens.Take() : TakeName(what);
        }

        return new ObjectName(null, name.Text, Tokens.SpanFrom(first));
    }

    private ImmutableArray<Identifier> ParseColumnList()
    {
        var names = ImmutableArray.CreateBuilder<Identifier>();
        Tokens.ExpectSymbol("(");
        do
        {
            names.Add(ParseName("a column"));
            if (Tokens.AcceptSymbol("("))
            {
                // A prefix length has no meaning for a foreign key.
                Tokens.ExpectInt();
                Tokens.ExpectSymbol(")");
            }

            Tokens.AcceptAny("ASC", "DESC");
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
        return names.ToImmutable();
    }
}
