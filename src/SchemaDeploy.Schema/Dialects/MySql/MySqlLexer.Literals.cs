using System.Text;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Words, numbers, strings, variables and operators.</summary>
internal sealed partial class MySqlLexer
{
    private static readonly string[] s_operators = ["->>", "<=>", "->", "<=", ">=", "<>", "!=", "||", "&&", "<<", ">>", ":="];

    private Token ReadToken()
    {
        var start = Cursor.Position;
        var c = Cursor.Current;
        switch (c)
        {
            case '\'' or '"':
                return ReadString();
            case '`':
                return ReadQuotedName('`');
            case '@':
                return ReadVariable();
            case 'n' or 'N' when Cursor.Peek(1) == '\'':
                Cursor.Position++;
                return ReadString() with { Start = start };
            case 'x' or 'X' when Cursor.Peek(1) == '\'':
                return ReadQuotedDigits(TokenKind.Bytes, "hexadecimal", char.IsAsciiHexDigit);
            case 'b' or 'B' when Cursor.Peek(1) == '\'':
                return ReadQuotedDigits(TokenKind.Bits, "bit", digit => digit is '0' or '1');
        }

        if (IsDigit(c) || (c == '.' && IsDigit(Cursor.Peek(1))))
        {
            return ReadNumber();
        }

        return IsWordCharacter(c) ? ReadWord(start) : ReadSymbol(start);
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c >= '\u0080';

    private Token ReadWord(int start)
    {
        while (!Cursor.AtEnd && IsWordCharacter(Cursor.Current) && !IsDelimiterInWord())
        {
            Cursor.Position++;
        }

        return Make(TokenKind.Word, start, Cursor.Text[start..Cursor.Position]);
    }

    /// <summary>A delimiter such as $$ consists of characters that words may hold, and yet ends them.</summary>
    private bool IsDelimiterInWord() =>
        Cursor.Current == _delimiter[0]
        && !char.IsAsciiLetterOrDigit(Cursor.Current)
        && Cursor.Rest.StartsWith(_delimiter, StringComparison.Ordinal);

    private Token ReadNumber()
    {
        var start = Cursor.Position;
        if (Cursor.Current == '0' && Cursor.Peek(1) is 'x' or 'b')
        {
            var kind = Cursor.Peek(1) == 'x' ? TokenKind.Bytes : TokenKind.Bits;
            Cursor.Position += 2;
            var word = ReadWord(Cursor.Position);
            var valid = kind == TokenKind.Bytes ? word.Text.All(char.IsAsciiHexDigit) : word.Text.All(d => d is '0' or '1');
            return word.Text.Length > 0 && valid
                ? Make(kind, start, word.Text.ToUpperInvariant())
                : Make(TokenKind.Word, start, Cursor.Text[start..Cursor.Position]);
        }

        SkipNumber();
        if (IsWordCharacter(Cursor.Current) && !IsDelimiterInWord())
        {
            // A name may begin with digits.
            return ReadWord(start);
        }

        return Make(TokenKind.Number, start, Cursor.Text[start..Cursor.Position]);
    }

    private Token ReadVariable()
    {
        var start = Cursor.Position;
        while (Cursor.Current == '@')
        {
            Cursor.Position++;
        }

        if (Cursor.Current is '\'' or '"')
        {
            ReadString();
        }
        else if (Cursor.Current == '`')
        {
            ReadQuotedName('`');
        }
        else
        {
            while (!Cursor.AtEnd && (IsWordCharacter(Cursor.Current) || Cursor.Current == '.') && !IsDelimiterInWord())
            {
                Cursor.Position++;
            }
        }

        return Make(TokenKind.Variable, start, Cursor.Text[start..Cursor.Position]);
    }

    private Token ReadSymbol(int start)
    {
        foreach (var symbol in s_operators)
        {
            if (Cursor.At(symbol))
            {
                Cursor.Position += symbol.Length;
                return Make(TokenKind.Symbol, start, symbol);
            }
        }

        Cursor.Position++;
        return Make(TokenKind.Symbol, start, Cursor.Text[start].ToString());
    }

    private Token ReadQuotedDigits(TokenKind kind, string what, Func<char, bool> isDigit)
    {
        var start = Cursor.Position++;
        var digits = ReadString().Text;
        if (!digits.All(isDigit) || (kind == TokenKind.Bytes && digits.Length % 2 != 0))
        {
            Diagnostics.Report(
                ReadingDiagnostics.Syntax, Source.Span(start, Cursor.Position - start),
                $"{TokenReader.Describe(new Token(kind, start, start, digits))} is no {what} literal");
            digits = "";
        }

        return Make(kind, start, digits.ToUpperInvariant());
    }

    private Token ReadString()
    {
        var start = Cursor.Position;
        var quote = Cursor.Current;
        SkipString(quote);
        var isClosed = Cursor.Position > start + 1 && Cursor.Text[Cursor.Position - 1] == quote;
        var inner = Cursor.Text.AsSpan(start + 1, Cursor.Position - start - (isClosed ? 2 : 1));
        return Make(TokenKind.String, start, inner.IndexOfAny(quote, '\\') < 0 ? inner.ToString() : Unescape(inner, quote));
    }

    /// <summary>Goes behind the string at whose opening quote the cursor is.</summary>
    private void SkipString(char quote)
    {
        var start = Cursor.Position++;
        while (true)
        {
            var next = Cursor.Rest.IndexOfAny(quote, '\\');
            if (next < 0)
            {
                Cursor.Position = Cursor.Text.Length;
                ReportUnterminated(start, 1, "string", quote.ToString());
                return;
            }

            Cursor.Position += next;
            if (Cursor.Current == '\\' || Cursor.Peek(1) == quote)
            {
                Cursor.Position = Math.Min(Cursor.Position + 2, Cursor.Text.Length);
            }
            else
            {
                Cursor.Position++;
                return;
            }
        }
    }

    private static string Unescape(ReadOnlySpan<char> inner, char quote)
    {
        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            var c = inner[i];
            if (c == quote)
            {
                i++;
            }
            else if (c == '\\' && i + 1 < inner.Length)
            {
                c = inner[++i];
                if (c is '%' or '_')
                {
                    // These stay escaped: only LIKE gives them a meaning.
                    text.Append('\\');
                }

                c = c switch { '0' => '\0', 'b' => '\b', 'n' => '\n', 'r' => '\r', 't' => '\t', 'Z' => '\u001a', _ => c };
            }

            text.Append(c);
        }

        return text.ToString();
    }
}
