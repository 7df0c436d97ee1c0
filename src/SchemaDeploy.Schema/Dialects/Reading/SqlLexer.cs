using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>Cuts a file into tokens, one at a time, so that what is passed over costs no tokens at all.</summary>
internal abstract class SqlLexer(SourceText source, int start, int end, DiagnosticBag diagnostics)
{
    private readonly List<SourceComment> _comments = [];

    protected SqlLexer(SourceText source, DiagnosticBag diagnostics)
        : this(source, 0, source.Text.Length, diagnostics)
    {
    }

    public SourceText Source { get; } = source;

    /// <summary>The comments read so far, in order.</summary>
    public IReadOnlyList<SourceComment> Comments => _comments;

    protected TextCursor Cursor { get; } = new(source.Text, start, end);

    protected DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>The next token; at the end of the file, End again and again.</summary>
    public abstract Token Next();

    /// <summary>
    /// Goes on to the end of the statement without making tokens: dumps are mostly data. Where the delimiter was
    /// forgotten, that is the DDL statement at the start of a line.
    /// </summary>
    public abstract void SkipToDelimiter();

    /// <summary>Where in the user's file a stretch of the text stands.</summary>
    public virtual SourceSpan Span(int start, int length) => Source.Span(start, length);

    /// <summary>Whether nothing but blanks stands before the token on its line.</summary>
    public bool IsFirstOnLine(Token token) => Cursor.IsFirstOnLine(token.Start);

    protected static bool IsDigit(char c) => char.IsAsciiDigit(c);

    protected Token Make(TokenKind kind, int start, string text) => new(kind, start, Cursor.Position, text);

    protected void ReportUnterminated(int start, int markLength, string what, string missing) =>
        Diagnostics.Report(ReadingDiagnostics.Unterminated, Source.Span(start, markLength), what, missing);

    /// <summary>Reads a comment that ends with its line; the cursor is at its mark.</summary>
    protected void ReadLineComment(int markLength)
    {
        var start = Cursor.Position;
        Cursor.Position = Math.Min(start + markLength, Cursor.End);
        var textStart = Cursor.Position;
        Cursor.SkipLine();
        Remember(new SourceComment(start, Cursor.Position, textStart, Cursor.Position));
    }

    /// <summary>Reads a comment from <c>/*</c> to <c>*/</c>, with comments inside it where <paramref name="nested"/>.</summary>
    protected void ReadBlockComment(bool nested)
    {
        var start = Cursor.Position;
        Cursor.Position += 2;
        var depth = 1;
        while (depth > 0)
        {
            var next = nested ? Cursor.Rest.IndexOfAny('/', '*') : Cursor.Rest.IndexOf('*');
            if (next < 0)
            {
                Cursor.Position = Cursor.End;
                ReportUnterminated(start, 2, "comment", "*/");
                return;
            }

            Cursor.Position += next;
            if (Cursor.At("*/"))
            {
                Cursor.Position += 2;
                depth--;
            }
            else if (nested && Cursor.At("/*"))
            {
                Cursor.Position += 2;
                depth++;
            }
            else
            {
                Cursor.Position++;
            }
        }

        Remember(new SourceComment(start, Cursor.Position, start + 2, Cursor.Position - 2));
    }

    /// <summary>Reads a quoted name in which the quote is doubled; the cursor is at the opening quote.</summary>
    protected Token ReadQuotedName(char quote)
    {
        var start = Cursor.Position;
        var position = start + 1;
        while (true)
        {
            var length = Cursor.Text.AsSpan(position, Cursor.End - position).IndexOf(quote);
            if (length < 0)
            {
                // The rest of the file may still be worth reading: the name ends with its line.
                ReportUnterminated(start, 1, "quoted name", quote.ToString());
                Cursor.SkipLine();
                return Make(TokenKind.QuotedName, start, Cursor.Text[(start + 1)..Cursor.Position]);
            }

            position += length + 1;
            if (position >= Cursor.End || Cursor.Text[position] != quote)
            {
                break;
            }

            position++;
        }

        Cursor.Position = position;
        var name = Cursor.Text[(start + 1)..(position - 1)];
        return Make(TokenKind.QuotedName, start, name.Contains(quote, StringComparison.Ordinal)
            ? name.Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal)
            : name);
    }

    /// <summary>Goes behind the digits, the fraction and the exponent of a number.</summary>
    protected void SkipNumber()
    {
        SkipDigits();
        if (Cursor.Current == '.')
        {
            Cursor.Position++;
            SkipDigits();
        }

        if (Cursor.Current is 'e' or 'E')
        {
            var sign = Cursor.Peek(1) is '+' or '-' ? 1 : 0;
            if (IsDigit(Cursor.Peek(1 + sign)))
            {
                Cursor.Position += 1 + sign;
                SkipDigits();
            }
        }
    }

    private void SkipDigits()
    {
        while (IsDigit(Cursor.Current))
        {
            Cursor.Position++;
        }
    }

    private void Remember(SourceComment comment)
    {
        // A lexer that goes back to read a stretch again meets the same comments again.
        if (_comments.Count == 0 || _comments[^1].Start < comment.Start)
        {
            _comments.Add(comment);
        }
    }
}
