using System.Collections.Immutable;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>
/// Recursive descent over one file. An error ends an item of a list or a statement, is reported, and reading goes on
/// behind it. This part finds the statements; the others read them.
/// </summary>
internal sealed partial class MySqlParser
{
    private const int MostErrors = 100;
    private const int LongestName = 64;

    private readonly MySqlLexer _lexer;
    private readonly TokenReader _tokens;
    private readonly MySqlExpressionParser _expressions;
    private readonly MySqlTypeParser _types;
    private readonly CommentAttachment _comments;
    private readonly DiagnosticBag _diagnostics;
    private readonly SkippedStatements _skipped = new();
    private readonly ImmutableArray<Statement>.Builder _statements = ImmutableArray.CreateBuilder<Statement>();

    private Token _statementStart;
    private bool _endsWithoutDelimiter;
    private int _previousEnd;
    private int _errors;

    public MySqlParser(SourceText source, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _lexer = new MySqlLexer(source, diagnostics);
        _tokens = new TokenReader(_lexer);
        _expressions = new MySqlExpressionParser(_tokens);
        _types = new MySqlTypeParser(_tokens, Report);
        _comments = new CommentAttachment(_lexer);
    }

    private bool HasTooManyErrors => _errors > MostErrors;

    public ImmutableArray<Statement> ParseAll()
    {
        while (_tokens.Current.Kind != TokenKind.End && !HasTooManyErrors)
        {
            var count = _statements.Count;
            if (_tokens.Current.Kind != TokenKind.Delimiter)
            {
                ParseStatementOrRecover();
            }

            var end = _endsWithoutDelimiter ? _tokens.Current.Start : _tokens.Current.End;
            _tokens.StartStatement();
            AttachCommentsBehind(count, end);
            _previousEnd = end;
        }

        _skipped.ReportTo(_diagnostics);
        return _statements.ToImmutable();
    }

    private void ParseStatementOrRecover()
    {
        _statementStart = _tokens.Current;
        _endsWithoutDelimiter = false;
        try
        {
            ParseStatement();
            if (!_tokens.AtEndOfStatement && !_endsWithoutDelimiter)
            {
                throw StartsStatement()
                    ? _tokens.Fail(_tokens.Current, $"expected ';' before {TokenReader.Describe(_tokens.Current)}")
                    : _tokens.Unexpected("the end of the statement");
            }
        }
        catch (SyntaxException error)
        {
            Report(error);
            while (!_tokens.AtEndOfStatement && !StartsStatement())
            {
                _tokens.Take();
            }
        }
    }

    private void ParseStatement()
    {
        var first = _tokens.Current;
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

    /// <summary>
    /// Whether a new statement begins here although the last one was not ended: a word that begins DDL or data, first
    /// on its line, with the object's kind behind it.
    /// </summary>
    private bool StartsStatement()
    {
        var token = _tokens.Current;
        if (token.Start == _statementStart.Start)
        {
            return false;
        }

        var second = _tokens.Peek(1);
        var starts = token.Keyword switch
        {
            "CREATE" => second.Is("TABLE") || second.Is("INDEX") || second.Is("VIEW") || second.Is("TRIGGER")
                || second.Is("PROCEDURE") || second.Is("FUNCTION") || second.Is("DATABASE") || second.Is("SCHEMA")
                || (second.Is("UNIQUE") && _tokens.Peek(2).Is("INDEX")) || (second.Is("OR") && _tokens.Peek(2).Is("REPLACE")),
            "ALTER" => second.Is("TABLE"),
            "DROP" => second.Is("TABLE") || second.Is("VIEW") || second.Is("INDEX"),
            "INSERT" => second.Is("INTO") || second.Is("IGNORE"),
            "LOCK" or "UNLOCK" => second.Is("TABLES"),
            _ => false,
        };
        return starts && _tokens.IsFirstOnLine(token);
    }

    private void Report(SyntaxException error)
    {
        _expressions.Reset();
        if (!HasTooManyErrors)
        {
            error.ReportTo(_diagnostics);
            CountError(error.Span);
        }
    }

    private void CountError(SourceSpan span)
    {
        if (++_errors > MostErrors)
        {
            _diagnostics.Report(ReadingDiagnostics.TooManyErrors, span, MostErrors);
        }
    }

    private void WarnNotCarriedOver(SourceSpan span, string what, string hint = "") =>
        _diagnostics.Report(ReadingDiagnostics.NotCarriedOver, span, what, hint.Length == 0 ? "" : " " + hint);

    /// <summary>Comments behind the end of a CREATE TABLE are known once the lexer has gone on to the next statement.</summary>
    private void AttachCommentsBehind(int count, int end)
    {
        if (_statements.Count > count && _statements[^1] is CreateTable table)
        {
            var behind = _comments.Behind(end, _tokens.Current.Start);
            _statements[^1] = table with { Comments = table.Comments.AddRange(behind) };
        }
    }

    private Identifier ParseName(string what) => _tokens.ToIdentifier(TakeName(what));

    private Token TakeName(string what)
    {
        var token = _tokens.Current;

        // Text in double quotes is a name in ANSI mode, and nothing else can be meant where only a name can stand.
        var isAnsiName = token.Kind == TokenKind.String && _tokens.Source.Text[token.Start] == '"';
        if (!isAnsiName && !MySqlKeywords.CanBeName(token))
        {
            throw MySqlKeywords.IsReserved(token)
                ? _tokens.Fail(token, $"expected {what}, found the keyword '{token.Text}' (a name like that needs backticks)")
                : _tokens.Unexpected(what);
        }

        if (token.Text.Length > LongestName)
        {
            Report(new SyntaxException(
                MySqlDiagnostics.NameTooLong, _tokens.SpanOf(token), token.Text[..20], token.Text.Length, LongestName));
        }

        return _tokens.Take();
    }

    /// <summary>A name that may be qualified by its database, which is dropped: a schema file describes one database.</summary>
    private ObjectName ParseObjectName(string what)
    {
        var first = _tokens.Current;
        var name = TakeName(what);
        while (_tokens.AcceptSymbol("."))
        {
            name = MySqlKeywords.IsReserved(_tokens.Current) ? _tokens.Take() : TakeName(what);
        }

        return new ObjectName(null, name.Text, _tokens.SpanFrom(first));
    }

    private ImmutableArray<Identifier> ParseColumnList()
    {
        var names = ImmutableArray.CreateBuilder<Identifier>();
        _tokens.ExpectSymbol("(");
        do
        {
            names.Add(ParseName("a column"));
            if (_tokens.AcceptSymbol("("))
            {
                // A prefix length has no meaning for a foreign key.
                _tokens.ExpectInt();
                _tokens.ExpectSymbol(")");
            }

            _tokens.AcceptAny("ASC", "DESC");
        }
        while (_tokens.AcceptSymbol(","));

        _tokens.ExpectSymbol(")");
        return names.ToImmutable();
    }

    /// <summary>What a misspelt word may mean, for the end of a message that is part of a sentence.</summary>
    private static string Hint(string word, IEnumerable<string> known) =>
        Suggestion.Nearest(word, known) is { } name ? $" (did you mean {name}?)" : "";

    private bool AcceptIfExists() => _tokens.AcceptAll("IF", "EXISTS");

    private bool AcceptIfNotExists() => _tokens.AcceptAll("IF", "NOT", "EXISTS");

    private string ParseText()
    {
        if (_tokens.Current.Kind != TokenKind.String)
        {
            throw _tokens.Unexpected("a string");
        }

        // Strings side by side are one.
        var parts = new List<string>();
        while (_tokens.Current.Kind == TokenKind.String)
        {
            parts.Add(_tokens.Take().Text);
        }

        return string.Concat(parts);
    }
}
