using System.Collections.Frozen;
using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>What a stretch of a batch holds.</summary>
internal enum StretchKind
{
    /// <summary>A statement that may shape the schema, for ScriptDom to read.</summary>
    Statement,

    /// <summary>INSERT, UPDATE, DELETE, MERGE.</summary>
    Data,

    /// <summary>A view.</summary>
    View,

    /// <summary>A procedure, which takes the rest of its batch.</summary>
    Procedure,

    /// <summary>A function, which takes the rest of its batch.</summary>
    Function,

    /// <summary>A trigger, which takes the rest of its batch.</summary>
    Trigger,

    /// <summary>Something too deeply nested for any parser.</summary>
    TooDeep,
}

/// <summary>One outermost statement of a batch, or a statement inside one that is not for ScriptDom.</summary>
internal readonly record struct Stretch(StretchKind Kind, int Start, int End);

/// <summary>The statements of a batch, and what inside them ScriptDom need not see.</summary>
internal sealed record SplitBatch(ImmutableArray<Stretch> Statements, ImmutableArray<Stretch> Nested);

/// <summary>
/// Finds where statements begin, which T-SQL does not mark: by the words that begin one, and what may stand before
/// them. It decides what ScriptDom is spared (data, bodies), and what is tried one by one when a batch has errors.
/// </summary>
internal sealed partial class StatementSplitter
{
    /// <summary>Deeper than any real schema, and well within the stack that ScriptDom needs.</summary>
    public const int MaxDepth = 200;

    private static readonly FrozenSet<string> s_starters = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "ALTER", "BACKUP", "BEGIN", "BREAK", "BULK", "CHECKPOINT", "CLOSE", "COMMIT", "CONTINUE", "CREATE", "DBCC", "DEALLOCATE",
        "DECLARE", "DELETE", "DENY", "DROP", "EXEC", "EXECUTE", "FETCH", "GOTO", "GRANT", "IF", "INSERT", "KILL", "MERGE",
        "OPEN", "PRINT", "RAISERROR", "RECONFIGURE", "RESTORE", "RETURN", "REVERT", "REVOKE", "ROLLBACK", "SAVE", "SELECT",
        "SET", "THROW", "TRUNCATE", "UPDATE", "USE", "WAITFOR", "WHILE");

    private static readonly FrozenSet<string> s_objects = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AGGREGATE", "APPLICATION", "ASSEMBLY", "ASYMMETRIC", "CERTIFICATE", "CLUSTERED", "COLUMNSTORE", "CREDENTIAL",
        "DATABASE", "DEFAULT", "ENDPOINT", "EVENT", "EXTERNAL", "FULLTEXT", "FUNCTION", "INDEX", "LOGIN", "MASTER",
        "NONCLUSTERED", "OR", "PARTITION", "PRIMARY", "PROC", "PROCEDURE", "ROLE", "RULE", "SCHEMA", "SECURITY", "SEQUENCE",
        "SPATIAL", "STATISTICS", "SYMMETRIC", "SYNONYM", "TABLE", "TRIGGER", "TYPE", "UNIQUE", "USER", "VIEW", "XML");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isStarter =
        s_starters.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _text;
    private readonly TSqlScanner _scanner;
    private readonly Action<int> _reportTooDeep;
    private readonly ImmutableArray<Stretch>.Builder _nested = ImmutableArray.CreateBuilder<Stretch>();
    private TSqlToken _previous;
    private TSqlToken _current;
    private TSqlToken _next;
    private bool _tooDeep;

    private StatementSplitter(string text, Action<int> reportTooDeep)
    {
        _text = text;
        _reportTooDeep = reportTooDeep;
        _scanner = new TSqlScanner(text);
        _current = _scanner.Next();
        _next = _scanner.Next();
    }

    /// <summary>Splits a batch. Nesting beyond <see cref="MaxDepth"/> is reported at its place, once a statement.</summary>
    public static SplitBatch Split(MappedText batch, DiagnosticBag diagnostics)
    {
        var splitter = new StatementSplitter(
            batch.Text,
            offset => diagnostics.Report(ReadingDiagnostics.NestedTooDeep, batch.Span(offset, 1), MaxDepth));
        var statements = ImmutableArray.CreateBuilder<Stretch>();
        while (splitter._current.Kind != TSqlTokenKind.End)
        {
            var start = splitter._current.Start;
            splitter._tooDeep = false;
            var kind = splitter.Statement(0);
            statements.Add(new Stretch(splitter._tooDeep ? StretchKind.TooDeep : kind, start, splitter._previous.End));
        }

        return new SplitBatch(statements.ToImmutable(), splitter._nested.ToImmutable());
    }

    /// <summary>Whether statements begin with the word.</summary>
    public static bool Begins(string word) => s_starters.Contains(word) || word.Equals("WITH", StringComparison.OrdinalIgnoreCase);

    /// <summary>The words that statements begin with.</summary>
    public static IEnumerable<string> Beginnings => s_starters;

    /// <summary>Takes one statement with everything that belongs to it.</summary>
    private StretchKind Statement(int depth)
    {
        if (depth > MaxDepth)
        {
            // Where the blocks end is anybody's guess, so the batch ends here.
            TooDeep();
            while (_current.Kind != TSqlTokenKind.End)
            {
                Advance();
            }

            return StretchKind.TooDeep;
        }

        if (Is("IF") || Is("WHILE"))
        {
            Advance();
            Condition(depth);
            Nested(depth);
            if (IsSemicolon() && IsWord(_next, "ELSE"))
            {
                Advance();
            }

            if (Is("ELSE"))
            {
                Advance();
                Nested(depth);
            }

            return StretchKind.Statement;
        }

        if (Is("BEGIN") && !IsOneOf(_next, "TRAN", "TRANSACTION", "DISTRIBUTED", "DIALOG", "CONVERSATION"))
        {
            Block(depth);
            return StretchKind.Statement;
        }

        return Simple(depth);
    }

    private void Nested(int depth)
    {
        if (_current.Kind == TSqlTokenKind.End)
        {
            return;
        }

        var start = _current.Start;
        var kind = Statement(depth + 1);
        if (kind != StretchKind.Statement)
        {
            _nested.Add(new Stretch(kind, start, _previous.End));
        }
    }

    private void Block(int depth)
    {
        Advance();
        var isTry = Is("TRY");
        if (isTry || Is("CATCH"))
        {
            Advance();
        }

        while (_current.Kind != TSqlTokenKind.End && !Is("END"))
        {
            var before = _current.Start;
            Nested(depth);
            if (_current.Start == before)
            {
                Advance();
            }
        }

        if (!Is("END"))
        {
            return;
        }

        Advance();
        if (Is("TRY") || Is("CATCH"))
        {
            Advance();
        }

        if (isTry && Is("BEGIN") && IsWord(_next, "CATCH"))
        {
            Block(depth);
        }
        else if (IsSemicolon())
        {
            Advance();
        }
    }

    private void Condition(int depth)
    {
        var nesting = new Nesting();
        while (_current.Kind != TSqlTokenKind.End)
        {
            if (nesting.IsOutside && (IsStarter(_current) || Is("WITH")))
            {
                return;
            }

            Enter(ref nesting, depth);
            Advance();
        }
    }

    private StretchKind Simple(int depth)
    {
        if (IsSemicolon())
        {
            Advance();
            return StretchKind.Statement;
        }

        var kind = KindOfCurrent();
        var first = _current;
        var second = _next;
        var nesting = new Nesting();
        var owed = new Owed { Source = Is("WITH") };
        do
        {
            if (nesting.IsOutside)
            {
                Settle(ref owed);
            }

            Enter(ref nesting, depth);
            Advance();
            if (IsSemicolon() && nesting.Parentheses <= 0 && kind is not (StretchKind.Procedure or StretchKind.Function or StretchKind.Trigger))
            {
                Advance();
                break;
            }
        }
        while (_current.Kind != TSqlTokenKind.End
            && (kind is StretchKind.Procedure or StretchKind.Function or StretchKind.Trigger || !Ends(first, second, nesting, owed, depth)));

        return kind;
    }

    private void Enter(ref Nesting nesting, int depth)
    {
        if (_current.Kind == TSqlTokenKind.Symbol)
        {
            var c = _text[_current.Start];
            nesting.Parentheses += c switch { '(' => 1, ')' => -1, _ => 0 };
            nesting.Prefixes = c is '-' or '+' or '~' ? nesting.Prefixes + 1 : 0;
        }
        else if (_current.Kind == TSqlTokenKind.Word)
        {
            nesting.Prefixes = Is("NOT") ? nesting.Prefixes + 1 : 0;
            if (Is("CASE"))
            {
                nesting.Cases++;
            }
            else if (Is("END") && nesting.Cases > 0)
            {
                nesting.Cases--;
            }
        }
        else
        {
            nesting.Prefixes = 0;
        }

        if (depth + nesting.Parentheses + nesting.Cases + nesting.Prefixes > MaxDepth)
        {
            TooDeep();
        }
    }

    private void TooDeep()
    {
        if (!_tooDeep)
        {
            _tooDeep = true;
            _reportTooDeep(_current.Start);
        }
    }

    private void Advance()
    {
        _previous = _current;
        _current = _next;
        _next = _scanner.Next();
    }

    private ReadOnlySpan<char> Word(TSqlToken token) =>
        token.Kind == TSqlTokenKind.Word ? _text.AsSpan(token.Start, token.End - token.Start) : [];

    private bool Is(string word) => IsWord(_current, word);

    private bool IsWord(TSqlToken token, string word) => Word(token).Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool IsOneOf(TSqlToken token, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (IsWord(token, word))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsStarter(TSqlToken token) => token.Kind == TSqlTokenKind.Word && s_isStarter.Contains(Word(token));

    private bool IsObject(TSqlToken token) => token.Kind == TSqlTokenKind.Word && s_objects.Contains(Word(token).ToString());

    private bool IsSymbol(TSqlToken token, char symbol) => token.Kind == TSqlTokenKind.Symbol && _text[token.Start] == symbol;

    private bool IsSemicolon() => IsSymbol(_current, ';');

    /// <summary>What is open at a point of a statement.</summary>
    private struct Nesting
    {
        public int Parentheses;
        public int Cases;
        public int Prefixes;

        public readonly bool IsOutside => Parentheses <= 0 && Cases == 0;
    }
}
