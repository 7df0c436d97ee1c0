using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>ALTER TABLE.</summary>
internal sealed partial class MySqlParser
{
    private void ParseAlter()
    {
        Tokens.Take();
        Tokens.AcceptAny("ONLINE", "OFFLINE");
        Tokens.Accept("IGNORE");
        if (!Tokens.Accept("TABLE"))
        {
            SkipAlter();
            return;
        }

        var ifExists = AcceptIfExists();
        var name = ParseObjectName("a table name");
        if (Tokens.Accept("WAIT"))
        {
            Tokens.ExpectInt();
        }

        Tokens.Accept("NOWAIT");
        var actions = ImmutableArray.CreateBuilder<AlterAction>();
        while (!Tokens.AtEndOfStatement)
        {
            ParseActionOrRecover(() => ParseAction(name, actions), AtTableOption);
            if (!Tokens.AcceptSymbol(",") && !Tokens.AtEndOfStatement && !AtTableOption())
            {
                break;
            }
        }

        if (actions.Count > 0)
        {
            Statements.Add(new AlterTable(name, actions.ToImmutable(), Tokens.SpanFrom(StatementStart)) { IfExists = ifExists });
        }
    }

    /// <summary>Table options need no comma between them.</summary>
    private bool AtTableOption() =>
        Tokens.AtAny("DEFAULT", "CHARSET", "CHARACTER", "COLLATE", "COMMENT", "AUTO_INCREMENT", "PARTITION")
        || s_storageOptions.Contains(Tokens.Current.Keyword);

    private void ParseAction(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        switch (Tokens.Current.Keyword)
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
                Tokens.Take();
                Tokens.Expect("TO");
                ParseTableOptions(new TableOptions());
                break;
            case "ORDER":
                Tokens.AcceptAll("ORDER", "BY");
                do
                {
                    ParseObjectName("a column");
                    Tokens.AcceptAny("ASC", "DESC");
                }
                while (Tokens.AcceptSymbol(",") && !AtTableOption());
                break;
            case "DISABLE" or "ENABLE" when Tokens.Peek(1).Is("KEYS"):
            case "DISCARD" or "IMPORT" when Tokens.Peek(1).Is("TABLESPACE"):
            case "WITH" or "WITHOUT" when Tokens.Peek(1).Is("VALIDATION"):
                Tokens.Take();
                Tokens.Take();
                break;
            case "FORCE":
                Tokens.Take();
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
        var mark = Tokens.Mark;
        var first = Tokens.Take();
        if (Tokens.At("PARTITION"))
        {
            SkipPartitionAction(table);
        }
        else if (Tokens.At("SYSTEM", "VERSIONING"))
        {
            Tokens.AcceptAll("SYSTEM", "VERSIONING");
            WarnNotCarriedOver(Tokens.SpanFrom(first), "System versioning", "Rows have no history.");
        }
        else if (Tokens.At("PERIOD", "FOR"))
        {
            SkipPeriod();
        }
        else if (AtConstraint())
        {
            if (ParseConstraint() is { } constraint)
            {
                actions.Add(new AddConstraint(constraint, Tokens.SpanFrom(first)));
            }
        }
        else
        {
            ParseAddColumns(mark, actions);
        }
    }

    private void ParseAddColumns(int mark, ImmutableArray<AlterAction>.Builder actions)
    {
        var first = Tokens[mark];
        Tokens.Accept("COLUMN");
        var ifNotExists = AcceptIfNotExists();
        if (!Tokens.AtSymbol("("))
        {
            var column = ParseColumn();
            var position = ParsePosition();
            actions.Add(new AddColumn(AttachComments(column, mark), Tokens.SpanFrom(first)) { Position = position, IfNotExists = ifNotExists });
            return;
        }

        var items = new TableItems();
        ParseTableItems(items);
        actions.AddRange(items.Columns.Select(c => new AddColumn(c, c.Span) { IfNotExists = ifNotExists }));
        actions.AddRange(items.Constraints.Select(c => new AddConstraint(c, c.Span)));
    }

    private ColumnPosition? ParsePosition()
    {
        if (Tokens.Accept("FIRST"))
        {
            return new ColumnPosition(null);
        }

        return Tokens.Accept("AFTER") ? new ColumnPosition(ParseName("a column")) : null;
    }

    /// <summary>MODIFY, and CHANGE, which also renames.</summary>
    private ReplaceColumn ParseReplaceColumn()
    {
        var mark = Tokens.Mark;
        var first = Tokens.Take();
        Tokens.Accept("COLUMN");
        AcceptIfExists();
        Identifier? oldName = first.Is("CHANGE") ? ParseName("a column") : null;
        var column = ParseColumn();
        var position = ParsePosition();
        return new ReplaceColumn(oldName ?? column.Name, AttachComments(column, mark), Tokens.SpanFrom(first)) { Position = position };
    }

    private void ParseOptionsAsActions(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        if (Tokens.At("PARTITION", "BY"))
        {
            SkipPartitioning(table);
            return;
        }

        var first = Tokens.Current;
        var options = new TableOptions();
        if (!TryParseTableOption(options))
        {
            var hint = Hint(first.Text, ["ADD", "ALTER", "CHANGE", "DROP", "MODIFY", "RENAME", .. s_storageOptions]);
            throw Tokens.Fail(first, $"expected an action of ALTER TABLE, found {TokenReader.Describe(first)}{hint}");
        }

        if (options.Comment is { } comment)
        {
            actions.Add(new SetTableComment(comment, Tokens.SpanFrom(first)));
        }

        if (options.Seed is { } seed)
        {
            actions.Add(new SetIdentitySeed(seed, Tokens.SpanFrom(first)));
        }
    }

    /// <summary>Partitions are storage; what is done to them ends with the statement.</summary>
    private void SkipPartitionAction(ObjectName table)
    {
        var first = Tokens.Current;
        while (!Tokens.AtEndOfStatement && !StartsStatement())
        {
            Tokens.Take();
        }

        WarnNotCarriedOver(Tokens.SpanFrom(first), $"The partitioning of table '{table.Name}'");
    }
}
