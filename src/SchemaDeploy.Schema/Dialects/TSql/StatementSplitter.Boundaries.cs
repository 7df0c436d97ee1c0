namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Which words begin a statement where, and what the statement is.</summary>
internal sealed partial class StatementSplitter
{
    private StretchKind KindOfCurrent()
    {
        if (Is("INSERT") || Is("DELETE") || Is("MERGE") || (Is("UPDATE") && !IsWord(_next, "STATISTICS"))
            || (Is("BULK") && IsWord(_next, "INSERT")))
        {
            return StretchKind.Data;
        }

        if (!Is("CREATE") && !Is("ALTER"))
        {
            return StretchKind.Statement;
        }

        var what = _next;
        if (IsWord(what, "OR"))
        {
            // CREATE OR ALTER: what it makes is two words on.
            var ahead = new TSqlScanner(_text[what.Start..Math.Min(_text.Length, what.Start + 400)]);
            ahead.Next();
            ahead.Next();
            var token = ahead.Next();
            what = token with { Start = token.Start + what.Start, End = token.End + what.Start };
        }

        return Word(what).ToString().ToUpperInvariant() switch
        {
            "PROC" or "PROCEDURE" => StretchKind.Procedure,
            "FUNCTION" => StretchKind.Function,
            "TRIGGER" => StretchKind.Trigger,
            "VIEW" => StretchKind.View,
            _ => StretchKind.Statement,
        };
    }

    /// <summary>Whether the current token begins another statement or ends the block around this one.</summary>
    private bool Ends(TSqlToken first, TSqlToken second, Nesting nesting, Owed owed, int depth)
    {
        if (_current.Kind != TSqlTokenKind.Word || IsSymbol(_previous, '.'))
        {
            return false;
        }

        // These cannot stand in parentheses, so an unclosed one ends here at the latest.
        if (!nesting.IsOutside)
        {
            return IsOneOf(_current, "CREATE", "ALTER", "DROP") && IsOneOf(_next, "TABLE", "INDEX", "VIEW", "TYPE", "SCHEMA", "UNIQUE")
                && !IsOneOf(first, "CREATE") | IsWord(second, "TABLE");
        }

        if ((Is("END") || Is("ELSE")) && depth > 0)
        {
            return true;
        }

        if (!IsStarter(_current))
        {
            return false;
        }

        if (IsWord(first, "MERGE") || (owed.Source && IsWord(first, "WITH") && IsOneOf(_current, "INSERT", "UPDATE", "DELETE", "MERGE")))
        {
            return false;
        }

        if (IsOneOf(first, "GRANT", "DENY", "REVOKE"))
        {
            return !IsSymbol(_previous, ',') && !IsOneOf(_previous, "GRANT", "DENY", "REVOKE", "WITH") && !Is("SELECT")
                && !Is("INSERT") && !Is("UPDATE") && !Is("DELETE") && !IsWord(_next, "ON");
        }

        return Word(_current).ToString().ToUpperInvariant() switch
        {
            "CREATE" => !IsWord(_previous, "FOR"),
            "ALTER" => !IsWord(_next, "COLUMN") && !IsWord(_previous, "OR"),
            "DROP" => IsObject(_next),
            "UPDATE" or "DELETE" => !IsOneOf(_previous, "ON", "FOR", "THEN", "OF", "AFTER", "BEFORE") && !IsSymbol(_previous, ','),
            "INSERT" => !IsOneOf(_previous, "THEN", "FOR", "BULK", "AFTER", "BEFORE") && !IsSymbol(_previous, ','),
            "SELECT" => !owed.Source && SelectBegins(first, second),
            "SET" => !owed.Set && SetBegins(first, second),
            "EXEC" or "EXECUTE" => !owed.Source && !IsWord(_previous, "WITH"),
            "IF" => !IsWord(_next, "EXISTS") || !(IsObject(_previous) || IsOneOf(_previous, "COLUMN", "CONSTRAINT")),
            "BEGIN" or "DECLARE" or "PRINT" or "TRUNCATE" or "WHILE" => true,
            "GRANT" or "REVOKE" => !IsWord(_previous, "WITH"),
            "FETCH" => !IsOneOf(_previous, "ROW", "ROWS"),
            "OPEN" or "CLOSE" => IsOneOf(_next, "SYMMETRIC", "MASTER") || _next.Kind is TSqlTokenKind.Word or TSqlTokenKind.Variable,
            _ => true,
        };
    }

    private bool SelectBegins(TSqlToken first, TSqlToken second) =>
        !IsOneOf(_previous, "UNION", "ALL", "EXCEPT", "INTERSECT", "AS", "FOR")
        && !(IsWord(first, "CREATE") && IsOneOf(second, "VIEW", "OR"))
        && !(IsWord(first, "ALTER") && IsWord(second, "VIEW"));

    private bool SetBegins(TSqlToken first, TSqlToken second)
    {
        if (IsOneOf(_previous, "DELETE", "UPDATE"))
        {
            return false;
        }

        return !IsWord(first, "ALTER") || (IsOneOf(second, "TABLE", "SCHEMA", "INDEX") && !IsSymbol(_next, '('));
    }

    /// <summary>INSERT is owed its rows, UPDATE its SET; the words that pay do not begin a statement.</summary>
    private void Settle(ref Owed owed)
    {
        if (Is("INSERT"))
        {
            owed.Source = true;
        }
        else if (Is("UPDATE"))
        {
            owed = new Owed { Set = true };
        }
        else if (Is("SET"))
        {
            owed.Set = false;
        }
        else if (Is("SELECT") || Is("VALUES") || Is("EXEC") || Is("EXECUTE") || Is("DELETE") || Is("MERGE"))
        {
            owed.Source = false;
        }
    }

    /// <summary>What a statement must still bring.</summary>
    private struct Owed
    {
        public bool Source;
        public bool Set;
    }
}
