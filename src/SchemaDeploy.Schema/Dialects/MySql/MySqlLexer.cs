using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>
/// Cuts MySQL text into tokens. Comments that are executed from a server version on (<c>/*!40101 … */</c>) are read as
/// the text they hold, and the client's DELIMITER command is carried out here.
/// </summary>
internal sealed partial class MySqlLexer(SourceText source, DiagnosticBag diagnostics) : SqlLexer(source, diagnostics)
{
    /// <summary>The MySQL server whose conditional comments count: 8.0.36.</summary>
    private const int ServerVersion = 80036;

    /// <summary>The MariaDB server whose own conditional comments (<c>/*M!</c>) count: 11.4.</summary>
    private const int MariaDbVersion = 110400;

    private const string StandardDelimiter = ";";

    private ImmutableStack<int> _conditionalComments = [];
    private string _delimiter = StandardDelimiter;
    private SearchValues<char> _stops = StopsFor(StandardDelimiter);
    private bool _atStatementStart = true;

    /// <summary>What ends a statement now, as set by DELIMITER.</summary>
    public string CurrentDelimiter => _delimiter;

    /// <summary>Where the lexer is, for going back over a stretch.</summary>
    public readonly record struct State(
        int Position, string Delimiter, bool AtStatementStart, ImmutableStack<int> ConditionalComments);

    public State Save() => new(Cursor.Position, _delimiter, _atStatementStart, _conditionalComments);

    public void Restore(State state)
    {
        Cursor.Position = state.Position;
        _conditionalComments = state.ConditionalComments;
        _atStatementStart = state.AtStatementStart;
        SetDelimiter(state.Delimiter);
    }

    public override Token Next()
    {
        while (true)
        {
            SkipTrivia();
            var start = Cursor.Position;
            if (Cursor.AtEnd)
            {
                CloseConditionalComments();
                return Make(TokenKind.End, start, "");
            }

            if (DelimiterLengthAt(start) is var length and > 0)
            {
                Cursor.Position += length;
                _atStatementStart = true;
                return Make(TokenKind.Delimiter, start, Cursor.Text.Substring(start, length));
            }

            if (!IsDelimiterCommand())
            {
                _atStatementStart = false;
                return ReadToken();
            }

            if (!_atStatementStart)
            {
                // The client carries the command out wherever a line begins with it; what stands before it is sent.
                _atStatementStart = true;
                return Make(TokenKind.Delimiter, start, _delimiter);
            }

            ReadDelimiterCommand();
        }
    }

    public override void SkipToDelimiter()
    {
        while (true)
        {
            var next = Cursor.Rest.IndexOfAny(_stops);
            Cursor.Position = next < 0 ? Cursor.Text.Length : Cursor.Position + next;
            if (Cursor.AtEnd || DelimiterLengthAt(Cursor.Position) > 0)
            {
                return;
            }

            switch (Cursor.Current)
            {
                case '\'' or '"':
                    SkipString(Cursor.Current);
                    break;
                case '`':
                    ReadQuotedName('`');
                    break;
                case '\n':
                    Cursor.Position++;
                    if (IsAtTableStatement())
                    {
                        return;
                    }

                    break;
                default:
                    if (!SkipComment())
                    {
                        Cursor.Position++;
                    }

                    break;
            }
        }
    }

    /// <summary>Goes to the end of the line, for commands of the client that end there.</summary>
    public void SkipRestOfLine()
    {
        Cursor.SkipLine();
        _atStatementStart = true;
    }

    private static SearchValues<char> StopsFor(string delimiter) => SearchValues.Create("'\"`;#-/*\n" + delimiter[0]);

    private bool IsAtTableStatement() =>
        Cursor.Current is 'C' or 'c' or 'A' or 'a' or 'D' or 'd'
        && (Cursor.Rest.StartsWith("CREATE TABLE ", StringComparison.OrdinalIgnoreCase)
            || Cursor.Rest.StartsWith("ALTER TABLE ", StringComparison.OrdinalIgnoreCase)
            || Cursor.Rest.StartsWith("DROP TABLE ", StringComparison.OrdinalIgnoreCase));

    private void SkipTrivia()
    {
        do
        {
            Cursor.SkipWhiteSpace();
        }
        while (!Cursor.AtEnd && DelimiterLengthAt(Cursor.Position) == 0 && SkipComment());
    }

    /// <summary>Goes behind a comment, or behind either end of a conditional one.</summary>
    private bool SkipComment()
    {
        switch (Cursor.Current)
        {
            case '#':
                ReadLineComment(1);
                return true;
            case '-' when Cursor.Peek(1) == '-' && IsLineComment():
                ReadLineComment(2);
                return true;
            case '/' when Cursor.Peek(1) == '*':
                EnterOrSkipComment();
                return true;
            case '*' when Cursor.Peek(1) == '/' && !_conditionalComments.IsEmpty:
                _conditionalComments = _conditionalComments.Pop();
                Cursor.Position += 2;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Two dashes begin a comment before a blank, and for the client also at the start of a line.</summary>
    private bool IsLineComment()
    {
        var next = Cursor.Peek(2);
        return char.IsWhiteSpace(next) || char.IsControl(next) || Cursor.IsFirstOnLine(Cursor.Position);
    }

    /// <summary>Goes into a conditional comment that counts, or behind any other block comment.</summary>
    private void EnterOrSkipComment()
    {
        var isMariaDb = Cursor.At("/*M!");
        if (!isMariaDb && !Cursor.At("/*!"))
        {
            ReadBlockComment(nested: false);
            return;
        }

        var mark = isMariaDb ? 4 : 3;
        var digits = 0;
        while (digits < 6 && IsDigit(Cursor.Peek(mark + digits)))
        {
            digits++;
        }

        var version = digits >= 5
            ? int.Parse(Cursor.Text.AsSpan(Cursor.Position + mark, digits), CultureInfo.InvariantCulture)
            : 0;
        if (version > (isMariaDb ? MariaDbVersion : ServerVersion))
        {
            ReadBlockComment(nested: true);
            return;
        }

        _conditionalComments = _conditionalComments.Push(Cursor.Position);
        Cursor.Position += mark + (digits >= 5 ? digits : 0);
    }

    private void CloseConditionalComments()
    {
        foreach (var start in _conditionalComments)
        {
            ReportUnterminated(start, 3, "comment", "*/");
        }

        _conditionalComments = [];
    }

    /// <summary>The length of the delimiter here, or 0: the one that DELIMITER set, or the semicolon.</summary>
    private int DelimiterLengthAt(int position)
    {
        var rest = Cursor.Text.AsSpan(position);
        if (rest.StartsWith(_delimiter, StringComparison.OrdinalIgnoreCase))
        {
            return _delimiter.Length;
        }

        return rest.StartsWith(StandardDelimiter) ? 1 : 0;
    }

    private bool IsDelimiterCommand()
    {
        const string Command = "DELIMITER";
        return Cursor.Current is 'd' or 'D'
            && Cursor.Rest.StartsWith(Command, StringComparison.OrdinalIgnoreCase)
            && (Cursor.Peek(Command.Length) == '\0' || char.IsWhiteSpace(Cursor.Peek(Command.Length)))
            && Cursor.IsFirstOnLine(Cursor.Position);
    }

    private void ReadDelimiterCommand()
    {
        var start = Cursor.Position;
        Cursor.SkipLine();
        var words = Cursor.Text[start..Cursor.Position].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var delimiter = words.Length > 1 ? words[1].Trim('\'', '"', '`') : "";
        if (delimiter.Length == 0)
        {
            Diagnostics.Report(
                ReadingDiagnostics.Syntax, Source.Span(start, words[0].Length),
                "DELIMITER needs the new delimiter behind it, on the same line");
            return;
        }

        SetDelimiter(delimiter);
    }

    private void SetDelimiter(string delimiter)
    {
        if (delimiter != _delimiter)
        {
            _delimiter = delimiter;
            _stops = StopsFor(delimiter);
        }
    }
}
