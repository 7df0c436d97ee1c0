using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>
/// DO blocks. Migration tools put statements that may be run twice into them: behind IF NOT EXISTS (…) THEN, or before
/// EXCEPTION WHEN duplicate_object. Such statements are carried out where what they make is not there yet.
/// </summary>
internal sealed partial class PostgreSqlParser
{
    private static readonly SkippedKind s_blocks = new("DO block", "DO blocks");
    private static readonly SkippedKind s_conditional =
        new("statement under a condition in a DO block", "statements under a condition in DO blocks");

    /// <summary>How many IFs are open whose condition cannot be judged.</summary>
    private int _unknownConditions;
    private bool _isInHandler;

    private void ParseDo()
    {
        Tokens.Take();
        var language = "plpgsql";
        Token? code = null;
        while (!Tokens.AtEndOfStatement && !StartsStatement())
        {
            if (Tokens.Accept("LANGUAGE"))
            {
                language = Tokens.TakeWord("a language").Text;
            }
            else
            {
                code = Tokens.Current.Kind == TokenKind.String ? Tokens.Take() : throw Tokens.Unexpected("the code of the block in quotes");
            }
        }

        if (code is { } token && language.Equals("plpgsql", StringComparison.OrdinalIgnoreCase)
            && Tokens.Source.Text[token.Start] == '$' && ReadBlock(token))
        {
            return;
        }

        Skipped.Add(s_blocks, Tokens.SpanOf(StatementStart));
    }

    /// <summary>Reads the statements of the block; whether there were any that shape tables.</summary>
    private bool ReadBlock(Token code)
    {
        var mark = (code.End - code.Start - code.Text.Length) / 2;
        var lexer = new PostgreSqlLexer(Tokens.Source, code.Start + mark, code.End - mark, Diagnostics);
        var block = new PostgreSqlParser(lexer, _path, readsData: false, Diagnostics, isBlock: true);
        block.ParsePart(this);
        return block.Statements.Count > 0;
    }

    private void ParseBlockStatement()
    {
        while (SkipBlockWord())
        {
            BeginInnerStatement();
        }

        switch (Tokens.Current.Keyword)
        {
            case "CREATE" or "ALTER" or "DROP" or "COMMENT" when _isInHandler || _unknownConditions > 0:
                if (!_isInHandler)
                {
                    Skipped.Add(s_conditional, Tokens.SpanOf(Tokens.Current));
                }

                SkipRest();
                break;
            case "CREATE" or "ALTER" or "DROP" or "COMMENT":
                ParseDefinition();
                break;
            default:
                // What a block computes and raises makes no table.
                SkipRest();
                break;
        }
    }

    /// <summary>Goes behind the words that begin or end a part of a block, before the statement that follows them.</summary>
    private bool SkipBlockWord()
    {
        switch (Tokens.Current.Keyword)
        {
            case "BEGIN" or "LOOP":
                Tokens.Take();
                return true;
            case "IF" or "ELSIF" or "ELSEIF":
                SkipCondition();
                return true;
            case "ELSE":
                Tokens.Take();
                CloseCondition();
                OpenCondition(isKnown: false);
                return true;
            case "EXCEPTION":
                Tokens.Take();
                _isInHandler = true;
                return true;
            case "WHEN" when _isInHandler:
                SkipToThen();
                return true;
            case "END":
                Tokens.Take();
                if (Tokens.At("IF"))
                {
                    CloseCondition();
                }
                else
                {
                    _isInHandler = false;
                }

                return false;
            default:
                return false;
        }
    }

    private void SkipCondition()
    {
        if (!Tokens.Take().Is("IF"))
        {
            CloseCondition();
        }

        // "Not there yet" is what the statements themselves are asked to look at.
        var isGuard = Tokens.At("NOT", "EXISTS");
        SkipToThen();
        OpenCondition(isGuard);
    }

    private void SkipToThen()
    {
        while (!Tokens.AtEndOfStatement && !Tokens.Accept("THEN"))
        {
            Tokens.Take();
        }
    }

    private void OpenCondition(bool isKnown)
    {
        if (_unknownConditions > 0 || !isKnown)
        {
            _unknownConditions++;
        }
    }

    private void CloseCondition() => _unknownConditions = Math.Max(0, _unknownConditions - 1);
}
