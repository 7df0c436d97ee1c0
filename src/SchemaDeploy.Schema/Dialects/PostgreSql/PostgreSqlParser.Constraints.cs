using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Keys, foreign keys and checks, in a table or added to it.</summary>
internal sealed partial class PostgreSqlParser
{
    /// <summary>Set by NOT ENFORCED behind the constraint that was read last.</summary>
    private bool _isNotEnforced;

    private bool AtConstraint() => Tokens.Current.Keyword switch
    {
        "CONSTRAINT" or "PRIMARY" or "UNIQUE" or "FOREIGN" or "CHECK" => true,
        "EXCLUDE" => Tokens.Peek(1).Is("USING") || Tokens.Peek(1).IsSymbol("("),
        "NOT" => Tokens.Peek(1).Is("NULL"),
        _ => false,
    };

    /// <summary>Reads a constraint of a table; null where it is not carried over, or says that a column is required.</summary>
    private ConstraintDefinition? ParseConstraint()
    {
        var first = Tokens.Current;
        Identifier? name = Tokens.Accept("CONSTRAINT") ? ParseName("a constraint name") : null;
        switch (Tokens.Current.Keyword)
        {
            case "PRIMARY":
                Tokens.Take();
                Tokens.Expect("KEY");
                var primaryKey = ParseKeyColumns();
                ParseKeyOptions();
                return new PrimaryKeyDefinition(name, primaryKey, Tokens.SpanFrom(first));
            case "UNIQUE":
                Tokens.Take();
                var nullsNotDistinct = ParseNullsDistinct();
                var unique = ParseKeyColumns();
                ParseKeyOptions();
                return new UniqueDefinition(name, unique, Tokens.SpanFrom(first)) { NullsNotDistinct = nullsNotDistinct };
            case "FOREIGN":
                Tokens.Take();
                Tokens.Expect("KEY");
                return ParseReferences(name, ParseColumnList(), first);
            case "CHECK":
                return ParseCheck(name, first);
            case "EXCLUDE":
                return ParseExclude(name, first);
            case "NOT" when Tokens.Peek(1).Is("NULL"):
                Tokens.AcceptAll("NOT", "NULL");
                _requiredColumns.Add(ParseName("a column"));
                ParseConstraintAttributes();
                return null;
            default:
                throw Tokens.Unexpected("PRIMARY KEY, UNIQUE, FOREIGN KEY, CHECK or EXCLUDE");
        }
    }

    private ImmutableArray<KeyPart> ParseKeyColumns()
    {
        var parts = ImmutableArray.CreateBuilder<KeyPart>();
        Tokens.ExpectSymbol("(");
        do
        {
            var name = ParseName("a column");
            parts.Add(new KeyPart(new ColumnExpression(name.Text), name.Span));
            if (Tokens.AcceptAll("WITHOUT", "OVERLAPS"))
            {
                WarnNotCarriedOver(name.Span, $"WITHOUT OVERLAPS of '{name.Text}'", "The column is compared as a whole.");
            }
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
        return parts.ToImmutable();
    }

    /// <summary>NULLS [NOT] DISTINCT; answers whether nulls count as equal.</summary>
    private bool ParseNullsDistinct()
    {
        if (Tokens.AcceptAll("NULLS", "NOT", "DISTINCT"))
        {
            return true;
        }

        Tokens.AcceptAll("NULLS", "DISTINCT");
        return false;
    }

    private ImmutableArray<Identifier> ParseInclude() =>
        Tokens.Accept("INCLUDE") ? ParseColumnList() : [];

    private void ParseKeyOptions()
    {
        // Columns that a key carries along make reading faster and keep no rule.
        ParseInclude();
        SkipIndexStorage();
        ParseConstraintAttributes();
    }

    /// <summary>DEFERRABLE, NOT VALID, NO INHERIT, NOT ENFORCED; answers whether any was there.</summary>
    private bool ParseConstraintAttributes()
    {
        _isNotEnforced = false;
        var any = false;
        while (true)
        {
            var first = Tokens.Current;
            if (Tokens.AcceptAll("INITIALLY", "DEFERRED"))
            {
                _firstDeferred = _deferred++ == 0 ? Tokens.SpanFrom(first) : _firstDeferred;
            }
            else if (Tokens.AcceptAll("NOT", "ENFORCED"))
            {
                _isNotEnforced = true;
            }
            else if (!Tokens.Accept("DEFERRABLE") && !Tokens.AcceptAll("NOT", "DEFERRABLE") && !Tokens.AcceptAll("INITIALLY", "IMMEDIATE")
                && !Tokens.AcceptAll("NOT", "VALID") && !Tokens.AcceptAll("NO", "INHERIT") && !Tokens.Accept("ENFORCED"))
            {
                return any;
            }

            any = true;
        }
    }

    private CheckDefinition? ParseCheck(Identifier? name, Token first)
    {
        Tokens.Expect("CHECK");
        Tokens.ExpectSymbol("(");
        var expression = _expressions.Parse();
        Tokens.ExpectSymbol(")");
        ParseConstraintAttributes();
        if (_isNotEnforced)
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), "A check that is NOT ENFORCED", "It holds for no row.");
            return null;
        }

        return new CheckDefinition(name, expression, Tokens.SpanFrom(first));
    }

    private ForeignKeyDefinition ParseReferences(Identifier? name, ImmutableArray<Identifier> columns, Token first)
    {
        Tokens.Expect("REFERENCES");
        var table = ParseRelation("the referenced table");
        var referenced = Tokens.AtSymbol("(") ? ParseColumnList() : [];
        var (onDelete, onUpdate) = (ReferentialAction.NoAction, ReferentialAction.NoAction);
        while (true)
        {
            if (Tokens.At("MATCH"))
            {
                ParseMatch(columns.Length);
            }
            else if (Tokens.AcceptAll("ON", "DELETE"))
            {
                onDelete = ParseActionOnColumns(columns);
            }
            else if (Tokens.AcceptAll("ON", "UPDATE"))
            {
                onUpdate = ParseActionOnColumns(columns);
            }
            else if (!ParseConstraintAttributes())
            {
                return new ForeignKeyDefinition(name, columns, table, referenced, Tokens.SpanFrom(first))
                {
                    OnDelete = onDelete,
                    OnUpdate = onUpdate,
                };
            }
            else if (_isNotEnforced)
            {
                WarnNotCarriedOver(Tokens.SpanFrom(first), "NOT ENFORCED of a foreign key", "The API enforces it.");
            }
        }
    }

    /// <summary>SET NULL and SET DEFAULT may name some of the columns.</summary>
    private ReferentialAction ParseActionOnColumns(ImmutableArray<Identifier> columns)
    {
        var first = Tokens.Current;
        var action = ParseReferentialAction();
        if (action is ReferentialAction.SetNull or ReferentialAction.SetDefault && Tokens.AtSymbol("(") && ParseColumnList().Length < columns.Length)
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), "The list of columns of an action", "The action is on all columns of the foreign key.");
        }

        return action;
    }

    private void ParseMatch(int columns)
    {
        var first = Tokens.Take();
        var kind = Tokens.TakeWord("FULL, PARTIAL or SIMPLE");
        if (!kind.Is("SIMPLE") && columns > 1)
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), $"MATCH {kind.Keyword}", "A row with a null refers to nothing.");
        }
    }

    /// <summary>EXCLUDE (a WITH =, b WITH =) is a unique key; with other operators no other database has its like.</summary>
    private UniqueDefinition? ParseExclude(Identifier? name, Token first)
    {
        Tokens.Take();
        ParseIndexMethod();
        Tokens.ExpectSymbol("(");
        var parts = ImmutableArray.CreateBuilder<KeyPart>();
        var isUnique = true;
        do
        {
            parts.Add(ParseIndexPart());
            Tokens.Expect("WITH");
            isUnique &= TakeOperator() == "=";
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
        ParseInclude();
        SkipIndexStorage();
        if (Tokens.Accept("WHERE"))
        {
            isUnique = false;
            Tokens.SkipParentheses();
        }

        ParseConstraintAttributes();
        if (isUnique)
        {
            return new UniqueDefinition(name, parts.ToImmutable(), Tokens.SpanFrom(first));
        }

        WarnNotCarriedOver(
            Tokens.SpanFrom(first), name is { } given ? $"The exclusion constraint '{given.Text}'" : "An exclusion constraint",
            "Rows that it would refuse are accepted.");
        return null;
    }

    private string TakeOperator()
    {
        if (!Tokens.Accept("OPERATOR"))
        {
            return Tokens.Current.Kind == TokenKind.Symbol ? Tokens.Take().Text : throw Tokens.Unexpected("an operator");
        }

        Tokens.ExpectSymbol("(");
        while (Tokens.Peek(1).IsSymbol("."))
        {
            Tokens.Take();
            Tokens.Take();
        }

        var text = Tokens.Take().Text;
        Tokens.ExpectSymbol(")");
        return text;
    }
}
