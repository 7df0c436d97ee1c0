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

    private bool AtConstraint() => _tokens.Current.Keyword switch
    {
        "CONSTRAINT" or "PRIMARY" or "UNIQUE" or "KEY" or "INDEX" or "FULLTEXT" or "SPATIAL" or "FOREIGN" or "CHECK" => true,
        "VECTOR" => _tokens.Peek(1).Is("KEY") || _tokens.Peek(1).Is("INDEX"),
        _ => false,
    };

    /// <summary>Reads a constraint or index of a table; null where it is not enforced and so not carried over.</summary>
    private ConstraintDefinition? ParseConstraint()
    {
        var first = _tokens.Current;
        Identifier? name = null;
        if (_tokens.Accept("CONSTRAINT") && !MySqlKeywords.IsReserved(_tokens.Current))
        {
            name = ParseName("a constraint name");
        }

        switch (_tokens.Current.Keyword)
        {
            case "PRIMARY":
                _tokens.Take();
                _tokens.Expect("KEY");
                return new PrimaryKeyDefinition(name, ParseKeyBody().Parts, _tokens.SpanFrom(first));
            case "UNIQUE":
                _tokens.Take();
                _tokens.AcceptAny("KEY", "INDEX");
                var unique = ParseKeyBody();
                return new UniqueDefinition(unique.Name ?? name, unique.Parts, _tokens.SpanFrom(first));
            case "FOREIGN":
                return ParseForeignKey(name, first);
            case "CHECK":
                return ParseCheck(name, first);
            case "KEY" or "INDEX" or "FULLTEXT" or "SPATIAL" or "VECTOR" when name is null:
                return ParseIndex(first);
            default:
                throw _tokens.Unexpected("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
        }
    }

    private IndexDefinition ParseIndex(Token first)
    {
        var method = _tokens.Take().Keyword switch
        {
            "FULLTEXT" => IndexMethod.FullText,
            "SPATIAL" => IndexMethod.Spatial,
            "VECTOR" => IndexMethod.Other,
            _ => IndexMethod.BTree,
        };
        if (method != IndexMethod.BTree)
        {
            _tokens.AcceptAny("KEY", "INDEX");
        }

        var body = ParseKeyBody();
        return new IndexDefinition(body.Name, body.Parts, _tokens.SpanFrom(first))
        {
            Method = body.IsHash && method == IndexMethod.BTree ? IndexMethod.Hash : method,
        };
    }

    /// <summary>[name] [USING method] (parts) options.</summary>
    private KeyBody ParseKeyBody()
    {
        AcceptIfNotExists();
        Identifier? name = null;
        if (!_tokens.AtSymbol("(") && !_tokens.At("USING") && !AtIndexType())
        {
            name = ParseName("an index name or '('");
        }

        var isHash = ParseIndexType();
        var parts = ParseKeyParts();
        return new KeyBody(name, parts, ParseIndexOptions() || isHash);
    }

    /// <summary>TYPE, an old word for USING, is also a possible name.</summary>
    private bool AtIndexType() => _tokens.At("TYPE") && !_tokens.Peek(1).IsSymbol("(");

    private bool ParseIndexType()
    {
        if (!_tokens.At("USING") && !AtIndexType())
        {
            return false;
        }

        _tokens.Take();
        return _tokens.TakeWord("BTREE or HASH").Is("HASH");
    }

    private ImmutableArray<KeyPart> ParseKeyParts()
    {
        var parts = ImmutableArray.CreateBuilder<KeyPart>();
        _tokens.ExpectSymbol("(");
        do
        {
            parts.Add(ParseKeyPart());
        }
        while (_tokens.AcceptSymbol(","));

        _tokens.ExpectSymbol(")");
        return parts.ToImmutable();
    }

    /// <summary>
    /// A column with an optional prefix length, or an expression: MySQL wants it in parentheses of its own, but people
    /// write functions without them, and nothing else can be meant.
    /// </summary>
    private KeyPart ParseKeyPart()
    {
        var first = _tokens.Current;
        var isExpression = first.IsSymbol("(")
            || (first.Kind == TokenKind.Word && _tokens.Peek(1).IsSymbol("(") && !AtPrefixLength());
        if (isExpression)
        {
            var expression = ParseTruncating();
            return new KeyPart(expression, _tokens.SpanFrom(first)) { Descending = ParseDescending() };
        }

        var name = ParseName("a column");
        int? prefix = null;
        if (_tokens.AcceptSymbol("("))
        {
            prefix = _tokens.ExpectInt();
            _tokens.ExpectSymbol(")");
        }

        var part = new KeyPart(new ColumnExpression(name.Text), _tokens.SpanFrom(first)) { PrefixLength = prefix };
        return part with { Descending = ParseDescending() };
    }

    private bool AtPrefixLength() => _tokens.Peek(2).Kind == TokenKind.Number && _tokens.Peek(3).IsSymbol(")");

    private bool ParseDescending()
    {
        if (_tokens.Accept("DESC"))
        {
            return true;
        }

        _tokens.Accept("ASC");
        return false;
    }

    /// <summary>Options behind the parts, which concern storage; answers whether one of them chose a hash.</summary>
    private bool ParseIndexOptions()
    {
        var isHash = false;
        while (true)
        {
            switch (_tokens.Current.Keyword)
            {
                case "USING" or "TYPE":
                    isHash = ParseIndexType();
                    break;
                case "KEY_BLOCK_SIZE" or "COMMENT" or "ENGINE_ATTRIBUTE" or "SECONDARY_ENGINE_ATTRIBUTE" or "ALGORITHM"
                    or "LOCK" or "CLUSTERING" or "DISTANCE" or "M":
                    TakeOptionValue();
                    break;
                case "WITH" when _tokens.Peek(1).Is("PARSER"):
                    _tokens.AcceptAll("WITH", "PARSER");
                    _tokens.TakeWord("a parser");
                    break;
                case "NOT" when _tokens.Peek(1).Is("IGNORED"):
                    _tokens.AcceptAll("NOT", "IGNORED");
                    break;
                case "VISIBLE" or "INVISIBLE" or "IGNORED" or "CLUSTERED" or "NONCLUSTERED":
                    _tokens.Take();
                    break;
                default:
                    return isHash;
            }
        }
    }

    private ForeignKeyDefinition ParseForeignKey(Identifier? name, Token first)
    {
        _tokens.Take();
        _tokens.Expect("KEY");
        AcceptIfNotExists();
        if (!_tokens.AtSymbol("("))
        {
            var indexName = ParseName("a name or '('");
            name ??= indexName;
        }

        return ParseReferences(name, ParseColumnList(), first);
    }

    private ForeignKeyDefinition ParseReferences(Identifier? name, ImmutableArray<Identifier> columns, Token first)
    {
        _tokens.Expect("REFERENCES");
        var table = ParseObjectName("the referenced table");
        var referenced = _tokens.AtSymbol("(") ? ParseColumnList() : [];
        var (onDelete, onUpdate) = (ReferentialAction.NoAction, ReferentialAction.NoAction);
        while (true)
        {
            if (_tokens.At("MATCH"))
            {
                ParseMatch();
            }
            else if (_tokens.AcceptAll("ON", "DELETE"))
            {
                onDelete = ParseReferentialAction();
            }
            else if (_tokens.At("ON", "UPDATE") && !_tokens.Peek(2).Is("CURRENT_TIMESTAMP") && !_tokens.Peek(2).Is("NOW"))
            {
                _tokens.AcceptAll("ON", "UPDATE");
                onUpdate = ParseReferentialAction();
            }
            else
            {
                return new ForeignKeyDefinition(name, columns, table, referenced, _tokens.SpanFrom(first))
                {
                    OnDelete = onDelete,
                    OnUpdate = onUpdate,
                };
            }
        }
    }

    private void ParseMatch()
    {
        var first = _tokens.Take();
        var kind = _tokens.TakeWord("FULL, PARTIAL or SIMPLE");
        if (!kind.Is("SIMPLE"))
        {
            WarnNotCarriedOver(_tokens.SpanFrom(first), $"MATCH {kind.Keyword}", "The database ignores it too.");
        }
    }

    private ReferentialAction ParseReferentialAction()
    {
        if (_tokens.Accept("CASCADE"))
        {
            return ReferentialAction.Cascade;
        }

        if (_tokens.AcceptAll("SET", "NULL"))
        {
            return ReferentialAction.SetNull;
        }

        if (_tokens.AcceptAll("SET", "DEFAULT"))
        {
            return ReferentialAction.SetDefault;
        }

        return _tokens.Accept("RESTRICT") || _tokens.AcceptAll("NO", "ACTION")
            ? ReferentialAction.NoAction
            : throw _tokens.Unexpected("CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION");
    }

    private CheckDefinition? ParseCheck(Identifier? name, Token first)
    {
        _tokens.Expect("CHECK");
        _tokens.ExpectSymbol("(");
        var expression = _expressions.Parse();
        _tokens.ExpectSymbol(")");
        if (_tokens.AcceptAll("NOT", "ENFORCED"))
        {
            WarnNotCarriedOver(_tokens.SpanFrom(first), "A check that is NOT ENFORCED", "It holds for no row.");
            return null;
        }

        _tokens.Accept("ENFORCED");
        return new CheckDefinition(name, expression, _tokens.SpanFrom(first));
    }

    private void ParseCreateIndex(bool ifNotExists)
    {
        var unique = _tokens.Accept("UNIQUE");
        var method = _tokens.Accept("FULLTEXT") ? IndexMethod.FullText
            : _tokens.Accept("SPATIAL") ? IndexMethod.Spatial
            : _tokens.Accept("VECTOR") ? IndexMethod.Other
            : IndexMethod.BTree;
        _tokens.Expect("INDEX");
        ifNotExists |= AcceptIfNotExists();
        var name = ParseName("an index name");
        var isHash = ParseIndexType();
        _tokens.Expect("ON");
        var table = ParseObjectName("a table name");
        var parts = ParseKeyParts();
        isHash |= ParseIndexOptions();
        var span = _tokens.SpanFrom(_statementStart);
        var index = new IndexDefinition(name, parts, span)
        {
            Unique = unique,
            Method = isHash && method == IndexMethod.BTree ? IndexMethod.Hash : method,
        };
        _statements.Add(new CreateIndex(table, index, span) { IfNotExists = ifNotExists });
    }

    private void ParseDropIndex()
    {
        var ifExists = AcceptIfExists();
        var name = ParseName("an index name");
        _tokens.Expect("ON");
        var table = ParseObjectName("a table name");
        ParseIndexOptions();
        var span = _tokens.SpanFrom(_statementStart);
        if (name.Text.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase))
        {
            _statements.Add(new AlterTable(table, [new DropConstraint(ConstraintKind.PrimaryKey, null, ifExists, span)], span));
        }
        else
        {
            _statements.Add(new DropIndex(new ObjectName(null, name.Text, name.Span), table, ifExists, span));
        }
    }
}
