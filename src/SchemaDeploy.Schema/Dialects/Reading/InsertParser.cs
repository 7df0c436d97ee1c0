using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>
/// Reads INSERT statements whose values are literals. What the dialects share is here: rows, SELECTs of literals, signs,
/// casts and text put together.
/// </summary>
/// <param name="tokens">The tokens of the statement.</param>
/// <param name="source">The user's file.</param>
internal abstract class InsertParser(TokenReader tokens, SourceText source)
{
    protected TokenReader Tokens { get; } = tokens;

    /// <summary>Reads the statement at the current token up to its end.</summary>
    /// <exception cref="NotLiteralException">It holds something else than literals.</exception>
    public InsertRows Parse()
    {
        var first = Tokens.Take();
        var duplicates = ParseHead(first.Is("REPLACE") ? DuplicateRows.KeepLast : DuplicateRows.Refuse);
        Tokens.Accept("INTO");
        var table = ParseTable();
        ParseBehindTable();
        var columns = Tokens.AtSymbol("(") ? ParseColumns() : (ImmutableArray<Identifier>?)null;
        ParseBehindColumns();
        var rows = ImmutableArray.CreateBuilder<DataRow>();
        if (Tokens.AcceptAny("VALUES", "VALUE"))
        {
            ParseRows(rows);
        }
        else if (Tokens.At("SELECT"))
        {
            ParseSelects(rows);
        }
        else if (Tokens.AcceptAll("DEFAULT", "VALUES"))
        {
            columns = [];
            rows.Add(new DataRow(Origin(first.Start), []));
        }
        else if (columns is null && Tokens.Accept("SET"))
        {
            columns = ParseAssignments(rows);
        }
        else if (Tokens.AtEndOfStatement)
        {
            throw Tokens.Unexpected("VALUES");
        }
        else
        {
            throw NotLiteral(Tokens.Current);
        }

        duplicates = ParseTail(duplicates);
        return new InsertRows(table, columns, rows.ToImmutable(), source, Tokens.SpanFrom(first)) { Duplicates = duplicates };
    }

    protected abstract ObjectName ParseTable();

    protected abstract Identifier ParseColumn();

    /// <summary>Where in the user's file the character of the text stands.</summary>
    protected virtual int Origin(int offset) => offset;

    /// <summary>Reads what may stand between the first word and INTO.</summary>
    protected virtual DuplicateRows ParseHead(DuplicateRows duplicates) => duplicates;

    /// <summary>Reads what may stand behind the table's name.</summary>
    protected virtual void ParseBehindTable()
    {
    }

    /// <summary>Reads what may stand behind the columns.</summary>
    protected virtual void ParseBehindColumns()
    {
    }

    /// <summary>Reads what may stand behind the rows.</summary>
    protected virtual DuplicateRows ParseTail(DuplicateRows duplicates) => duplicates;

    /// <summary>A literal that begins with a word or symbol of the dialect's own; null where none does.</summary>
    protected virtual DataValue? ParseDialectLiteral() => null;

    /// <summary>Whether an operator follows that puts text together.</summary>
    protected virtual bool AcceptConcat() => false;

    /// <summary>Reads casts and collations behind a literal.</summary>
    protected virtual DataValue ParseSuffix(DataValue value) => value;

    /// <summary>The literal as a value of a type, where the cast does not change it.</summary>
    protected virtual DataValue Cast(DataValue value, DataType type, Token at)
    {
        var isCut = value.Kind == DataValueKind.Text && type.Length < value.Text!.Length
            && type.Name.Contains("CHAR", StringComparison.OrdinalIgnoreCase);
        return isCut ? throw NotLiteral(at) : value;
    }

    protected NotLiteralException NotLiteral(Token at) => new(Tokens.SpanOf(at), $"{TokenReader.Describe(at)} is no literal value");

    protected DataValue Make(DataValueKind kind, string? text, Token at) => new(kind, text, Origin(at.Start));

    /// <summary>The name of a type as far as it says what a literal is.</summary>
    /// <param name="Name">Its last word without schema.</param>
    /// <param name="Length">The first number in parentheses.</param>
    protected readonly record struct DataType(string Name, int? Length);

    /// <summary>Reads a type; within CAST all that stands before the closing parenthesis is part of it.</summary>
    protected DataType ParseType(bool isEnclosed)
    {
        var name = Tokens.TakeWord("a type").Text;
        int? length = null;
        while (true)
        {
            if (Tokens.AcceptSymbol("."))
            {
                name = Tokens.TakeWord("a type").Text;
            }
            else if (Tokens.AtSymbol("("))
            {
                length ??= int.TryParse(Tokens.Peek(1).Text, out var number) ? number : null;
                Tokens.SkipParentheses();
            }
            else if (Tokens.AtSymbol("[") || Tokens.AtSymbol("]") || (Tokens.Current.Kind == TokenKind.Number && Tokens.Previous.IsSymbol("[")))
            {
                Tokens.Take();
            }
            else if (isEnclosed ? Tokens.Current.Kind == TokenKind.Word : Tokens.AtAny("VARYING", "PRECISION", "WITH", "WITHOUT", "TIME", "ZONE"))
            {
                Tokens.Take();
            }
            else
            {
                return new DataType(name, length);
            }
        }
    }

    private ImmutableArray<Identifier> ParseColumns()
    {
        if (Tokens.Peek(1).Is("SELECT") || Tokens.Peek(1).IsSymbol("("))
        {
            throw NotLiteral(Tokens.Peek(1));
        }

        Tokens.Take();
        var columns = ImmutableArray.CreateBuilder<Identifier>();
        if (!Tokens.AcceptSymbol(")"))
        {
            do
            {
                columns.Add(ParseColumn());
            }
            while (Tokens.AcceptSymbol(","));

            Tokens.ExpectSymbol(")");
        }

        return columns.ToImmutable();
    }

    private void ParseRows(ImmutableArray<DataRow>.Builder rows)
    {
        var values = ImmutableArray.CreateBuilder<DataValue>();
        do
        {
            Tokens.ForgetTaken();
            Tokens.Accept("ROW");
            var start = Tokens.Current;
            Tokens.ExpectSymbol("(");
            if (!Tokens.AcceptSymbol(")"))
            {
                do
                {
                    values.Add(ParseValue());
                }
                while (Tokens.AcceptSymbol(","));

                if (!Tokens.AtSymbol(")") && !Tokens.AtEndOfStatement)
                {
                    throw NotLiteral(Tokens.Current);
                }

                Tokens.ExpectSymbol(")");
            }

            rows.Add(new DataRow(Origin(start.Start), values.ToImmutable()));
            values.Clear();
        }
        while (Tokens.AcceptSymbol(","));
    }

    /// <summary>SELECT 1, 'a' UNION ALL SELECT 2, 'b': rows as people wrote them before VALUES took several.</summary>
    private void ParseSelects(ImmutableArray<DataRow>.Builder rows)
    {
        do
        {
            Tokens.ForgetTaken();
            var start = Tokens.Current;
            Tokens.Expect("SELECT");
            var values = ImmutableArray.CreateBuilder<DataValue>();
            do
            {
                values.Add(ParseValue());
                SkipAlias();
            }
            while (Tokens.AcceptSymbol(","));

            Tokens.AcceptAll("FROM", "DUAL");
            rows.Add(new DataRow(Origin(start.Start), values.ToImmutable()));
        }
        while (Tokens.AcceptAll("UNION", "ALL"));
    }

    private void SkipAlias()
    {
        if (Tokens.Accept("AS"))
        {
            Tokens.TakeWord("a name");
        }
        else if (Tokens.Current.Kind == TokenKind.QuotedName)
        {
            Tokens.Take();
        }
    }

    private ImmutableArray<Identifier> ParseAssignments(ImmutableArray<DataRow>.Builder rows)
    {
        var start = Tokens.Current;
        var columns = ImmutableArray.CreateBuilder<Identifier>();
        var values = ImmutableArray.CreateBuilder<DataValue>();
        do
        {
            columns.Add(ParseColumn());
            Tokens.ExpectSymbol("=");
            values.Add(ParseValue());
        }
        while (Tokens.AcceptSymbol(","));

        rows.Add(new DataRow(Origin(start.Start), values.ToImmutable()));
        return columns.ToImmutable();
    }

    /// <summary>Reads a literal with all that belongs to it.</summary>
    protected DataValue ParseValue()
    {
        var start = Tokens.Current;
        var value = ParseSuffix(ParseLiteral());
        if (!AcceptConcat())
        {
            return value;
        }

        var parts = new List<string>();
        do
        {
            parts.Add(TextOf(value, start));
            value = ParseSuffix(ParseLiteral());
        }
        while (AcceptConcat());

        parts.Add(TextOf(value, start));
        return Make(DataValueKind.Text, string.Concat(parts), start);
    }

    private string TextOf(DataValue value, Token start) => value.Kind == DataValueKind.Text ? value.Text! : throw NotLiteral(start);

    private DataValue ParseLiteral()
    {
        var start = Tokens.Current;
        if (ParseDialectLiteral() is { } literal)
        {
            return literal;
        }

        switch (start.Kind)
        {
            case TokenKind.String:
                return Make(DataValueKind.Text, TakeStrings(), start);
            case TokenKind.Number:
                return Make(DataValueKind.Number, Tokens.Take().Text, start);
            case TokenKind.Bytes:
                return Make(DataValueKind.Bytes, Tokens.Take().Text, start);
            case TokenKind.Bits:
                return Make(DataValueKind.Bits, Tokens.Take().Text, start);
            case TokenKind.Symbol when (start.Text is "-" or "+") && Tokens.Peek(1).Kind == TokenKind.Number:
                Tokens.Take();
                return Make(DataValueKind.Number, (start.Text == "-" ? "-" : "") + Tokens.Take().Text, start);
            case TokenKind.Symbol when start.Text == "(" && !Tokens.Peek(1).Is("SELECT"):
                Tokens.Take();
                return Enclosed(ParseValue());
            case TokenKind.Symbol when start.Text == "{" && Tokens.Peek(2).Kind == TokenKind.String:
                // ODBC's {ts '…'}.
                Tokens.Take();
                Tokens.Take();
                var text = Make(DataValueKind.Text, TakeStrings(), start);
                Tokens.ExpectSymbol("}");
                return text;
            case TokenKind.Word:
                return ParseWord(start);
            default:
                throw Tokens.AtEndOfStatement || Tokens.AtSymbol(")") || Tokens.AtSymbol(",") ? Tokens.Unexpected("a value") : NotLiteral(start);
        }
    }

    private DataValue ParseWord(Token start)
    {
        switch (start.Keyword)
        {
            case "NULL":
                Tokens.Take();
                return Make(DataValueKind.Null, null, start);
            case "DEFAULT" when !Tokens.Peek(1).IsSymbol("("):
                Tokens.Take();
                return Make(DataValueKind.Default, null, start);
            case "TRUE" or "FALSE":
                return Make(DataValueKind.Boolean, Tokens.Take().Keyword.ToLowerInvariant(), start);
            case "DATE" or "TIME" or "TIMESTAMP" or "TIMESTAMPTZ" when Tokens.Peek(1).Kind == TokenKind.String:
                Tokens.Take();
                return Make(DataValueKind.Text, TakeStrings(), start);
            case "CAST" when Tokens.Peek(1).IsSymbol("("):
                Tokens.Take();
                Tokens.Take();
                var value = ParseValue();
                if (!Tokens.Accept("AS"))
                {
                    throw NotLiteral(start);
                }

                return Enclosed(Cast(value, ParseType(isEnclosed: true), start));
            default:
                throw NotLiteral(start);
        }
    }

    /// <summary>Takes the closing parenthesis behind a literal.</summary>
    protected DataValue Enclosed(DataValue value) => Tokens.AcceptSymbol(")") ? value
        : Tokens.AtEndOfStatement ? throw Tokens.Unexpected("')'")
        : throw NotLiteral(Tokens.Current);

    /// <summary>Takes a string, and those beside it: strings side by side are one.</summary>
    protected string TakeStrings()
    {
        var text = Tokens.Take().Text;
        while (Tokens.Current.Kind == TokenKind.String)
        {
            text += Tokens.Take().Text;
        }

        return text;
    }
}
