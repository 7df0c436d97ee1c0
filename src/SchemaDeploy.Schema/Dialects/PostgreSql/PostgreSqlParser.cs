using System.Collections.Immutable;
using System.Text;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>PostgreSQL's statements. This part tells them apart; the others read them.</summary>
internal sealed partial class PostgreSqlParser : ScriptParser
{
    private const int LongestName = 63;

    private readonly PostgreSqlLexer _lexer;
    private readonly SearchPath _path;
    private readonly PostgreSqlExpressionParser _expressions;
    private readonly PostgreSqlTypeParser _types;
    private readonly PostgreSqlInsertParser? _inserts;
    private readonly bool _isBlock;
    private int _deferred;
    private SourceSpan _firstDeferred;

    public PostgreSqlParser(SourceText source, SearchPath path, bool readsData, DiagnosticBag diagnostics)
        : this(new PostgreSqlLexer(source, diagnostics), path, readsData, diagnostics, isBlock: false)
    {
    }

    private PostgreSqlParser(PostgreSqlLexer lexer, SearchPath path, bool readsData, DiagnosticBag diagnostics, bool isBlock)
        : base(lexer, diagnostics)
    {
        _lexer = lexer;
        _path = path;
        _types = new PostgreSqlTypeParser(Tokens, path, Report);
        _expressions = new PostgreSqlExpressionParser(Tokens, path, _types);
        _inserts = readsData ? new PostgreSqlInsertParser(Tokens, () => ParseRelation(), () => ParseName("a column")) : null;
        _isBlock = isBlock;
    }

    protected override void ParseStatement()
    {
        if (_isBlock)
        {
            ParseBlockStatement();
        }
        else if (Tokens.Current.Kind == TokenKind.Word)
        {
            ParseStatementByWord();
        }
        else if (Tokens.AtSymbol("("))
        {
            // A query in parentheses.
            Skip(SkippedKind.Statement("SELECT"));
        }
        else
        {
            throw Tokens.Unexpected("a statement");
        }
    }

    protected override void ResetExpressions() => _expressions.Reset();

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
            "CREATE" => second.Keyword is "TABLE" or "INDEX" or "UNIQUE" or "VIEW" or "TRIGGER" or "FUNCTION" or "SCHEMA" or "TYPE"
                or "DOMAIN" or "SEQUENCE" or "EXTENSION" or "OR" or "MATERIALIZED",
            "ALTER" => second.Keyword is "TABLE" or "TYPE" or "SEQUENCE" or "INDEX" or "DOMAIN",
            "DROP" => second.Keyword is "TABLE" or "VIEW" or "INDEX" or "TYPE" or "SEQUENCE",
            "INSERT" => second.Is("INTO"),
            "COMMENT" => second.Is("ON"),
            _ => false,
        };
        return starts && Tokens.IsFirstOnLine(token);
    }

    protected override void Finish()
    {
        if (_deferred > 0)
        {
            WarnNotCarriedOver(
                _firstDeferred, $"INITIALLY DEFERRED of {(_deferred == 1 ? "a constraint" : $"{_deferred} constraints")}",
                "Each request is checked at once.");
        }
    }

    private void ParseStatementByWord()
    {
        switch (Tokens.Current.Keyword)
        {
            case "CREATE" or "ALTER" or "DROP" or "COMMENT":
                ParseDefinition();
                break;
            case "SET":
                ParseSet();
                break;
            case "RESET":
                ParseReset();
                break;
            case "SELECT":
                ParseSelect();
                break;
            case "COPY":
                ParseCopy();
                break;
            case "DO":
                ParseDo();
                break;
            default:
                SkipByFirstWord(Tokens.Current);
                break;
        }
    }

    /// <summary>A statement that shapes tables or says something about them.</summary>
    private void ParseDefinition()
    {
        switch (Tokens.Current.Keyword)
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
            default:
                ParseComment();
                break;
        }
    }

    private Identifier ParseName(string what)
    {
        var token = Tokens.Current;
        if (!PostgreSqlKeywords.CanBeName(token))
        {
            throw PostgreSqlKeywords.IsReserved(token)
                ? Tokens.Fail(token, $"expected {what}, found the keyword '{token.Text}' (a name like that needs double quotes)")
                : Tokens.Unexpected(what);
        }

        return ToName(Tokens.Take());
    }

    /// <summary>The name that a token gives, as far as PostgreSQL keeps it.</summary>
    private Identifier ToName(Token token)
    {
        var name = PostgreSqlKeywords.Fold(token);
        if (name.Length * 3 <= LongestName || Encoding.UTF8.GetByteCount(name) <= LongestName)
        {
            return new Identifier(name, Tokens.SpanOf(token));
        }

        var length = Math.Min(name.Length, LongestName);
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) > LongestName || char.IsHighSurrogate(name[length - 1]))
        {
            length--;
        }

        Diagnostics.Report(PostgreSqlDiagnostics.NameCut, Tokens.SpanOf(token), name, name[..length]);
        return new Identifier(name[..length], Tokens.SpanOf(token));
    }

    /// <summary>A name as it is written: with its schema, without the database that may stand before that.</summary>
    private ObjectName ParseObjectName(string what)
    {
        var first = Tokens.Current;
        var name = ParseName(what);
        string? schema = null;
        while (Tokens.AcceptSymbol("."))
        {
            // Behind a point every word is a name.
            schema = name.Text;
            name = Tokens.Current.Kind == TokenKind.Word ? ToName(Tokens.Take()) : ParseName(what);
        }

        return new ObjectName(schema, name.Text, Tokens.SpanFrom(first));
    }

    /// <summary>The full name of a table, view or sequence that the statement refers to.</summary>
    private ObjectName ParseRelation(string what = "a table name")
    {
        var isOnly = Tokens.Accept("ONLY");
        var isParenthesised = isOnly && Tokens.AcceptSymbol("(");
        var name = _path.FindRelation(ParseObjectName(what));
        if (isParenthesised)
        {
            Tokens.ExpectSymbol(")");
        }

        Tokens.AcceptSymbol("*");
        return name;
    }

    private ImmutableArray<Identifier> ParseColumnList()
    {
        var names = ImmutableArray.CreateBuilder<Identifier>();
        Tokens.ExpectSymbol("(");
        do
        {
            names.Add(ParseName("a column"));
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
        return names.ToImmutable();
    }

    /// <summary>Names separated by commas, each read by <paramref name="parse"/>.</summary>
    private ImmutableArray<T> ParseList<T>(Func<T> parse)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        do
        {
            items.Add(parse());
        }
        while (Tokens.AcceptSymbol(","));

        return items.ToImmutable();
    }

    private bool AcceptCascade()
    {
        if (Tokens.Accept("CASCADE"))
        {
            return true;
        }

        Tokens.Accept("RESTRICT");
        return false;
    }
}
