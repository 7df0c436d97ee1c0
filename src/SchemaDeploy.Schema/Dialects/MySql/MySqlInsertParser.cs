using System.Text;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>INSERT and REPLACE as MySQL writes them.</summary>
internal sealed class MySqlInsertParser(TokenReader tokens, Func<ObjectName> parseTable, Func<Identifier> parseName)
    : InsertParser(tokens, tokens.Source)
{
    protected override ObjectName ParseTable() => parseTable();

    protected override Identifier ParseColumn()
    {
        var name = parseName();
        while (Tokens.AcceptSymbol("."))
        {
            name = parseName();
        }

        return name;
    }

    protected override DuplicateRows ParseHead(DuplicateRows duplicates)
    {
        Tokens.AcceptAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY");
        return Tokens.Accept("IGNORE") ? DuplicateRows.KeepFirst : duplicates;
    }

    protected override void ParseBehindTable()
    {
        if (Tokens.Accept("PARTITION"))
        {
            Tokens.SkipParentheses();
        }
    }

    protected override DuplicateRows ParseTail(DuplicateRows duplicates) =>
        Tokens.AtEndOfStatement ? duplicates : throw new NotLiteralException(
            Tokens.SpanOf(Tokens.Current), $"what follows its rows from {TokenReader.Describe(Tokens.Current)} on depends on rows that are there");

    protected override DataValue? ParseDialectLiteral()
    {
        var start = Tokens.Current;
        if (start.Kind != TokenKind.Word || start.Text[0] != '_' || Tokens.Peek(1).Kind is not (TokenKind.String or TokenKind.Bytes or TokenKind.Bits))
        {
            return null;
        }

        // A character set in front of a literal.
        Tokens.Take();
        return Tokens.Current.Kind switch
        {
            TokenKind.String when start.Is("_binary") => Make(DataValueKind.Bytes, Convert.ToHexString(Encoding.UTF8.GetBytes(TakeStrings())), start),
            TokenKind.String => Make(DataValueKind.Text, TakeStrings(), start),
            TokenKind.Bytes => Make(DataValueKind.Bytes, Tokens.Take().Text, start),
            _ => Make(DataValueKind.Bits, Tokens.Take().Text, start),
        };
    }

    protected override DataValue ParseSuffix(DataValue value)
    {
        if (Tokens.Accept("COLLATE"))
        {
            Tokens.TakeWord("a collation");
        }

        return value;
    }
}
