using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

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
            var hint = Hint(first.Text, ["ADD", "ALTER", "CHANGE", "DROP", "MODIFY", "RENAME", .. s_storageOptions]);
            throw _tokens.Fail(first, $"expected an action of ALTER TABLE, found {TokenReader.Describe(first)}{hint}");
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
