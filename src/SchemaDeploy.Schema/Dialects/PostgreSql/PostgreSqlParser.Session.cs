using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Settings of the session that change how the file reads, and comments.</summary>
internal sealed partial class PostgreSqlParser
{
    private const string SearchPathSetting = "search_path";

    private void ParseSet()
    {
        Tokens.Take();
        Tokens.AcceptAny("SESSION", "LOCAL");
        var setting = Tokens.Current;
        if (setting.Is("SCHEMA"))
        {
            Tokens.Take();
            _path.Set([ParseText()]);
            return;
        }

        if (setting.Is(SearchPathSetting))
        {
            Tokens.Take();
            AcceptTo();
            if (Tokens.Accept("DEFAULT"))
            {
                _path.Reset();
            }
            else
            {
                _path.Set(ParseList(() => PostgreSqlKeywords.Fold(Tokens.TakeWord("a schema"))));
            }
        }
        else if (setting.Is("standard_conforming_strings"))
        {
            Tokens.Take();
            AcceptTo();
            _lexer.BackslashEscapes = Tokens.Take().Text.ToUpperInvariant() is "OFF" or "FALSE" or "0";
        }
        else
        {
            SkipRest();
        }
    }

    private void AcceptTo()
    {
        if (!Tokens.AcceptSymbol("=") && !Tokens.Accept("TO"))
        {
            throw Tokens.Unexpected("TO or '='");
        }
    }

    private void ParseReset()
    {
        if (Tokens.Peek(1).Is(SearchPathSetting) || Tokens.Peek(1).Is("ALL"))
        {
            _path.Reset();
        }

        SkipRest();
    }

    /// <summary>Queries are passed over, but dumps set the search path and the numbers of sequences by them.</summary>
    private void ParseSelect()
    {
        Tokens.Take();
        if (Tokens.At("PG_CATALOG") && Tokens.Peek(1).IsSymbol("."))
        {
            Tokens.Take();
            Tokens.Take();
        }

        if (Tokens.At("SET_CONFIG") && Tokens.Peek(1).IsSymbol("(") && Tokens.Peek(2).Text.Equals(SearchPathSetting, StringComparison.OrdinalIgnoreCase)
            && Tokens.Peek(3).IsSymbol(",") && Tokens.Peek(4).Kind == TokenKind.String)
        {
            _path.Set(Tokens.Peek(4).Text.Split(',').Select(s => s.Trim().Trim('"')));
            SkipRest();
        }
        else if (Tokens.AtAny("SET_CONFIG", "SETVAL"))
        {
            SkipRest();
        }
        else
        {
            SkipQuery();
        }
    }

    /// <summary>A query; SELECT … INTO makes a table whose columns nobody lists.</summary>
    private void SkipQuery()
    {
        var depth = 0;
        while (!Tokens.AtEndOfStatement && !StartsStatement() && !Tokens.At("FROM"))
        {
            if (depth == 0 && Tokens.Accept("INTO"))
            {
                Tokens.AcceptAny("TEMP", "TEMPORARY", "UNLOGGED");
                Tokens.Accept("TABLE");
                throw TableFromQuery(ParseObjectName("a table name"));
            }

            var token = Tokens.Take();
            depth += token.IsSymbol("(") ? 1 : token.IsSymbol(")") ? -1 : 0;
        }

        Skip(SkippedKind.Statement("SELECT"));
    }

    private void ParseComment()
    {
        Tokens.Take();
        Tokens.Expect("ON");
        switch (Tokens.Current.Keyword)
        {
            case "TABLE":
                Tokens.Take();
                var table = ParseRelation();
                Statements.Add(new SetComment(table, null, ParseCommentText(), Tokens.SpanFrom(StatementStart)));
                break;
            case "COLUMN":
                ParseColumnComment();
                break;
            default:
                // Nothing else that is commented on is kept.
                SkipRest();
                break;
        }
    }

    private void ParseColumnComment()
    {
        Tokens.Take();
        var first = Tokens.Current;
        var names = ImmutableArray.CreateBuilder<Identifier>();
        do
        {
            names.Add(Tokens.Current.Kind == TokenKind.Word ? ToName(Tokens.Take()) : ParseName("a column"));
        }
        while (Tokens.AcceptSymbol("."));

        if (names.Count < 2)
        {
            throw Tokens.Fail(first, "a column is named with its table");
        }

        var table = new ObjectName(names.Count > 2 ? names[^3].Text : null, names[^2].Text, names[^2].Span);
        Statements.Add(new SetComment(_path.FindRelation(table), names[^1], ParseCommentText(), Tokens.SpanFrom(StatementStart)));
    }

    private string? ParseCommentText()
    {
        Tokens.Expect("IS");
        return Tokens.Accept("NULL") ? null : ParseText();
    }
}
