using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>CREATE, ALTER and DROP INDEX.</summary>
internal sealed partial class PostgreSqlParser
{
    private void ParseCreateIndex()
    {
        var isUnique = Tokens.Accept("UNIQUE");
        Tokens.Expect("INDEX");
        Tokens.Accept("CONCURRENTLY");
        var ifNotExists = AcceptIfNotExists() || _isBlock;
        Identifier? name = Tokens.At("ON") ? null : ParseName("an index name");
        Tokens.Expect("ON");
        var table = ParseRelation();
        var method = ParseIndexMethod();
        var parts = ParseIndexParts();
        var include = ParseInclude();
        var nullsNotDistinct = ParseNullsDistinct();
        SkipIndexStorage();
        var filter = Tokens.Accept("WHERE") ? _expressions.Parse() : null;
        var span = Tokens.SpanFrom(StatementStart);
        var index = new IndexDefinition(name, parts, span)
        {
            Unique = isUnique,
            NullsNotDistinct = nullsNotDistinct,
            Method = method == IndexMethod.Other && parts.Any(p => p.Expression is FunctionExpression { Name: "to_tsvector" })
                ? IndexMethod.FullText
                : method,
            Filter = filter,
            Include = include,
        };
        Statements.Add(new CreateIndex(table, index, span) { IfNotExists = ifNotExists });
    }

    private IndexMethod ParseIndexMethod()
    {
        if (!Tokens.Accept("USING"))
        {
            return IndexMethod.BTree;
        }

        return ParseName("an access method").Text switch
        {
            "btree" => IndexMethod.BTree,
            "hash" => IndexMethod.Hash,
            _ => IndexMethod.Other,
        };
    }

    private ImmutableArray<KeyPart> ParseIndexParts()
    {
        Tokens.ExpectSymbol("(");
        var parts = ParseList(ParseIndexPart);
        Tokens.ExpectSymbol(")");
        return parts;
    }

    /// <summary>A column, a function call, or an expression in parentheses, with what says how it is ordered.</summary>
    private KeyPart ParseIndexPart()
    {
        var first = Tokens.Current;
        var isColumn = PostgreSqlKeywords.CanBeName(first) && !Tokens.Peek(1).IsSymbol("(") && !Tokens.Peek(1).IsSymbol(".");
        // The functions that are keywords, such as coalesce, need no parentheses either.
        var expression = isColumn ? new ColumnExpression(ParseName("a column").Text) : _expressions.ParseKeyPart();
        var part = new KeyPart(expression, Tokens.SpanFrom(first));
        if (Tokens.Accept("COLLATE"))
        {
            ParseObjectName("a collation");
        }

        if (!Tokens.AtAny("ASC", "DESC", "NULLS", "WITH") && PostgreSqlKeywords.CanBeName(Tokens.Current))
        {
            // How an operator class orders matters to the server alone.
            ParseObjectName("an operator class");
            if (Tokens.AtSymbol("("))
            {
                Tokens.SkipParentheses();
            }
        }

        var isDescending = Tokens.Accept("DESC");
        Tokens.Accept("ASC");
        if (Tokens.At("NULLS") && !Tokens.Peek(1).Is("NOT") && !Tokens.Peek(1).Is("DISTINCT"))
        {
            Tokens.Take();
            if (!Tokens.AcceptAny("FIRST", "LAST"))
            {
                throw Tokens.Unexpected("FIRST or LAST");
            }
        }

        return part with { Descending = isDescending };
    }

    private void ParseAlterIndex()
    {
        Tokens.Take();
        if (Tokens.AcceptAll("ALL", "IN", "TABLESPACE"))
        {
            SkipRest();
            return;
        }

        var ifExists = AcceptIfExists() || _isBlock;
        var name = ParseObjectName("an index name");
        if (Tokens.AcceptAll("RENAME", "TO"))
        {
            var newName = ParseName("the new name");
            Statements.Add(new RenameIndex(name, newName, ifExists, Tokens.SpanFrom(StatementStart)));
        }
        else
        {
            // Tablespaces, statistics and partitions are storage.
            SkipRest();
        }
    }

    private void ParseDropIndex()
    {
        Tokens.Accept("CONCURRENTLY");
        var ifExists = AcceptIfExists() || _isBlock;
        var names = ParseList(() => ParseObjectName("an index name"));
        AcceptCascade();
        Statements.AddRange(names.Select(name => new DropIndex(name, null, ifExists, Tokens.SpanFrom(StatementStart))));
    }
}
