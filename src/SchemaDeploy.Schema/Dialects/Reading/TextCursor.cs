namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>A place in a text, and the questions a lexer asks there. Beyond the end every character is NUL.</summary>
internal sealed class TextCursor(string text, int start, int end)
{
    public TextCursor(string text)
        : this(text, 0, text.Length)
    {
    }

    public string Text { get; } = text;

    /// <summary>Where the part of the text ends that is read.</summary>
    public int End { get; } = end;

    public int Position { get; set; } = start;

    public bool AtEnd => Position >= End;

    public char Current => Peek(0);

    public ReadOnlySpan<char> Rest => Text.AsSpan(Position, End - Position);

    public char Peek(int ahead)
    {
        var index = Position + ahead;
        return (uint)index < (uint)End ? Text[index] : '\0';
    }

    public bool At(string expected) => Rest.StartsWith(expected, StringComparison.Ordinal);

    /// <summary>Goes to the end of the line, in front of its line break.</summary>
    public void SkipLine()
    {
        var length = Rest.IndexOfAny('\n', '\r');
        Position = length < 0 ? End : Position + length;
    }

    /// <summary>Goes behind the next <paramref name="mark"/>, or to the end where there is none.</summary>
    public bool SkipBehind(string mark)
    {
        var length = Rest.IndexOf(mark, StringComparison.Ordinal);
        Position = length < 0 ? End : Position + length + mark.Length;
        return length >= 0;
    }

    public void SkipWhiteSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Whether nothing but blanks stands before <paramref name="position"/> on its line.</summary>
    public bool IsFirstOnLine(int position)
    {
        while (position > 0 && Text[position - 1] is not ('\n' or '\r'))
        {
            if (!char.IsWhiteSpace(Text[--position]))
            {
                return false;
            }
        }

        return true;
    }
}
