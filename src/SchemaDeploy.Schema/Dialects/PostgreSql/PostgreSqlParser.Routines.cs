using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Finds the end of routines and rules, which may hold semicolons of their own.</summary>
internal sealed partial class PostgreSqlParser
{
    private static readonly SkippedKind s_functions = new("function", "functions");
    private static readonly SkippedKind s_procedures = new("procedure", "procedures");
    private static readonly SkippedKind s_rules = new("rule", "rules");

    /// <summary>Passes over a routine. Its name is remembered: expressions that call it cannot leave this database.</summary>
    private void SkipRoutine(SkippedKind kind)
    {
        Tokens.Take();
        _path.CreateFunction(ParseObjectName("a name"));
        SkipBody(kind);
    }

    /// <summary>
    /// Goes to the semicolon behind the statement: not one in parentheses, as rules have them, nor one between BEGIN
    /// ATOMIC and its END.
    /// </summary>
    private void SkipBody(SkippedKind kind)
    {
        Skipped.Add(kind, Tokens.SpanOf(StatementStart));
        if (Tokens.HasSeenEndOfStatement())
        {
            SkipRest();
            return;
        }

        var (blocks, parentheses) = (0, 0);
        var previous = Tokens.Current;
        while (true)
        {
            var position = _lexer.Position;
            var token = _lexer.Next();
            if (token.Kind == TokenKind.End || (token.Kind == TokenKind.Delimiter && blocks <= 0 && parentheses <= 0))
            {
                if (blocks > 0)
                {
                    Diagnostics.Report(ReadingDiagnostics.Unterminated, Tokens.SpanOf(StatementStart), kind.One, "END");
                }

                _lexer.Restore(position);
                break;
            }

            blocks += token.Keyword switch
            {
                "ATOMIC" when previous.Is("BEGIN") => 1,
                "CASE" when blocks > 0 => 1,
                "END" when blocks > 0 => -1,
                _ => 0,
            };
            parentheses += token.IsSymbol("(") ? 1 : token.IsSymbol(")") ? -1 : 0;
            previous = token;
        }

        Tokens.Restart();
    }
}
