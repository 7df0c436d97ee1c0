using System.Globalization;
using System.Text;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>INSERT as PostgreSQL writes it.</summary>
internal sealed class PostgreSqlInsertParser(TokenReader tokens, Func<ObjectName> parseTable, Func<Identifier> parseName)
    : InsertParser(tokens, tokens.Source)
{
    protected override ObjectName ParseTable() => parseTable();

    protected override Identifier ParseColumn() => parseName();

    protected override void ParseBehindTable()
    {
        if (Tokens.Accept("AS"))
        {
            parseName();
        }
    }

    protected override void ParseBehindColumns()
    {
        if (!Tokens.AcceptAll("OVERRIDING", "SYSTEM", "VALUE"))
        {
            Tokens.AcceptAll("OVERRIDING", "USER", "VALUE");
        }
    }

    protected override DuplicateRows ParseTail(DuplicateRows duplicates)
    {
        if (Tokens.AcceptAll("ON", "CONFLICT"))
        {
            var conflict = Tokens.Previous;
            while (!Tokens.AtEndOfStatement && !Tokens.At("DO"))
            {
                Tokens.Take();
            }

            duplicates = Tokens.AcceptAll("DO", "NOTHING") ? DuplicateRows.KeepFirst : throw new NotLiteralException(
                Tokens.SpanOf(conflict), "ON CONFLICT … DO UPDATE depends on rows that are there");
        }

        if (Tokens.At("RETURNING"))
        {
            while (!Tokens.AtEndOfStatement)
            {
                Tokens.Take();
            }
        }

        return Tokens.AtEndOfStatement ? duplicates : throw NotLiteral(Tokens.Current);
    }

    protected override DataValue? ParseDialectLiteral()
    {
        var start = Tokens.Current;
        if (start.Is("CHR") && Tokens.Peek(1).IsSymbol("(") && Tokens.Peek(3).IsSymbol(")")
            && int.TryParse(Tokens.Peek(2).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
        {
            Tokens.Take();
            Tokens.SkipParentheses();
            return Make(DataValueKind.Text, new Rune(code).ToString(), start);
        }

        if (start.Kind == TokenKind.Word && Tokens.Peek(1).Kind == TokenKind.String && start.Keyword is "INTERVAL" or "UUID" or "JSON" or "JSONB" or "BYTEA" or "BOOLEAN")
        {
            // A type in front of a string.
            Tokens.Take();
            return Make(DataValueKind.Text, TakeStrings(), start);
        }

        return null;
    }

    protected override bool AcceptConcat() => Tokens.AcceptSymbol("||");

    protected override DataValue ParseSuffix(DataValue value)
    {
        while (true)
        {
            var at = Tokens.Current;
            if (Tokens.AcceptSymbol("::"))
            {
                value = Cast(value, ParseType(isEnclosed: false), at);
            }
            else if (Tokens.Accept("COLLATE"))
            {
                parseName();
            }
            else
            {
                return value;
            }
        }
    }
}
