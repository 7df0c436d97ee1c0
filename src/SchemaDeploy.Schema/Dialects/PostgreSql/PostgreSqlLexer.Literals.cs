using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Words, numbers, strings, templates and operators.</summary>
internal sealed partial class PostgreSqlLexer
{
    private static readonly SearchValues<char> s_operatorCharacters = SearchValues.Create("+-*/<>=~!@#%^&|`?");

    /// <summary>Characters that allow an operator to end in a sign.</summary>
    private static readonly SearchValues<char> s_signAllowing = SearchValues.Create("~!@#%^&|`?");

    private Token ReadToken()
    {
        var start = Cursor.Position;
        var c = Cursor.Current;
        switch (c)
        {
            case '\'':
                return ReadString(start, BackslashEscapes);
            case '"':
                return ReadQuotedName('"');
            case 'e' or 'E' when Cursor.Peek(1) == '\'':
                Cursor.Position++;
                return ReadString(start, escapes: true);
            case 'n' or 'N' when Cursor.Peek(1) == '\'':
                Cursor.Position++;
                return ReadString(start, BackslashEscapes);
            case 'u' or 'U' when Cursor.Peek(1) == '&' && Cursor.Peek(2) is '\'' or '"':
                return ReadUnicode();
            case 'b' or 'B' when Cursor.Peek(1) == '\'':
                return ReadBits(start, digit => digit is '0' or '1', static digit => digit.ToString());
            case 'x' or 'X' when Cursor.Peek(1) == '\'':
                return ReadBits(start, char.IsAsciiHexDigit, static digit => Convert.ToString(Convert.ToInt32(digit.ToString(), 16), 2).PadLeft(4, '0'));
            case '$' when DollarMarkLength() is var length and > 0:
                return ReadDollarQuoted(length);
            case '$' when IsDigit(Cursor.Peek(1)):
                Cursor.Position++;
                return ReadWord(TokenKind.Variable, start);
        }

        if (IsDigit(c) || (c == '.' && IsDigit(Cursor.Peek(1))))
        {
            return ReadNumber();
        }

        return IsWordStart(c) ? ReadWord(TokenKind.Word, start) : ReadSymbol(start);
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= '\u0080';

    private static bool IsWordCharacter(char c) => IsWordStart(c) || char.IsAsciiDigit(c) || c == '$';

    private Token ReadWord(TokenKind kind, int start)
    {
        while (!Cursor.AtEnd && IsWordCharacter(Cursor.Current))
        {
            Cursor.Position++;
        }

        return Make(kind, start, Cursor.Text[start..Cursor.Position]);
    }

    private Token ReadNumber()
    {
        var start = Cursor.Position;
        if (Cursor.Current == '0' && char.ToLowerInvariant(Cursor.Peek(1)) is 'x' or 'o' or 'b' && char.IsAsciiHexDigit(Cursor.Peek(2)))
        {
            return ReadWholeNumber(start);
        }

        SkipNumber();
        // Digits may be grouped: 1_000_000.
        while (Cursor.Current == '_' && IsDigit(Cursor.Peek(1)) && IsDigit(Cursor.Peek(-1)))
        {
            Cursor.Position++;
            SkipNumber();
        }

        return Make(TokenKind.Number, start, Cursor.Text[start..Cursor.Position].Replace("_", "", StringComparison.Ordinal));
    }

    /// <summary>0x1F, 0o17 and 0b11.</summary>
    private Token ReadWholeNumber(int start)
    {
        var radix = char.ToLowerInvariant(Cursor.Peek(1)) switch { 'x' => 16, 'o' => 8, _ => 2 };
        Cursor.Position += 2;
        var value = BigInteger.Zero;
        for (; char.IsAsciiHexDigit(Cursor.Current) || Cursor.Current == '_'; Cursor.Position++)
        {
            if (Cursor.Current != '_' && Cursor.Position - start < 40)
            {
                value = (value * radix) + Convert.ToInt32(Cursor.Current.ToString(), 16);
            }
        }

        return Make(TokenKind.Number, start, value.ToString(CultureInfo.InvariantCulture));
    }

    private Token ReadSymbol(int start)
    {
        foreach (var symbol in (ReadOnlySpan<string>)["::", ":=", ".."])
        {
            if (Cursor.At(symbol))
            {
                Cursor.Position += symbol.Length;
                return Make(TokenKind.Symbol, start, symbol);
            }
        }

        Cursor.Position += s_operatorCharacters.Contains(Cursor.Current) ? OperatorLength() : 1;
        return Make(TokenKind.Symbol, start, Cursor.Text[start..Cursor.Position]);
    }

    /// <summary>
    /// The longest run of operator characters that begins no comment. It ends in a sign only if it holds a character
    /// that no standard operator has, so that a=-1 is a comparison.
    /// </summary>
    private int OperatorLength()
    {
        var length = 1;
        while (s_operatorCharacters.Contains(Cursor.Peek(length))
            && !(Cursor.Peek(length) == '-' && Cursor.Peek(length + 1) == '-')
            && !(Cursor.Peek(length) == '/' && Cursor.Peek(length + 1) == '*'))
        {
            length++;
        }

        var text = Cursor.Text.AsSpan(Cursor.Position, length);
        while (length > 1 && text[length - 1] is '+' or '-' && !text[..(length - 1)].ContainsAny(s_signAllowing))
        {
            length--;
        }

        return length;
    }

    private Token ReadBits(int start, Func<char, bool> isDigit, Func<char, string> toBits)
    {
        Cursor.Position++;
        var digits = ReadString(start, escapes: false).Text;
        if (!digits.All(isDigit))
        {
            Diagnostics.Report(
                ReadingDiagnostics.Syntax, Source.Span(start, Cursor.Position - start),
                $"{TokenReader.Describe(new Token(TokenKind.Bits, start, start, digits))} is no bit literal");
            digits = "";
        }

        return Make(TokenKind.Bits, start, string.Concat(digits.Select(toBits)));
    }

    private Token ReadString(int start, bool escapes)
    {
        var open = Cursor.Position;
        SkipString(escapes);
        var isClosed = Cursor.Position > open + 1 && Cursor.Text[Cursor.Position - 1] == '\'';
        var inner = Cursor.Text.AsSpan(open + 1, Cursor.Position - open - (isClosed ? 2 : 1));
        return Make(TokenKind.String, start, escapes ? Unescape(inner) : inner.ToString().Replace("''", "'", StringComparison.Ordinal));
    }

    /// <summary>Whether the quote at which the cursor is begins a string with escapes: E'…'.</summary>
    private bool IsEscapeString() => Cursor.Peek(-1) is 'e' or 'E' && !IsWordCharacter(Cursor.Peek(-2));

    /// <summary>Goes behind the string at whose opening quote the cursor is.</summary>
    private void SkipString(bool escapes)
    {
        var start = Cursor.Position++;
        while (true)
        {
            var next = escapes ? Cursor.Rest.IndexOfAny('\'', '\\') : Cursor.Rest.IndexOf('\'');
            if (next < 0)
            {
                Cursor.Position = Cursor.End;
                ReportUnterminated(start, 1, "string", "'");
                return;
            }

            Cursor.Position += next;
            if (Cursor.Current == '\\' || Cursor.Peek(1) == '\'')
            {
                Cursor.Position = Math.Min(Cursor.Position + 2, Cursor.End);
            }
            else
            {
                Cursor.Position++;
                return;
            }
        }
    }

    private static string Unescape(ReadOnlySpan<char> inner)
    {
        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            var c = inner[i];
            if (c == '\'')
            {
                i++;
            }
            else if (c == '\\' && i + 1 < inner.Length)
            {
                var (value, length) = Escaped(inner[(i + 1)..]);
                text.Append(value);
                i += length;
                continue;
            }

            text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>What the characters behind a backslash stand for, and how many of them do.</summary>
    private static (string Value, int Length) Escaped(ReadOnlySpan<char> rest)
    {
        var (digits, skipped, radix) = rest[0] switch
        {
            'x' => (2, 1, 16),
            'u' => (4, 1, 16),
            'U' => (8, 1, 16),
            >= '0' and <= '7' => (3, 0, 8),
            _ => (0, 0, 0),
        };
        var length = 0;
        while (length < digits && skipped + length < rest.Length && IsDigitOf(rest[skipped + length], radix))
        {
            length++;
        }

        if (length > 0 && (rest[0] is not ('u' or 'U') || length == digits))
        {
            return (CodePoint(Convert.ToUInt32(rest.Slice(skipped, length).ToString(), radix)), skipped + length);
        }

        return (rest[0] switch { 'b' => "\b", 'f' => "\f", 'n' => "\n", 'r' => "\r", 't' => "\t", var c => c.ToString() }, 1);
    }

    private static bool IsDigitOf(char c, int radix) => radix == 8 ? c is >= '0' and <= '7' : char.IsAsciiHexDigit(c);

    private static string CodePoint(uint value) =>
        Rune.IsValid(value) ? new Rune(value).ToString() : value <= char.MaxValue ? ((char)value).ToString() : "\uFFFD";

    /// <summary>U&amp;'\0441' and U&amp;"\0441", with the escape character that UESCAPE gives.</summary>
    private Token ReadUnicode()
    {
        var start = Cursor.Position;
        Cursor.Position += 2;
        var token = Cursor.Current == '"' ? ReadQuotedName('"') : ReadString(start, escapes: false);
        var behind = Cursor.Position;
        var escape = '\\';
        Cursor.SkipWhiteSpace();
        if (Cursor.Rest.StartsWith("UESCAPE", StringComparison.OrdinalIgnoreCase))
        {
            Cursor.Position += "UESCAPE".Length;
            Cursor.SkipWhiteSpace();
            if (Cursor.Current == '\'' && Cursor.Peek(2) == '\'')
            {
                escape = Cursor.Peek(1);
                behind = Cursor.Position + 3;
            }
        }

        Cursor.Position = behind;
        return Make(token.Kind, start, UnescapeUnicode(token.Text, escape));
    }

    private static string UnescapeUnicode(string text, char escape)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != escape || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var (skipped, digits) = text[i + 1] == '+' ? (2, 6) : (1, 4);
            if (i + skipped + digits <= text.Length
                && uint.TryParse(text.AsSpan(i + skipped, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                result.Append(CodePoint(value));
                i += skipped + digits - 1;
            }
            else
            {
                result.Append(text[++i]);
            }
        }

        return result.ToString();
    }

    /// <summary>The length of the mark that begins a dollar quote here, such as $$ or $body$, or 0.</summary>
    private int DollarMarkLength()
    {
        var length = 1;
        while (IsWordStart(Cursor.Peek(length)) || (length > 1 && IsDigit(Cursor.Peek(length))))
        {
            length++;
        }

        return Cursor.Peek(length) == '$' ? length + 1 : 0;
    }

    private Token ReadDollarQuoted(int markLength)
    {
        var start = Cursor.Position;
        var isClosed = SkipDollarQuoted(markLength);
        var end = isClosed ? Cursor.Position - markLength : Cursor.Position;
        return Make(TokenKind.String, start, Cursor.Text[(start + markLength)..end]);
    }

    private bool SkipDollarQuoted(int markLength)
    {
        var start = Cursor.Position;
        var mark = Cursor.Text.Substring(start, markLength);
        Cursor.Position += markLength;
        if (Cursor.SkipBehind(mark))
        {
            return true;
        }

        ReportUnterminated(start, markLength, "dollar quote", mark);
        return false;
    }

    /// <summary>
    /// Takes out what a tool would put the schema's name in for: @schema. of SqlRender, {schema}. and ${schema}. of
    /// installers, :schema. of psql. Where no name follows, the placeholder's own stands for it. Null where the
    /// character is no placeholder's; an empty text where all of it is left out.
    /// </summary>
    private Token? ReadTemplate()
    {
        var start = Cursor.Position;
        var open = 0;
        while (Cursor.Peek(open) is '$' or '{' && open < 3)
        {
            open++;
        }

        var isBraced = open > 0 && Cursor.Peek(open - 1) == '{';
        open = isBraced ? open : Cursor.Current is '@' or ':' ? 1 : 0;
        var quote = Cursor.Current == ':' && Cursor.Peek(1) is '\'' or '"' ? Cursor.Peek(1) : '\0';
        open += quote == '\0' ? 0 : 1;
        var length = 0;
        while (IsWordCharacter(Cursor.Peek(open + length)))
        {
            length++;
        }

        var close = open + length;
        while (isBraced ? Cursor.Peek(close) == '}' : quote != '\0' && close == open + length && Cursor.Peek(close) == quote)
        {
            close++;
        }

        var isClosed = !(isBraced || quote != '\0') || close > open + length;
        var hasName = Cursor.Peek(close) == '.';
        if (open == 0 || length == 0 || !isClosed || !IsWordStart(Cursor.Peek(open)) || (Cursor.Current == '@' && !hasName))
        {
            return null;
        }

        var name = Cursor.Text.Substring(start + open, length);
        if (_reportedTemplates.Add(name))
        {
            Diagnostics.Report(ReadingDiagnostics.TemplateVariable, Source.Span(start, close), name);
        }

        Cursor.Position += close + (hasName ? 1 : 0);
        return Make(quote == '\'' ? TokenKind.String : TokenKind.Word, start, hasName ? "" : name);
    }
}
