namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>What a token is, as far as telling statements apart needs it.</summary>
internal enum TSqlTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A keyword or plain name.</summary>
    Word,

    /// <summary>A @variable.</summary>
    Variable,

    /// <summary>A name in brackets or double quotes.</summary>
    QuotedName,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A single mark.</summary>
    Symbol,
}

/// <summary>A token by its place in the text.</summary>
internal readonly record struct TSqlToken(TSqlTokenKind Kind, int Start, int End);

/// <summary>
/// Cuts T-SQL into tokens, fast and without copying: enough to find where batches and statements begin, so that
/// megabytes of data never reach ScriptDom. Comments and blanks are passed over.
/// </summary>
internal sealed class TSqlScanner(string text)
{
    private int _position;

    /// <summary>The text that is cut.</summary>
    public string Text => text;

    /// <summary>The next token.</summary>
    public TSqlToken Next()
    {
        SkipBlanks();
        var start = _position;
        if (start >= text.Length)
        {
            return new TSqlToken(TSqlTokenKind.End, text.Length, text.Length);
        }

        var c = text[start];
        var kind = c switch
        {
            '\'' => Quoted('\'', TSqlTokenKind.String),
            'N' or 'n' when start + 1 < text.Length && text[start + 1] == '\'' => NationalString(),
            '"' => Quoted('"', TSqlTokenKind.QuotedName),
            '[' => Quoted(']', TSqlTokenKind.QuotedName),
            '@' => Name(TSqlTokenKind.Variable),
            _ when IsNameStart(c) => Name(TSqlTokenKind.Word),
            _ when char.IsAsciiDigit(c) => Name(TSqlTokenKind.Number),
            _ => Symbol(),
        };
        return new TSqlToken(kind, start, _position);
    }

    /// <summary>Where the quoted thing that opens at <paramref name="start"/> ends, or -1 where it never does.</summary>
    public static int EndOfQuoted(string text, int start, char close)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            i = text.IndexOf(close, i);
            if (i < 0)
            {
                return -1;
            }

            if (i + 1 >= text.Length || text[i + 1] != close)
            {
                return i + 1;
            }

            i++;
        }

        return -1;
    }

    /// <summary>Where the block comment that opens at <paramref name="start"/> ends, or -1. T-SQL's comments nest.</summary>
    public static int EndOfComment(string text, int start)
    {
        var depth = 1;
        for (var i = start + 2; i + 1 < text.Length; i++)
        {
            if (text[i] == '*' && text[i + 1] == '/')
            {
                i++;
                if (--depth == 0)
                {
                    return i + 1;
                }
            }
            else if (text[i] == '/' && text[i + 1] == '*')
            {
                i++;
                depth++;
            }
        }

        return -1;
    }

    /// <summary>Whether a name may begin with the character.</summary>
    public static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '#';

    /// <summary>Whether a name may go on with the character.</summary>
    public static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '#' or '@' or '$';

    private TSqlTokenKind Quoted(char close, TSqlTokenKind kind)
    {
        var end = EndOfQuoted(text, _position, close);
        _position = end < 0 ? text.Length : end;
        return kind;
    }

    private TSqlTokenKind NationalString()
    {
        _position++;
        return Quoted('\'', TSqlTokenKind.String);
    }

    private TSqlTokenKind Name(TSqlTokenKind kind)
    {
        _position++;
        while (_position < text.Length && IsNamePart(text[_position]))
        {
            _position++;
        }

        return kind;
    }

    private TSqlTokenKind Symbol()
    {
        _position++;
        return TSqlTokenKind.Symbol;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length)
        {
            var c = text[_position];
            var next = _position + 1 < text.Length ? text[_position + 1] : '\0';
            if (char.IsWhiteSpace(c))
            {
                _position++;
            }
            else if (c == '-' && next == '-')
            {
                var end = text.AsSpan(_position).IndexOfAny('\n', '\r');
                _position = end < 0 ? text.Length : _position + end;
            }
            else if (c == '/' && next == '*')
            {
                var end = EndOfComment(text, _position);
                _position = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }
}
