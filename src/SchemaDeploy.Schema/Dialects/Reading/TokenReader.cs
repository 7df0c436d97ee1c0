using System.Globalization;
using System.Text;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>
/// The tokens of the statement being read: taken one by one, looked at ahead, and gone back over. They come from the
/// lexer only when asked for, so the lexer stands behind the last token that anyone has seen.
/// </summary>
internal sealed class TokenReader(SqlLexer lexer)
{
    private const int LongestQuotation = 40;
    private readonly List<Token> _tokens = [];
    private int _index;

    public SourceText Source => lexer.Source;

    public Token Current => Peek(0);

    /// <summary>The token taken last.</summary>
    public Token Previous => _index > 0 ? _tokens[_index - 1] : Current;

    public bool AtEndOfStatement => Current.EndsStatement;

    /// <summary>How many tokens of the statement were taken; <see cref="Reset"/> goes back to it.</summary>
    public int Mark => _index;

    public Token this[int mark] => _tokens[mark];

    public Token Peek(int ahead)
    {
        while (_tokens.Count <= _index + ahead)
        {
            if (_tokens.Count > 0 && _tokens[^1].Kind == TokenKind.End)
            {
                return _tokens[^1];
            }

            _tokens.Add(lexer.Next());
        }

        return _tokens[_index + ahead];
    }

    /// <summary>Takes a token of the statement; the end of the statement is not taken.</summary>
    public Token Take()
    {
        var token = Current;
        if (!token.EndsStatement)
        {
            _index++;
        }

        return token;
    }

    /// <summary>Takes a word of any kind, called <paramref name="what"/> where it is missing.</summary>
    public Token TakeWord(string what) =>
        Current.Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.String ? Take() : throw Unexpected(what);

    public void Reset(int mark) => _index = mark;

    /// <summary>Begins a new statement at the current token, or behind it where it ends the last one.</summary>
    public void StartStatement()
    {
        if (Current.Kind == TokenKind.Delimiter)
        {
            _index++;
        }

        _tokens.RemoveRange(0, _index);
        _index = 0;
    }

    /// <summary>Forgets the tokens seen so far: the lexer was moved.</summary>
    public void Restart()
    {
        _tokens.Clear();
        _index = 0;
    }

    /// <summary>Forgets the tokens that were taken, but the last: of statements that hold a whole table. No mark goes back behind this.</summary>
    public void ForgetTaken()
    {
        if (_index > 1)
        {
            _tokens.RemoveRange(0, _index - 1);
            _index = 1;
        }
    }

    /// <summary>Whether any token seen so far ends the statement; if none does, the lexer is still inside it.</summary>
    public bool HasSeenEndOfStatement()
    {
        for (var i = _index; i < _tokens.Count; i++)
        {
            if (_tokens[i].EndsStatement)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsFirstOnLine(Token token) => lexer.IsFirstOnLine(token);

    public bool At(string word) => Current.Is(word);

    public bool At(string first, string second) => Current.Is(first) && Peek(1).Is(second);

    public bool AtAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (At(word))
            {
                return true;
            }
        }

        return false;
    }

    public bool AtSymbol(string symbol) => Current.IsSymbol(symbol);

    public bool Accept(string word)
    {
        if (!At(word))
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Takes the words if all of them follow.</summary>
    public bool AcceptAll(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Peek(i).Is(words[i]))
            {
                return false;
            }
        }

        _index += words.Length;
        return true;
    }

    public bool AcceptAny(params ReadOnlySpan<string> words)
    {
        if (!AtAny(words))
        {
            return false;
        }

        Take();
        return true;
    }

    public bool AcceptSymbol(string symbol)
    {
        if (!AtSymbol(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(string word)
    {
        if (!Accept(word))
        {
            throw Unexpected(word);
        }
    }

    public void ExpectSymbol(string symbol)
    {
        if (!AcceptSymbol(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    public SourceSpan SpanOf(Token token) => lexer.Span(token.Start, token.End - token.Start);

    /// <summary>From the start of <paramref name="first"/> to the end of the token taken last.</summary>
    public SourceSpan SpanFrom(Token first) => lexer.Span(first.Start, Math.Max(Previous.End, first.Start) - first.Start);

    /// <summary>The tokens taken from <paramref name="mark"/> on as the user wrote them, with single blanks between words.</summary>
    public string TextFrom(int mark)
    {
        var text = new StringBuilder();
        for (var i = mark; i < _index; i++)
        {
            var token = _tokens[i];
            if (text.Length > 0 && token.Kind == TokenKind.Word && text[^1] is not ('.' or '('))
            {
                text.Append(' ');
            }

            text.Append(Source.Text.AsSpan(token.Start, token.End - token.Start));
        }

        return text.ToString();
    }

    public Identifier ToIdentifier(Token token) => new(token.Text, SpanOf(token));

    /// <summary>A whole number that fits an int.</summary>
    public int ExpectInt()
    {
        if (Current.Kind != TokenKind.Number)
        {
            throw Unexpected("a whole number");
        }

        if (!int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw Fail(Current, $"{Describe(Current)} is no whole number up to {int.MaxValue}");
        }

        Take();
        return value;
    }

    /// <summary>The error that something else stands where <paramref name="expected"/> should.</summary>
    public SyntaxException Unexpected(string expected) => Fail(Current, $"expected {expected}, found {Describe(Current)}");

    public SyntaxException Fail(Token at, string problem) => new(ReadingDiagnostics.Syntax, SpanOf(at), problem);

    /// <summary>Goes behind the closing parenthesis of the open one that the reader is at.</summary>
    public void SkipParentheses()
    {
        var open = Current;
        var depth = 0;
        do
        {
            if (AtEndOfStatement)
            {
                throw Fail(open, "this parenthesis is never closed");
            }

            var token = Take();
            depth += token.IsSymbol("(") ? 1 : token.IsSymbol(")") ? -1 : 0;
        }
        while (depth > 0);
    }

    /// <summary>
    /// Goes from the item begun at <paramref name="mark"/> to the comma or closing parenthesis behind it, or to a token
    /// at which <paramref name="startsStatement"/> says that the list was never closed.
    /// </summary>
    public void SkipItem(int mark, Func<bool> startsStatement)
    {
        var errorAt = _index;
        var depth = 0;
        for (Reset(mark); !AtEndOfStatement; Take())
        {
            if (_index >= errorAt)
            {
                if ((depth <= 0 && (AtSymbol(",") || AtSymbol(")"))) || startsStatement())
                {
                    return;
                }
            }

            depth += AtSymbol("(") ? 1 : AtSymbol(")") ? -1 : 0;
        }
    }

    public static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.Delimiter => $"the end of the statement ('{token.Text}')",
        TokenKind.String => $"the string '{Shorten(token.Text)}'",
        TokenKind.Symbol when char.IsControl(token.Text[0]) =>
            $"the character U+{((int)token.Text[0]).ToString("X4", CultureInfo.InvariantCulture)}",
        _ => $"'{Shorten(token.Text)}'",
    };

    private static string Shorten(string text)
    {
        var line = text.AsSpan().IndexOfAny('\n', '\r');
        var length = Math.Min(line < 0 ? text.Length : line, LongestQuotation);
        return length == text.Length ? text : string.Concat(text.AsSpan(0, length), "…");
    }
}
