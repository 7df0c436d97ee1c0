using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Finds the end of stored programs, whose bodies hold semicolons of their own.</summary>
internal sealed partial class MySqlParser
{
    /// <summary>Set once a program was found not to end: from then on a CREATE at the start of a line ends one.</summary>
    private bool _hasUnclosedRoutine;

    /// <summary>Passes over a stored program, or a block of which <paramref name="openBlocks"/> says that it has begun.</summary>
    private void SkipRoutine(SkippedKind kind, int openBlocks = 0)
    {
        Skipped.Add(kind, Tokens.SpanOf(StatementStart));
        if (Tokens.HasSeenEndOfStatement())
        {
            return;
        }

        var start = _lexer.Save();
        var isDelimited = _lexer.CurrentDelimiter != ";";
        if (!isDelimited || _hasUnclosedRoutine || !SkipToOwnDelimiter())
        {
            _lexer.Restore(start);
            SkipBody(kind, isDelimited, openBlocks);
        }

        Tokens.Restart();
    }

    /// <summary>Goes to the delimiter that DELIMITER set; false where the file ends before it.</summary>
    private bool SkipToOwnDelimiter()
    {
        while (true)
        {
            var state = _lexer.Save();
            var token = _lexer.Next();
            if (_lexer.CurrentDelimiter != state.Delimiter)
            {
                // The next DELIMITER ends the program as well as the delimiter does.
                EndWithoutDelimiter = state.Position;
                _lexer.Restore(state);
                return true;
            }

            if (token.Kind == TokenKind.End)
            {
                return false;
            }

            if (token.Kind == TokenKind.Delimiter && token.Text != ";")
            {
                _lexer.Restore(state);
                return true;
            }
        }
    }

    /// <summary>Goes to the semicolon behind the body by counting what opens and closes blocks.</summary>
    private void SkipBody(SkippedKind kind, bool isDelimited, int depth)
    {
        var previous = default(Token);
        MySqlLexer.State? nextCreate = null;
        while (true)
        {
            var state = _lexer.Save();
            var token = _lexer.Next();
            var isDelimiterCommand = token.Start == token.End || _lexer.CurrentDelimiter != state.Delimiter;
            if (token.Kind == TokenKind.End || (isDelimiterCommand && depth > 0))
            {
                if (depth > 0)
                {
                    ReportUnclosed(kind, "END");
                    _lexer.Restore(nextCreate ?? state);
                }

                return;
            }

            if (token.Kind == TokenKind.Delimiter && (depth <= 0 || token.Text != ";"))
            {
                _lexer.Restore(state);
                if (isDelimited && token.Text == ";" && HasStatementsBehind())
                {
                    ReportUnclosed(kind, $"the delimiter {_lexer.CurrentDelimiter}");
                }

                return;
            }

            if (depth > 0 && token.Is("CREATE") && _lexer.Source.Position(token.Start).Column == 1)
            {
                nextCreate ??= state;
                if (_hasUnclosedRoutine)
                {
                    ReportUnclosed(kind, "END");
                    _lexer.Restore(state);
                    return;
                }
            }

            depth += BlockChange(token, previous);
            previous = token;
        }
    }

    private void ReportUnclosed(SkippedKind kind, string missing)
    {
        _hasUnclosedRoutine = true;
        EndWithoutDelimiter = _lexer.Save().Position;
        var span = Tokens.SpanOf(StatementStart);
        Diagnostics.Report(ReadingDiagnostics.Unterminated, span, kind.One, missing);
        CountError(span);
    }

    /// <summary>
    /// Whether more than semicolons follows before the delimiter; a file's last statement needs no delimiter.
    /// </summary>
    private bool HasStatementsBehind()
    {
        var state = _lexer.Save();
        Token token;
        do
        {
            token = _lexer.Next();
        }
        while (token.Kind == TokenKind.Delimiter && token.Text == ";");

        _lexer.Restore(state);
        return !token.EndsStatement;
    }

    /// <summary>
    /// How a word changes the depth of blocks. Every END closes one; IF, WHILE, LOOP and REPEAT open one where a
    /// statement begins, for they are functions elsewhere.
    /// </summary>
    private static int BlockChange(Token token, Token previous) => token.Keyword switch
    {
        "BEGIN" or "CASE" => previous.Is("END") ? 0 : 1,
        "IF" or "WHILE" or "LOOP" or "REPEAT" or "FOR" => BeginsStatement(previous) ? 1 : 0,
        "END" => -1,
        _ => 0,
    };

    private static bool BeginsStatement(Token previous) =>
        previous.Kind == TokenKind.Delimiter
        || previous.IsSymbol(":")
        || previous.Keyword is "BEGIN" or "THEN" or "ELSE" or "DO" or "LOOP" or "REPEAT" or "ROW";
}
