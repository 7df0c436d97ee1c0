using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>SET, as far as it says how rows are read.</summary>
internal sealed partial class MySqlParser
{
    private const string KeepsZeroMode = "NO_AUTO_VALUE_ON_ZERO";

    private bool _keepsZero;

    /// <summary>Reads the assignments of a SET; all but the session's SQL mode are passed over.</summary>
    private void ParseSet()
    {
        Tokens.Take();
        if (_inserts is null)
        {
            SkipRest();
            return;
        }

        do
        {
            var isSqlMode = AcceptSqlMode();
            var keepsZero = false;
            for (var depth = 0; !Tokens.AtEndOfStatement && (depth > 0 || !Tokens.AtSymbol(",")); Tokens.Take())
            {
                depth += Tokens.AtSymbol("(") ? 1 : Tokens.AtSymbol(")") ? -1 : 0;

                // A text, or part of one that CONCAT puts together.
                keepsZero |= Tokens.Current.Kind == TokenKind.String && Tokens.Current.Text.Contains(KeepsZeroMode, StringComparison.OrdinalIgnoreCase);
            }

            if (isSqlMode)
            {
                _keepsZero = keepsZero;
            }
        }
        while (Tokens.AcceptSymbol(","));
    }

    /// <summary>Whether the session's mode is what the value behind this is given to: sql_mode, SESSION sql_mode, @@sql_mode, @@session.sql_mode.</summary>
    private bool AcceptSqlMode()
    {
        Tokens.AcceptAny("SESSION", "LOCAL");
        var target = Tokens.Current;
        return target.Kind == TokenKind.Variable
            ? target.Text.ToUpperInvariant() is "@@SQL_MODE" or "@@SESSION.SQL_MODE" or "@@LOCAL.SQL_MODE"
            : target.Is("SQL_MODE");
    }
}
