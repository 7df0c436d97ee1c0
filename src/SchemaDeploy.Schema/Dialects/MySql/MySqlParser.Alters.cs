using System.Collections.Immutable;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>ALTER TABLE.</summary>
internal sealed partial class MySqlParser
{
    private void ParseAlter()
    {
        _tokens.Take();
        _tokens.AcceptAny("ONLINE", "OFFLINE");
        _tokens.Accept("IGNORE");
        if (!_tokens.Accept("TABLE"))
        {
            SkipAlter();
            return;
        }

        var ifExists = AcceptIfExists();
        var name = ParseObjectName("a table name");
        if (_tokens.Accept("WAIT"))
        {
            _tokens.ExpectInt();
        }

        _tokens.Accept("NOWAIT");
        var actions = ImmutableArray.CreateBuilder<AlterAction>();
        while (!_tokens.AtEndOfStatement)
        {
            ParseActionOrRecover(name, actions);
            if (!_tokens.AcceptSymbol(",") && !_tokens.AtEndOfStatement && !AtTableOption())
            {
                break;
            }
        }

        if (actions.Count > 0)
        {
            _statements.Add(new AlterTable(name, actions.ToImmutable(), _tokens.SpanFrom(_statementStart)) { IfExists = ifExists });
        }
    }

    private void ParseActionOrRecover(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        var mark = _tokens.Mark;
        try
        {
            ParseAction(table, actions);
            if (!_tokens.AtSymbol(",") && !_tokens.AtEndOfStatement && !StartsStatement() && !AtTableOption())
            {
                throw _tokens.Unexpected("',' or the end of the statement");
            }
        }
        catch (SyntaxException error)
        {
            _tokens.SkipItem(mark, StartsStatement);
            if (!_tokens.AtSymbol(",") || HasTooManyErrors)
            {
                throw;
            }

            Report(error);
        }
    }

    /// <summary>Table options need no comma between them.</summary>
    private bool AtTableOption() =>
        _tokens.AtAny("DEFAULT", "CHARSET", "CHARACTER", "COLLATE", "COMMENT", "AUTO_INCREMENT", "PARTITION")
        || s_storageOptions.Contains(_tokens.Current.Keyword);

    private void ParseAction(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        switch (_tokens.Current.Keyword)
        {
            case "ADD":
                ParseAdd(table, actions);
                break;
            case "MODIFY" or "CHANGE":
                actions.Add(ParseReplaceColumn());
                break;
            case "ALTER":
                if (ParseAlterPart() is { } altered)
                {
                    actions.Add(altered);
                }

                break;
            case "DROP":
                if (ParseDropPart(table) is { } dropped)
                {
                    actions.Add(dropped);
                }

                break;
            case "RENAME":
                actions.Add(ParseRenamePart());
                break;
            case "CONVERT":
                _tokens.Take();
                _tokens.Expect("TO");
                ParseTableOptions(new TableOptions());
                break;
            case "ORDER":
                _tokens.AcceptAll("ORDER", "BY");
                do
                {
                    ParseObjectName("a column");
                    _tokens.AcceptAny("ASC", "DESC");
                }
                while (_tokens.AcceptSymbol(",") && !AtTableOption());
                break;
            case "DISABLE" or "ENABLE" when _tokens.Peek(1).Is("KEYS"):
            case "DISCARD" or "IMPORT" when _tokens.Peek(1).Is("TABLESPACE"):
            case "WITH" or "WITHOUT" when _tokens.Peek(1).Is("VALIDATION"):
                _tokens.Take();
                _tokens.Take();
                break;
            case "FORCE":
                _tokens.Take();
                break;
            case "TRUNCATE" or "COALESCE" or "REORGANIZE" or "EXCHANGE" or "ANALYZE" or "CHECK" or "OPTIMIZE" or "REBUILD"
                or "REPAIR" or "REMOVE" or "UPGRADE" or "DISCARD" or "IMPORT":
                SkipPartitionAction(table);
                break;
            default:
                ParseOptionsAsActions(table, actions);
                break;
        }
    }

    private void ParseAdd(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        var mark = _tokens.Mark;
        var first = _tokens.Take();
        if (_tokens.At("PARTITION"))
        {
            SkipPartitionAction(table);
        }
        else if (_tokens.At("SYSTEM", "VERSIONING"))
        {
            _tokens.AcceptAll("SYSTEM", "VERSIONING");
            WarnNotCarriedOver(_tokens.SpanFrom(first), "System versioning", "Rows have no history.");
        }
        else if (_tokens.At("PERIOD", "FOR"))
        {
            SkipPeriod();
        }
        else if (AtConstraint())
        {
            if (ParseConstraint() is { } constraint)
            {
                actions.Add(new AddConstraint(constraint, _tokens.SpanFrom(first)));
            }
        }
        else
        {
            ParseAddColumns(mark, actions);
        }
    }

    private void ParseAddColumns(int mark, ImmutableArray<AlterAction>.Builder actions)
    {
        var first = _tokens[mark];
        _tokens.Accept("COLUMN");
        var ifNotExists = AcceptIfNotExists();
        if (!_tokens.AtSymbol("("))
        {
            var column = ParseColumn();
            var position = ParsePosition();
            actions.Add(new AddColumn(AttachComments(column, mark), _tokens.SpanFrom(first)) { Position = position, IfNotExists = ifNotExists });
            return;
        }

        var items = new TableItems();
        ParseTableItems(items);
        actions.AddRange(items.Columns.Select(c => new AddColumn(c, c.Span) { IfNotExists = ifNotExists }));
        actions.AddRange(items.Constraints.Select(c => new AddConstraint(c, c.Span)));
    }

    private ColumnPosition? ParsePosition()
    {
        if (_tokens.Accept("FIRST"))
        {
            return new ColumnPosition(null);
        }

        return _tokens.Accept("AFTER") ? new ColumnPosition(ParseName("a column")) : null;
    }

    /// <summary>MODIFY, and CHANGE, which also renames.</summary>
    private ReplaceColumn ParseReplaceColumn()
    {
        var mark = _tokens.Mark;
        var first = _tokens.Take();
        _tokens.Accept("COLUMN");
        AcceptIfExists();
        Identifier? oldName = first.Is("CHANGE") ? ParseName("a column") : null;
        var column = ParseColumn();
        var position = ParsePosition();
        return new ReplaceColumn(oldName ?? column.Name, AttachComments(column, mark), _tokens.SpanFrom(first)) { Position = position };
    }

    private SetDefault? ParseAlterPart()
    {
        var first = _tokens.Take();
        if (_tokens.AtAny("INDEX", "KEY"))
        {
            _tokens.Take();
            ParseName("an index name");
            ParseIndexOptions();
            return null;
        }

        if (_tokens.AtAny("CHECK", "CONSTRAINT"))
        {
            _tokens.Take();
            var name = ParseName("a constraint name");
            var isOff = _tokens.Accept("NOT");
            _tokens.Expect("ENFORCED");
            if (isOff)
            {
                WarnNotCarriedOver(_tokens.SpanFrom(first), $"NOT ENFORCED of '{name.Text}'", "The check stays on.");
            }

            return null;
        }

        _tokens.Accept("COLUMN");
        AcceptIfExists();
        var column = ParseName("a column");
        if (_tokens.AcceptAll("DROP", "DEFAULT"))
        {
            return new SetDefault(column, null, _tokens.SpanFrom(first));
        }

        _tokens.Expect("SET");
        if (_tokens.AcceptAny("VISIBLE", "INVISIBLE"))
        {
            WarnNotCarriedOver(_tokens.SpanFrom(first), "The visibility of a column", "Use the tag @hidden to hide it from the API.");
            return null;
        }

        _tokens.Expect("DEFAULT");
        var @default = ParseDefault();
        var isNull = @default.Expression == LiteralExpression.Null;
        return new SetDefault(column, isNull ? null : @default, _tokens.SpanFrom(first));
    }

    private AlterAction? ParseDropPart(ObjectName table)
    {
        var first = _tokens.Take();
        switch (_tokens.Current.Keyword)
        {
            case "PARTITION":
                SkipPartitionAction(table);
                return null;
            case "SYSTEM" when _tokens.Peek(1).Is("VERSIONING"):
                _tokens.AcceptAll("SYSTEM", "VERSIONING");
                return null;
            case "PERIOD" when _tokens.Peek(1).Is("FOR"):
                _tokens.AcceptAll("PERIOD", "FOR");
                ParseName("a period");
                return null;
            case "PRIMARY":
                _tokens.Take();
                _tokens.Expect("KEY");
                return new DropConstraint(ConstraintKind.PrimaryKey, null, IfExists: false, _tokens.SpanFrom(first));
            case "FOREIGN":
                _tokens.Take();
                _tokens.Expect("KEY");
                return ParseDropConstraint(ConstraintKind.ForeignKey, first);
            case "INDEX" or "KEY":
                _tokens.Take();
                return ParseDropConstraint(ConstraintKind.Index, first);
            case "CHECK":
                _tokens.Take();
                return ParseDropConstraint(ConstraintKind.Check, first);
            case "CONSTRAINT":
                _tokens.Take();
                return ParseDropConstraint(ConstraintKind.Any, first);
            default:
                _tokens.Accept("COLUMN");
                var ifExists = AcceptIfExists();
                var name = ParseName("a column");
                _tokens.AcceptAny("RESTRICT", "CASCADE");
                return new DropColumn(name, ifExists, _tokens.SpanFrom(first));
        }
    }

    private DropConstraint ParseDropConstraint(ConstraintKind kind, Token first)
    {
        var ifExists = AcceptIfExists();
        var name = ParseName("a name");
        return kind is ConstraintKind.Index or ConstraintKind.Any && name.Text.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase)
            ? new DropConstraint(ConstraintKind.PrimaryKey, null, ifExists, _tokens.SpanFrom(first))
            : new DropConstraint(kind, name, ifExists, _tokens.SpanFrom(first));
    }

    private AlterAction ParseRenamePart()
    {
        var first = _tokens.Take();
        if (_tokens.AtAny("COLUMN", "INDEX", "KEY") && !_tokens.Peek(1).EndsStatement)
        {
            var isColumn = _tokens.Take().Is("COLUMN");
            AcceptIfExists();
            var name = ParseName("a name");
            _tokens.Expect("TO");
            var newName = ParseName("the new name");
            var span = _tokens.SpanFrom(first);
            return isColumn ? new RenameColumn(name, newName, span) : new RenameConstraint(name, newName, span);
        }

        if (!_tokens.AcceptAny("TO", "AS"))
        {
            _tokens.AcceptSymbol("=");
        }

        return new RenameTo(ParseObjectName("the new name"), _tokens.SpanFrom(first));
    }

    private void ParseOptionsAsActions(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        if (_tokens.At("PARTITION", "BY"))
        {
            SkipPartitioning(table);
            return;
        }

        var first = _tokens.Current;
        var options = new TableOptions();
        if (!TryParseTableOption(options))
        {
            var nearest = first.Kind == TokenKind.Word
                ? Suggestion.For(first.Text, ["ADD", "ALTER", "CHANGE", "DROP", "MODIFY", "RENAME", .. s_storageOptions])
                : "";
            throw _tokens.Fail(first, $"expected an action of ALTER TABLE, found {TokenReader.Describe(first)}.{nearest}".TrimEnd('.'));
        }

        if (options.Comment is { } comment)
        {
            actions.Add(new SetTableComment(comment, _tokens.SpanFrom(first)));
        }

        if (options.Seed is { } seed)
        {
            actions.Add(new SetIdentitySeed(seed, _tokens.SpanFrom(first)));
        }
    }

    /// <summary>Partitions are storage; what is done to them ends with the statement.</summary>
    private void SkipPartitionAction(ObjectName table)
    {
        var first = _tokens.Current;
        while (!_tokens.AtEndOfStatement && !StartsStatement())
        {
            _tokens.Take();
        }

        WarnNotCarriedOver(_tokens.SpanFrom(first), $"The partitioning of table '{table.Name}'");
    }
}
