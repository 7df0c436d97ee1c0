using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>INSERT as T-SQL writes it.</summary>
internal sealed class TSqlInsertParser(TokenReader tokens, MappedText batch) : InsertParser(tokens, batch.Source)
{
    /// <summary>The styles of CONVERT that read dates as ISO 8601 and SQL Server's own settings do.</summary>
    private static readonly ImmutableArray<int> s_plainStyles = [0, 1, 20, 21, 23, 25, 101, 110, 111, 112, 120, 121, 126, 127];

    protected override int Origin(int offset) => batch.OriginOf(offset);

    /// <summary>A name of up to four parts, of which the last two count.</summary>
    protected override ObjectName ParseTable()
    {
        var first = Tokens.Current;
        var name = TakeName("a table name");
        string? schema = null;
        while (Tokens.AcceptSymbol("."))
        {
            schema = name.Length == 0 ? schema : name;
            name = Tokens.AtSymbol(".") ? "" : TakeName("a table name");
        }

        return new ObjectName(string.IsNullOrEmpty(schema) ? null : schema, name, Tokens.SpanFrom(first));
    }

    protected override Identifier ParseColumn()
    {
        var token = Tokens.Current;
        TakeName("a column");
        while (Tokens.AcceptSymbol("."))
        {
            token = Tokens.Current;
            TakeName("a column");
        }

        return Tokens.ToIdentifier(token);
    }

    protected override void ParseBehindTable()
    {
        if (Tokens.Accept("WITH"))
        {
            Tokens.SkipParentheses();
        }
    }

    protected override DuplicateRows ParseTail(DuplicateRows duplicates) =>
        Tokens.AtEndOfStatement ? duplicates : throw NotLiteral(Tokens.Current);

    protected override DataValue? ParseDialectLiteral()
    {
        var start = Tokens.Current;
        if (start.Kind == TokenKind.QuotedName && Tokens.Source.Text[start.Start] == '"')
        {
            // With QUOTED_IDENTIFIER OFF this is text, and nothing else can be meant where only a value can stand.
            Tokens.Take();
            return Make(DataValueKind.Text, start.Text, start);
        }

        if (start.Kind != TokenKind.Word || !Tokens.Peek(1).IsSymbol("("))
        {
            return null;
        }

        switch (start.Keyword)
        {
            case "CHAR" or "NCHAR" when Tokens.Peek(3).IsSymbol(")") && ushort.TryParse(Tokens.Peek(2).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var code):
                Tokens.Take();
                Tokens.SkipParentheses();
                return Make(DataValueKind.Text, ((char)code).ToString(), start);
            case "CONVERT":
                return ParseConvert(start);
            default:
                return null;
        }
    }

    protected override bool AcceptConcat() => Tokens.AcceptSymbol("+");

    protected override DataValue ParseSuffix(DataValue value)
    {
        if (Tokens.Accept("COLLATE"))
        {
            Tokens.TakeWord("a collation");
        }

        return value;
    }

    protected override DataValue Cast(DataValue value, DataType type, Token at)
    {
        if (value.Kind == DataValueKind.Bytes && DateBytes.Read(type.Name, value.Text!) is { } date)
        {
            return value with { Kind = DataValueKind.Text, Text = date };
        }

        if (value.Kind == DataValueKind.Text && type.Name.EndsWith("BINARY", StringComparison.OrdinalIgnoreCase))
        {
            throw NotLiteral(at);
        }

        return base.Cast(value, type, at);
    }

    /// <summary>CONVERT(type, literal, style).</summary>
    private DataValue ParseConvert(Token start)
    {
        Tokens.Take();
        Tokens.Take();
        var type = ParseType(isEnclosed: true);
        Tokens.ExpectSymbol(",");
        var value = ParseValue();
        var style = Tokens.AcceptSymbol(",") ? ParseValue().Text : "0";
        if (!int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !s_plainStyles.Contains(number))
        {
            throw NotLiteral(start);
        }

        if (number == 1 && value is { Kind: DataValueKind.Text, Text: ['0', 'x' or 'X', .. var digits] } && digits.All(char.IsAsciiHexDigit)
            && type.Name.EndsWith("BINARY", StringComparison.OrdinalIgnoreCase))
        {
            return Enclosed(value with { Kind = DataValueKind.Bytes, Text = digits.ToUpperInvariant() });
        }

        return Enclosed(Cast(value, type, start));
    }

    private string TakeName(string what) =>
        Tokens.Current.Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.Variable ? Tokens.Take().Text : throw Tokens.Unexpected(what);
}
