using System.Collections.Immutable;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>
/// Recursive descent over one file. An error ends an item of a list or a statement, is reported, and reading goes on
/// behind it. What the dialects share is here: finding the statements, getting over errors, and attaching comments.
/// </summary>
internal abstract class ScriptParser
{
    private const int MostErrors = 100;

    private readonly SqlLexer _lexer;
    private readonly CommentAttachment _comments;
    private int _previousEnd;
    private int _errors;

    protected ScriptParser(SqlLexer lexer, DiagnosticBag diagnostics)
    {
        _lexer = lexer;
        _comments = new CommentAttachment(lexer);
        Diagnostics = diagnostics;
        Tokens = new TokenReader(lexer);
    }

    protected TokenReader Tokens { get; }

    protected DiagnosticBag Diagnostics { get; }

    protected SkippedStatements Skipped { get; } = new();

    protected UnseededStatements Unseeded { get; } = new();

    protected ImmutableArray<Statement>.Builder Statements { get; } = ImmutableArray.CreateBuilder<Statement>();

    /// <summary>The first token of the statement being read.</summary>
    protected Token StatementStart { get; private set; }

    /// <summary>Where the statement ends, set by those that end without the mark between statements.</summary>
    protected int? EndWithoutDelimiter { get; set; }

    protected bool HasTooManyErrors => _errors > MostErrors;

    public ImmutableArray<Statement> ParseAll()
    {
        ParseStatements();
        Finish();
        Skipped.ReportTo(Diagnostics);
        Unseeded.ReportTo(Diagnostics);
        return Statements.ToImmutable();
    }

    /// <summary>Reads the statement at the current token.</summary>
    protected abstract void ParseStatement();

    /// <summary>
    /// Whether a new statement begins here although the last one was not ended: words that begin DDL or data, first on
    /// their line.
    /// </summary>
    protected abstract bool StartsStatement();

    /// <summary>Reads one item of the parenthesised part of a CREATE TABLE.</summary>
    protected abstract void ParseTableItem(TableItems items);

    /// <summary>Begins expressions anew after one was left by an error.</summary>
    protected abstract void ResetExpressions();

    /// <summary>Says what is to be said about the file as a whole.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Reads the statements of a part of the file that <paramref name="whole"/> reads, and hands them over to it.</summary>
    protected void ParsePart(ScriptParser whole)
    {
        ParseStatements();
        Finish();
        whole.Statements.AddRange(Statements);
        whole.Skipped.AddAll(Skipped);
        whole._errors += _errors;
    }

    protected void ParseStatements()
    {
        while (Tokens.Current.Kind != TokenKind.End && !HasTooManyErrors)
        {
            var count = Statements.Count;
            if (Tokens.Current.Kind != TokenKind.Delimiter)
            {
                ParseStatementOrRecover();
            }

            var end = EndWithoutDelimiter ?? Tokens.Current.End;
            Tokens.StartStatement();
            AttachCommentsBehind(count, end);
            _previousEnd = end;
        }
    }

    protected void Report(SyntaxException error)
    {
        ResetExpressions();
        if (!HasTooManyErrors)
        {
            error.ReportTo(Diagnostics);
            CountError(error.Span);
        }
    }

    protected void CountError(SourceSpan span)
    {
        if (++_errors > MostErrors)
        {
            Diagnostics.Report(ReadingDiagnostics.TooManyErrors, span, MostErrors);
        }
    }

    protected void WarnNotCarriedOver(SourceSpan span, string what, string hint = "") =>
        Diagnostics.Report(ReadingDiagnostics.NotCarriedOver, span, what, hint.Length == 0 ? "" : " " + hint);

    /// <summary>Begins a statement that stands inside another.</summary>
    protected void BeginInnerStatement()
    {
        _previousEnd = Tokens.Previous.End;
        StatementStart = Tokens.Current;
    }

    /// <summary>The comments above the statement.</summary>
    protected ImmutableArray<SqlComment> CommentsAbove() => _comments.Above(StatementStart.Start, _previousEnd);

    /// <summary>The column with the comments around it; the reader is behind it.</summary>
    protected ColumnDefinition AttachComments(ColumnDefinition column, int mark)
    {
        var next = Tokens.AtSymbol(",") ? Tokens.Peek(1) : Tokens.Current;
        var comments = _comments.Around(Tokens[mark].Start, Tokens.Previous.End, Tokens[mark - 1].End, next.Start);
        return column with { Comments = comments };
    }

    /// <summary>What the parenthesised part of a CREATE TABLE holds, as far as it was read.</summary>
    protected sealed class TableItems
    {
        public ImmutableArray<ColumnDefinition>.Builder Columns { get; } = ImmutableArray.CreateBuilder<ColumnDefinition>();

        public ImmutableArray<ConstraintDefinition>.Builder Constraints { get; } =
            ImmutableArray.CreateBuilder<ConstraintDefinition>();

        /// <summary>Comments behind the opening parenthesis, which are the table's.</summary>
        public ImmutableArray<SqlComment> CommentsAtOpening { get; set; } = [];
    }

    /// <summary>Reads the items from the opening parenthesis, at which the reader is, to the closing one.</summary>
    protected void ParseTableItems(TableItems items)
    {
        var opening = Tokens.Take();
        items.CommentsAtOpening = _comments.Behind(opening.End, Tokens.Current.Start);
        do
        {
            var mark = Tokens.Mark;
            try
            {
                ParseTableItem(items);
                if (!Tokens.AtSymbol(",") && !Tokens.AtSymbol(")"))
                {
                    throw Tokens.Unexpected("',' or ')'");
                }
            }
            catch (SyntaxException error)
            {
                Tokens.SkipItem(mark, StartsStatement);
                if ((!Tokens.AtSymbol(",") && !Tokens.AtSymbol(")")) || HasTooManyErrors)
                {
                    throw;
                }

                Report(error);
            }
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
    }

    /// <summary>Reads an action of ALTER TABLE by <paramref name="parse"/>, or goes behind it where it cannot be read.</summary>
    protected void ParseActionOrRecover(Action parse, Func<bool> mayFollow)
    {
        var mark = Tokens.Mark;
        try
        {
            parse();
            if (!Tokens.AtSymbol(",") && !Tokens.AtEndOfStatement && !StartsStatement() && !mayFollow())
            {
                throw Tokens.Unexpected("',' or the end of the statement");
            }
        }
        catch (SyntaxException error)
        {
            Tokens.SkipItem(mark, StartsStatement);
            if (!Tokens.AtSymbol(",") || HasTooManyErrors)
            {
                throw;
            }

            Report(error);
        }
    }

    protected ReferentialAction ParseReferentialAction()
    {
        if (Tokens.Accept("CASCADE"))
        {
            return ReferentialAction.Cascade;
        }

        if (Tokens.AcceptAll("SET", "NULL"))
        {
            return ReferentialAction.SetNull;
        }

        if (Tokens.AcceptAll("SET", "DEFAULT"))
        {
            return ReferentialAction.SetDefault;
        }

        return Tokens.Accept("RESTRICT") || Tokens.AcceptAll("NO", "ACTION")
            ? ReferentialAction.NoAction
            : throw Tokens.Unexpected("CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION");
    }

    protected bool AcceptIfExists() => Tokens.AcceptAll("IF", "EXISTS");

    protected bool AcceptIfNotExists() => Tokens.AcceptAll("IF", "NOT", "EXISTS");

    protected string ParseText()
    {
        if (Tokens.Current.Kind != TokenKind.String)
        {
            throw Tokens.Unexpected("a string");
        }

        // Strings side by side are one.
        var parts = new List<string>();
        while (Tokens.Current.Kind == TokenKind.String)
        {
            parts.Add(Tokens.Take().Text);
        }

        return string.Concat(parts);
    }

    /// <summary>Passes over the statement and counts it.</summary>
    protected void Skip(SkippedKind kind)
    {
        Skipped.Add(kind, Tokens.SpanOf(StatementStart));
        SkipRest();
    }

    /// <summary>Reads a statement of data, or passes over it and says why.</summary>
    protected void ParseData(Func<Statement> parse)
    {
        try
        {
            Statements.Add(parse());
        }
        catch (NotLiteralException reason)
        {
            Unseeded.Add(reason.Span, $"This {StatementStart.Keyword}", reason.Message);
            SkipRest();
        }
    }

    /// <summary>Goes to the end of the statement without tokens, which is what makes large dumps fast.</summary>
    protected void SkipRest()
    {
        if (Tokens.HasSeenEndOfStatement())
        {
            while (!Tokens.AtEndOfStatement)
            {
                Tokens.Take();
            }

            return;
        }

        _lexer.SkipToDelimiter();
        Tokens.Restart();
    }

    /// <summary>The error about a statement that begins with <paramref name="head"/> and goes on with an unknown word.</summary>
    protected SyntaxException UnknownStatement(string head, Token word, IEnumerable<string> known) => new(
        ReadingDiagnostics.UnknownStatement, Tokens.SpanOf(word),
        word.EndsStatement ? head : $"{head} {word.Text}",
        Suggestion.Nearest(word.Text, known) is { } suggestion ? $" Did you mean {head} {suggestion}?" : "");

    /// <summary>What a misspelt word may mean, for the end of a message that is part of a sentence.</summary>
    protected static string Hint(string word, IEnumerable<string> known) =>
        Suggestion.Nearest(word, known) is { } name ? $" (did you mean {name}?)" : "";

    private void ParseStatementOrRecover()
    {
        StatementStart = Tokens.Current;
        EndWithoutDelimiter = null;
        try
        {
            ParseStatement();
            if (!Tokens.AtEndOfStatement && EndWithoutDelimiter is null)
            {
                throw StartsStatement()
                    ? Tokens.Fail(Tokens.Current, $"expected ';' before {TokenReader.Describe(Tokens.Current)}")
                    : Tokens.Unexpected("the end of the statement");
            }
        }
        catch (SyntaxException error)
        {
            Report(error);
            while (!Tokens.AtEndOfStatement && !StartsStatement())
            {
                Tokens.Take();
            }
        }
    }

    /// <summary>Comments behind the end of a CREATE TABLE are known once the lexer has gone on to the next statement.</summary>
    private void AttachCommentsBehind(int count, int end)
    {
        if (Statements.Count > count && Statements[^1] is CreateTable table)
        {
            var behind = _comments.Behind(end, Tokens.Current.Start);
            Statements[^1] = table with { Comments = table.Comments.AddRange(behind) };
        }
    }
}
