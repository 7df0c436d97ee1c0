namespace SchemaDeploy.Schema.Dialects;

/// <summary>
/// Finds the signs in a text whose dialect is not known yet. Strings, comments and quoted names are told apart by
/// rules loose enough for every dialect; a mistake here costs a sign, not an error.
/// </summary>
internal sealed class DialectSignScanner(string text)
{
    private static readonly System.Collections.Frozen.FrozenDictionary<string, DialectSign[]>.AlternateLookup<ReadOnlySpan<char>> s_words =
        DialectSigns.ByWord.GetAlternateLookup<ReadOnlySpan<char>>();

    private int _position;
    private bool _hasDelimiter;
    private (int Start, int Length) _beforeLast;
    private (int Start, int Length) _last;
    private Action<DialectSign, int> _found = static (_, _) => { };

    /// <summary>Reports every sign with the offset where it stands.</summary>
    public void Scan(Action<DialectSign, int> found)
    {
        _found = found;
        while (_position < text.Length)
        {
            Step();
        }

        Push(text.Length, 0);
    }

    private void Step()
    {
        var c = text[_position];
        if (char.IsLetter(c) || c == '_' || c == '@')
        {
            Word();
        }
        else if (char.IsDigit(c))
        {
            Skip(static c => char.IsLetterOrDigit(c) || c == '.');
        }
        else if (char.IsWhiteSpace(c))
        {
            _position++;
        }
        else
        {
            Punctuation(c);
        }
    }

    private void Punctuation(char c)
    {
        var next = _position + 1 < text.Length ? text[_position + 1] : '\0';
        switch (c)
        {
            case '-' when next == '-':
                SkipLine();
                break;
            case '#' when !char.IsLetter(next) || IsLineStart(_position):
                _found(DialectSigns.HashComment, _position);
                SkipLine();
                break;
            case '/' when next == '*':
                Comment();
                break;
            case '\'':
                Push(_position, 1);
                SkipString();
                break;
            case '"':
                Push(_position, 1);
                SkipTo('"');
                break;
            case '`':
                _found(DialectSigns.Backticks, _position);
                Push(_position, 1);
                SkipTo('`');
                break;
            case '[':
                Bracket();
                break;
            case '$':
                Dollar(next);
                break;
            case ':' when next == ':':
                _found(DialectSigns.DoubleColon, _position);
                _position += 2;
                break;
            case ':' when IsLineStart(_position) && char.IsLetter(next):
                _found(DialectSigns.SqlCmdLine, _position);
                SkipLine();
                break;
            case '\\' when IsLineStart(_position):
                _found(DialectSigns.PsqlLine, _position);
                SkipLine();
                break;
            default:
                Push(_position, 1);
                _position++;
                break;
        }
    }

    private void Word()
    {
        var start = _position;
        Skip(static c => char.IsLetterOrDigit(c) || c is '_' or '@' or '$');
        if (_position == start)
        {
            _position++;
        }

        var word = text.AsSpan(start, _position - start);
        if (word is "N" && _position < text.Length && text[_position] == '\'')
        {
            _found(DialectSigns.NationalString, start);
        }

        if (word.Equals("GO", StringComparison.OrdinalIgnoreCase) && IsLineStart(start) && IsLineEnd(_position))
        {
            _found(DialectSigns.Go, start);
        }

        // $$ is a popular delimiter of MySQL's client.
        _hasDelimiter |= word.Equals("DELIMITER", StringComparison.OrdinalIgnoreCase) && IsLineStart(start);
        Push(start, _position - start);
        if (word.Equals("stdin", StringComparison.OrdinalIgnoreCase) && Is(_beforeLast, "FROM"))
        {
            SkipCopiedRows();
        }
    }

    /// <summary>Judges the last word now that its successor is known.</summary>
    private void Push(int start, int length)
    {
        var current = (start, length);
        if (_last.Length > 1 && s_words.TryGetValue(text.AsSpan(_last.Start, _last.Length), out var signs))
        {
            foreach (var sign in signs)
            {
                if ((sign.Previous is null || Is(_beforeLast, sign.Previous))
                    && (sign.NotPrevious is null || !Is(_beforeLast, sign.NotPrevious))
                    && (sign.Next is null || Is(current, sign.Next)))
                {
                    _found(sign, _last.Start);
                }
            }
        }

        (_beforeLast, _last) = (_last, current);
    }

    private bool Is((int Start, int Length) token, string expected) =>
        text.AsSpan(token.Start, token.Length).Equals(expected, StringComparison.OrdinalIgnoreCase);

    private void Comment()
    {
        if (_position + 2 < text.Length && text[_position + 2] == '!')
        {
            _found(DialectSigns.ConditionalComment, _position);

            // What a conditional comment holds is MySQL's code, so it is scanned on.
            _position += 3;
            return;
        }

        var end = text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        _position = end < 0 ? text.Length : end + 2;
    }

    private void Bracket()
    {
        var next = _position + 1 < text.Length ? text[_position + 1] : '\0';
        var isSubscript = _position > 0 && (char.IsLetterOrDigit(text[_position - 1]) || text[_position - 1] is '_' or ')' or ']');
        if (next == ']')
        {
            _found(DialectSigns.EmptyBrackets, _position);
            _position += 2;
        }
        else if (!isSubscript && (char.IsLetter(next) || next is '_' or '$'))
        {
            _found(DialectSigns.Brackets, _position);
            Push(_position, 1);
            SkipTo(']');
        }
        else
        {
            Push(_position, 1);
            _position++;
        }
    }

    private void Dollar(char next)
    {
        if (next == '(')
        {
            _found(DialectSigns.SqlCmdVariable, _position);
            _position += 2;
            return;
        }

        var end = _position + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (end >= text.Length || text[end] != '$' || _hasDelimiter)
        {
            _position = end;
            return;
        }

        // A dollar quote's body is in another language as often as not, so nothing in it counts.
        _found(DialectSigns.DollarQuote, _position);
        var mark = text.Substring(_position, end + 1 - _position);
        var close = text.IndexOf(mark, end + 1, StringComparison.Ordinal);
        _position = close < 0 ? text.Length : close + mark.Length;
    }

    /// <summary>The dialects disagree on \' in a string: it ends the string where what follows could not be inside one.</summary>
    private void SkipString()
    {
        for (_position++; _position < text.Length; _position++)
        {
            if (text[_position] == '\\' && _position + 1 < text.Length && text[_position + 1] == '\'')
            {
                var after = _position + 2;
                if (after < text.Length && text[after] is not (',' or ')' or ';' or '\r' or '\n' or ' '))
                {
                    _position++;
                }
            }
            else if (text[_position] == '\\' && _position + 1 < text.Length && text[_position + 1] == '\\')
            {
                _position++;
            }
            else if (text[_position] == '\'')
            {
                _position++;
                return;
            }
        }
    }

    private void SkipTo(char close)
    {
        var end = text.IndexOf(close, _position + 1);
        _position = end < 0 ? text.Length : end + 1;
    }

    private void SkipLine()
    {
        var end = text.IndexOf('\n', _position);
        _position = end < 0 ? text.Length : end + 1;
    }

    private void SkipCopiedRows()
    {
        var end = text.IndexOf("\n\\.", _position, StringComparison.Ordinal);
        _position = end < 0 ? text.Length : end + 1;
    }

    private void Skip(Func<char, bool> belongs)
    {
        while (_position < text.Length && belongs(text[_position]))
        {
            _position++;
        }
    }

    private bool IsLineStart(int position)
    {
        while (position > 0 && text[position - 1] is ' ' or '\t')
        {
            position--;
        }

        return position == 0 || text[position - 1] is '\n' or '\r';
    }

    private bool IsLineEnd(int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t' or ';' or (>= '0' and <= '9'))
        {
            position++;
        }

        return position == text.Length || text[position] is '\n' or '\r' or '-' or '/';
    }
}
