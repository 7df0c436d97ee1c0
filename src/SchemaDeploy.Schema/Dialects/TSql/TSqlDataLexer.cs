using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Cuts a statement of data into tokens; its text may be put together from pieces of the user's file.</summary>
internal sealed class TSqlDataLexer(MappedText batch, SourceText text, int start, int end)
    // What is never closed is reported where batches are cut.
    : SqlLexer(text, start, end, new DiagnosticBag())
{
    public override Token Next()
    {
        SkipTrivia();
        var start = Cursor.Position;
        if (Cursor.AtEnd)
        {
            return Make(TokenKind.End, start, "");
        }

        var c = Cursor.Current;
        switch (c)
        {
            case ';':
                Cursor.Position++;
                return Make(TokenKind.Delimiter, start, ";");
            case '\'':
                return ReadString(start);
            case 'n' or 'N' when Cursor.Peek(1) == '\'':
                Cursor.Position++;
                return ReadString(start);
            case '"':
                return ReadQuotedName('"');
            case '[':
                return ReadQuotedName(']');
            case '0' when Cursor.Peek(1) is 'x' or 'X':
                return ReadBytes(start);
            case '$' or '£' or '€' when IsDigit(Cursor.Peek(1)) || Cursor.Peek(1) is '.' or '-':
                return ReadMoney(start);
        }

        if (IsDigit(c) || (c == '.' && IsDigit(Cursor.Peek(1))))
        {
            SkipNumber();
            return Make(TokenKind.Number, start, Cursor.Text[start..Cursor.Position]);
        }

        if (TSqlScanner.IsNameStart(c) || c == '@')
        {
            do
            {
                Cursor.Position++;
            }
            while (TSqlScanner.IsNamePart(Cursor.Current));

            return Make(c == '@' ? TokenKind.Variable : TokenKind.Word, start, Cursor.Text[start..Cursor.Position]);
        }

        Cursor.Position++;
        return Make(TokenKind.Symbol, start, c.ToString());
    }

    public override void SkipToDelimiter() => Cursor.Position = Cursor.End;

    public override SourceSpan Span(int start, int length) => batch.Span(start, length);

    private void SkipTrivia()
    {
        while (true)
        {
            Cursor.SkipWhiteSpace();
            if (Cursor.At("--"))
            {
                ReadLineComment(2);
            }
            else if (Cursor.At("/*"))
            {
                ReadBlockComment(nested: true);
            }
            else
            {
                return;
            }
        }
    }

    private Token ReadString(int start)
    {
        var open = Cursor.Position;
        var end = TSqlScanner.EndOfQuoted(Cursor.Text, open, '\'');
        Cursor.Position = end < 0 || end > Cursor.End ? Cursor.End : end;
        var inner = Cursor.Text[(open + 1)..Math.Max(open + 1, Cursor.Position - 1)];
        // A backslash at the end of a line goes on with the string on the next.
        return Make(TokenKind.String, start, inner.Replace("''", "'", StringComparison.Ordinal)
            .Replace("\\\r\n", "", StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal));
    }

    private Token ReadBytes(int start)
    {
        Cursor.Position += 2;
        while (char.IsAsciiHexDigit(Cursor.Current) || IsContinued())
        {
            Cursor.Position++;
        }

        var digits = Cursor.Text[(start + 2)..Cursor.Position];
        return Make(TokenKind.Bytes, start, string.Concat(digits.Where(char.IsAsciiHexDigit)).ToUpperInvariant());
    }

    /// <summary>Whether a backslash or the line break behind it is here, with which long literals go on on the next line.</summary>
    private bool IsContinued() =>
        (Cursor.Current == '\\' && Cursor.Peek(1) is '\n' or '\r')
        || (Cursor.Current is '\r' or '\n' && (Cursor.Peek(-1) == '\\' || (Cursor.Current == '\n' && Cursor.Peek(-1) == '\r' && Cursor.Peek(-2) == '\\')));

    private Token ReadMoney(int start)
    {
        Cursor.Position++;
        var isNegative = Cursor.Current == '-';
        Cursor.Position += isNegative ? 1 : 0;
        var digits = Cursor.Position;
        while (IsDigit(Cursor.Current) || Cursor.Current is '.' || (Cursor.Current == ',' && IsDigit(Cursor.Peek(1)) && IsDigit(Cursor.Peek(2)) && IsDigit(Cursor.Peek(3)) && !IsDigit(Cursor.Peek(4))))
        {
            Cursor.Position++;
        }

        return Make(TokenKind.Number, start, (isNegative ? "-" : "") + Cursor.Text[digits..Cursor.Position].Replace(",", "", StringComparison.Ordinal));
    }
}
