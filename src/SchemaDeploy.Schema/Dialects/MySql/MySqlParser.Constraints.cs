using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Keys, indexes, foreign keys and checks, in a table or added to it.</summary>
internal sealed partial class MySqlParser
{
    /// <summary>What stands around the parts of a key.</summary>
    private readonly record struct KeyBody(Identifier? Name, ImmutableArray<KeyPart> Parts, bool IsHash);

    private bool AtConstraint() => Tokens.Current.Keyword switch
    {
        "CONSTRAINT" or "PRIMARY" or "UNIQUE" or "KEY" or "INDEX" or "FULLTEXT" or "SPATIAL" or "FOREIGN" or "CHECK" => true,
        "VECTOR" => Tokens.Peek(1).Is("KEY") || Tokens.Peek(1).Is("INDEX"),
        _ => false,
    };

    /// <summary>Reads a constraint or index of a table; null where it is not enforced and so not carried over.</summary>
    private ConstraintDefinition? ParseConstraint()
    {
        var first = Tokens.Current;
        Identifier? name = null;
        if (Tokens.Accept("CONSTRAINT") && !MySqlKeywords.IsReserved(Tokens.Current))
        {
            name = ParseName("a constraint name");
        }

        switch (Tokens.Current.Keyword)
        {
            case "PRIMARY":
                Tokens.Take();
                Tokens.Expect("KEY");
                return new PrimaryKeyDefinition(name, ParseKeyBody().Parts, Tokens.SpanFrom(first));
            case "UNIQUE":
                Tokens.Take();
                Tokens.AcceptAny("KEY", "INDEX");
                var unique = ParseKeyBody();
                return new UniqueDefinition(unique.Name ?? name, unique.Parts, Tokens.SpanFrom(first));
            case "FOREIGN":
                return ParseForeignKey(name, first);
            case "CHECK":
                return ParseCheck(name, first);
            case "KEY" or "INDEX" or "FULLTEXT" or "SPATIAL" or "VECTOR" when name is null:
                return ParseIndex(first);
            default:
                throw Tokens.Unexpected("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
        }
    }

    private IndexDefinition ParseIndex(Token first)
    {
        var method = Tokens.Take().Keyword switch
        {
            "FULLTEXT" => IndexMethod.FullText,
            "SPATIAL" => IndexMethod.Spatial,
            "VECTOR" => IndexMethod.Other,
            _ => IndexMethod.BTree,
        };
        if (method != IndexMethod.BTree)
        {
            Tokens.AcceptAny("KEY", "INDEX");
        }

        var body = ParseKeyBody();
        return new IndexDefinition(body.Name, body.Parts, Tokens.SpanFrom(first))
        {
            Method = body.IsHash && method == IndexMethod.BTree ? IndexMethod.Hash : method,
        };
    }

    /// <summary>[name] [USING method] (parts) options.</summary>
    private KeyBody ParseKeyBody()
    {
        AcceptIfNotExists();
        Identifier? name = null;
        if (!Tokens.AtSymbol("(") && !Tokens.At("USING") && !AtIndexType())
        {
            name = ParseName("an index name or '('");
        }

        var isHash = ParseIndexType();
        var parts = ParseKeyParts();
        return new KeyBody(name, parts, ParseIndexOptions() || isHash);
    }

    /// <summary>TYPE, an old word for USING, is also a possible name.</summary>
    private bool AtIndexType() => Tokens.At("TYPE") && !Tokens.Peek(1).IsSymbol("(");

    private bool ParseIndexType()
    {
        if (!Tokens.At("USING") && !AtIndexType())
        {
            return false;
        }

        Tokens.Take();
        return Tokens.TakeWord("BTREE or HASH").Is("HASH");
    }

    private ImmutableArray<KeyPart> ParseKeyParts()
    {
        var parts = ImmutableArray.CreateBuilder<KeyPart>();
        Tokens.ExpectSymbol("(");
        do
        {
            parts.Add(ParseKeyPart());
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
        return parts.ToImmutable();
    }

    /// <summary>
    /// A column with an optional prefix length, or an expression: MySQL wants it in parentheses of its own, but people
    /// write functions without them, and nothing else can be meant.
    /// </summary>
    private KeyPart ParseKeyPart()
    {
        var first = Tokens.Current;
        var isExpression = first.IsSymbol("(")
            || (first.Kind == TokenKind.Word && Tokens.Peek(1).IsSymbol("(") && !AtPrefixLength());
        if (isExpression)
        {
            var expression = ParseTruncating();
            return new KeyPart(expression, Tokens.SpanFrom(first)) { Descending = ParseDescending() };
        }

        var name = ParseName("a column");
        int? prefix = null;
        if (Tokens.AcceptSymbol("("))
        {
            prefix = Tokens.ExpectInt();
            Tokens.ExpectSymbol(")");
        }

        var part = new KeyPart(new ColumnExpression(name.Text), Tokens.SpanFrom(first)) { PrefixLength = prefix };
        return part with { Descending = ParseDescending() };
    }

    private bool AtPrefixLength() => Tokens.Peek(2).Kind == TokenKind.Number && Tokens.Peek(3).IsSymbol(")");

    private bool ParseDescending()
    {
        if (Tokens.Accept("DESC"))
        {
            return true;
        }

        Tokens.Accept("ASC");
        return false;
    }

    /// <summary>Options behind the parts, which concern storage; answers whether one of them chose a hash.</summary>
    private bool ParseIndexOptions()
    {
        var isHash = false;
        while (true)
        {
            switch (Tokens.Current.Keyword)
            {
                case "USING" or "TYPE":
                    isHash = ParseIndexType();
                    break;
                case "KEY_BLOCK_SIZE" or "COMMENT" or "ENGINE_ATTRIBUTE" or "SECONDARY_ENGINE_ATTRIBUTE" or "ALGORITHM"
                    or "LOCK" or "CLUSTERING" or "DISTANCE" or "M":
                    TakeOptionValue();
                    break;
                case "WITH" when Tokens.Peek(1).Is("PARSER"):
                    Tokens.AcceptAll("WITH", "PARSER");
                    Tokens.TakeWord("a parser");
                    break;
                case "NOT" when Tokens.Peek(1).Is("IGNORED"):
                    Tokens.AcceptAll("NOT", "IGNORED");
                    break;
                case "VISIBLE" or "INVISIBLE" or "IGNORED" or "CLUSTERED" or "NONCLUSTERED":
                    Tokens.Take();
                    break;
                default:
                    return isHash;
            }
        }
    }

    private ForeignKeyDefinition ParseForeignKey(Identifier? name, Token first)
    {
        Tokens.Take();
        Tokens.Expect("KEY");
        AcceptIfNotExists();
        if (!Tokens.AtSymbol("("))
        {
            var indexName = ParseName("a name or '('");
            name ??= indexName;
        }

        return ParseReferences(name, ParseColumnList(), first);
    }

    private ForeignKeyDefinition ParseReferences(Identifier? name, ImmutableArray<Identifier> columns, Token first)
    {
        Tokens.Expect("REFERENCES");
        var table = ParseObjectName("the referenced table");
        var referenced = Tokens.AtSymbol("(") ? ParseColumnList() : [];
        var (onDelete, onUpdate) = (ReferentialAction.NoAction, ReferentialAction.NoAction);
        while (true)
        {
            if (Tokens.At("MATCH"))
            {
                ParseMatch();
            }
            else if (Tokens.AcceptAll("ON", "DELETE"))
            {
                onDelete = ParseReferentialAction();
            }
            else if (Tokens.At("ON", "UPDATE") && !Tokens.Peek(2).Is("CURRENT_TIMESTAMP") && !Tokens.Peek(2).Is("NOW"))
            {
                Tokens.AcceptAll("ON", "UPDATE");
                onUpdate = ParseReferentialAction();
            }
            else
            {
                return new ForeignKeyDefinition(name, columns, table, referenced, Tokens.SpanFrom(first))
                {
                    OnDelete = onDelete,
                    OnUpdate = onUpdate,
                };
            }
        }
    }

    private void ParseMatch()
    {
        var first = Tokens.Take();
        var kind = Tokens.TakeWord("FULL, PARTIAL or SIMPLE");
        if (!kind.Is("SIMPLE"))
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), $"MATCH {kind.Keyword}", "The database ignores it too.");
        }
    }

    private CheckDefinition? ParseCheck(Identifier? name, Token first)
    {
        Tokens.Expect("CHECK");
        Tokens.ExpectSymbol("(");
        var expression = _expressions.Parse();
        Tokens.ExpectSymbol(")");
        if (Tokens.AcceptAll("NOT", "ENFORCED"))
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), "A check that is NOT ENFORCED", "It holds for no row.");
            return null;
        }

        Tokens.Accept("ENFORCED");
        return new CheckDefinition(name, expression, Tokens.SpanFrom(first));
    }

    private void ParseCreateIndex(bool ifNotExists)
    {
        var unique = Tokens.Accept("UNIQUE");
        var method = Tokens.Accept("FULLTEXT") ? IndexMethod.FullText
            : Tokens.Accept("SPATIAL") ? IndexMethod.Spatial
            : Tokens.Accept("VECTOR") ? IndexMethod.Other
            : IndexMethod.BTree;
        Tokens.Expect("INDEX");
        ifNotExists |= AcceptIfNotExists();
        var name = ParseName("an index name");
        var isHash = ParseIndexType();
        Tokens.Expect("ON");
        var table = ParseObjectName("a table name");
        var parts = ParseKeyParts();
        isHash |= ParseIndexOptions();
        var span = Tokens.SpanFrom(StatementStart);
        var index = new IndexDefinition(name, parts, span)
        {
            Unique = unique,
            Method = isHash && method == IndexMethod.BTree ? IndexMethod.Hash : method,
        };
        Statements.Add(new CreateIndex(table, index, span) { IfNotExists = ifNotExists });
    }

    private void ParseDropIndex()
    {
        var ifExists = AcceptIfExists();
        var name = ParseName("an index name");
        Tokens.Expect("ON");
        var table = ParseObjectName("a table name");
        ParseIndexOptions();
        var span = Tokens.SpanFrom(StatementStart);
        if (name.Text.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase))
        {
            Statements.Add(new AlterTable(table, [new DropConstraint(ConstraintKind.PrimaryKey, null, ifExists, span)], span));
        }
        else
        {
            Statements.Add(new DropIndex(new ObjectName(null, name.Text, name.Span), table, ifExists, span));
        }
    }
}
