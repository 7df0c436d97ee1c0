using System.Globalization;
using System.Text;

namespace SchemaDeploy.Schema.Script.Expressions;

internal enum NeutralTokenKind
{
    End,
    Word,
    QuotedName,
    Number,
    Duration,
    String,
    Binary,
    Symbol,
}

/// <summary>A token; Text is without quotes, Offset where it begins.</summary>
internal readonly record struct NeutralToken(NeutralTokenKind Kind, string Text, int Offset);

/// <summary>Cuts the neutral language into tokens.</summary>
internal sealed class NeutralExpressionLexer(string text)
{
    private static readonly string[] s_longSymbols = ["<>", "!=", "<=", ">=", "||"];
    private int _offset;

    public NeutralToken Next()
    {
        while (_offset < text.Length && char.IsWhiteSpace(text[_offset]))
        {
            _offset++;
        }

        var start = _offset;
        if (start == text.Length)
        {
            return new NeutralToken(NeutralTokenKind.End, "", start);
        }

        var c = text[start];
        if (c is '\'' or '"')
        {
            return new NeutralToken(c == '"' ? NeutralTokenKind.QuotedName : NeutralTokenKind.String, Quoted(c), start);
        }

        if (c == '0' && start + 1 < text.Length && text[start + 1] is 'x' or 'X')
        {
            _offset += 2;
            return new NeutralToken(NeutralTokenKind.Binary, Run(char.IsAsciiHexDigit).ToUpperInvariant(), start);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
        {
            var number = Number();
            return TakeUnit() is { } unit
                ? new NeutralToken(NeutralTokenKind.Duration, number + unit, start)
                : new NeutralToken(NeutralTokenKind.Number, number, start);
        }

        if (char.IsLetter(c) || c == '_')
        {
            return new NeutralToken(NeutralTokenKind.Word, Run(x => char.IsLetterOrDigit(x) || x == '_'), start);
        }

        foreach (var symbol in s_longSymbols)
        {
            if (string.CompareOrdinal(text, start, symbol, 0, symbol.Length) == 0)
            {
                _offset += symbol.Length;
                return new NeutralToken(NeutralTokenKind.Symbol, symbol == "!=" ? "<>" : symbol, start);
            }
        }

        if ("=<>|&^+-*/%(),.~".Contains(c, StringComparison.Ordinal))
        {
            _offset++;
            return new NeutralToken(NeutralTokenKind.Symbol, c.ToString(), start);
        }

        throw new NeutralExpressionException(
            string.Create(CultureInfo.InvariantCulture, $"'{c}' has no meaning here"), start);
    }

    private string Run(Func<char, bool> belongs)
    {
        var start = _offset;
        while (_offset < text.Length && belongs(text[_offset]))
        {
            _offset++;
        }

        return text[start.._offset];
    }

    private string Number()
    {
        var start = _offset;
        Run(char.IsAsciiDigit);
        if (_offset < text.Length && text[_offset] == '.')
        {
            _offset++;
            Run(char.IsAsciiDigit);
        }

        if (_offset < text.Length && text[_offset] is 'e' or 'E')
        {
            var digits = _offset + 1;
            digits += digits < text.Length && text[digits] is '+' or '-' ? 1 : 0;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                _offset = digits;
                Run(char.IsAsciiDigit);
            }
        }

        return text[start.._offset];
    }

    // The s of 60s: a letter that no word begins with.
    private char? TakeUnit()
    {
        var isUnit = _offset < text.Length && text[_offset] is 's' or 'm' or 'h' or 'd'
            && (_offset + 1 == text.Length || !(char.IsLetterOrDigit(text[_offset + 1]) || text[_offset + 1] == '_'));
        return isUnit ? text[_offset++] : null;
    }

    private string Quoted(char quote)
    {
        var start = _offset++;
        var content = new StringBuilder();
        while (_offset < text.Length)
        {
            var c = text[_offset++];
            if (c != quote)
            {
                content.Append(c);
            }
            else if (_offset < text.Length && text[_offset] == quote)
            {
                content.Append(quote);
                _offset++;
            }
            else
            {
                return content.ToString();
            }
        }

        throw new NeutralExpressionException($"the {(quote == '"' ? "name" : "text")} is never closed: {quote} is missing", start);
    }
}
