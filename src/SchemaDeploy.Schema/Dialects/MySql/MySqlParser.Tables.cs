using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>CREATE TABLE, DROP TABLE, RENAME TABLE.</summary>
internal sealed partial class MySqlParser
{
    private void ParseCreateTable(bool orReplace)
    {
        var ifNotExists = AcceptIfNotExists();
        var name = ParseObjectName("a table name");
        if (orReplace)
        {
            Statements.Add(new DropTable(name, IfExists: true, name.Span));
        }

        var like = ParseLike();
        var items = new TableItems();
        var options = new TableOptions();
        if (like is null)
        {
            var hasItems = Tokens.AtSymbol("(") && !Tokens.Peek(1).Is("SELECT");
            if (hasItems)
            {
                ParseTableItems(items);
            }

            ParseTableOptions(options);
            SkipPartitioning(name);
            SkipQuery(name, items);
            if (!hasItems)
            {
                throw Tokens.Unexpected("'(' and the columns");
            }
        }

        var columns = items.Columns.Select(c => options.Seed is { } seed && c.Identity is not null
            ? c with { Identity = c.Identity with { Seed = seed } }
            : c);
        Statements.Add(new CreateTable(name, [.. columns], items.Constraints.ToImmutable(), Tokens.SpanFrom(StatementStart))
        {
            IfNotExists = ifNotExists,
            Templates = like is null ? [] : [new TableTemplate(like, 0, like.Span)],
            Comment = options.Comment,
            Collation = options.Collation,
            Comments = [.. CommentsAbove(), .. items.CommentsAtOpening],
        });
    }

    /// <summary>LIKE other, in parentheses or without.</summary>
    private ObjectName? ParseLike()
    {
        var isParenthesised = Tokens.AtSymbol("(") && Tokens.Peek(1).Is("LIKE");
        if (isParenthesised)
        {
            Tokens.Take();
        }

        if (!Tokens.Accept("LIKE"))
        {
            return null;
        }

        var like = ParseObjectName("a table name");
        if (isParenthesised)
        {
            Tokens.ExpectSymbol(")");
        }

        return like;
    }

    protected override void ParseTableItem(TableItems items)
    {
        if (AtConstraint())
        {
            if (ParseConstraint() is { } constraint)
            {
                items.Constraints.Add(constraint);
            }
        }
        else if (Tokens.At("PERIOD", "FOR"))
        {
            SkipPeriod();
        }
        else
        {
            var mark = Tokens.Mark;
            items.Columns.Add(AttachComments(ParseColumn(), mark));
        }
    }

    /// <summary>MariaDB's PERIOD FOR name (from, to).</summary>
    private void SkipPeriod()
    {
        var first = Tokens.Current;
        Tokens.AcceptAll("PERIOD", "FOR");
        ParseName("a period");
        Tokens.SkipParentheses();
        WarnNotCarriedOver(Tokens.SpanFrom(first), "The period of the table", "Rows have no history.");
    }

    private void SkipPartitioning(ObjectName table)
    {
        if (!Tokens.At("PARTITION", "BY"))
        {
            return;
        }

        var first = Tokens.Current;
        while (!Tokens.AtEndOfStatement && !StartsStatement() && !Tokens.AtAny("AS", "SELECT"))
        {
            if (Tokens.AtSymbol("("))
            {
                Tokens.SkipParentheses();
            }
            else
            {
                Tokens.Take();
            }
        }

        WarnNotCarriedOver(Tokens.SpanFrom(first), $"The partitioning of table '{table.Name}'");
    }

    /// <summary>The query of CREATE TABLE … SELECT, which may add columns and always adds rows.</summary>
    private void SkipQuery(ObjectName table, TableItems items)
    {
        var first = Tokens.Current;
        Tokens.AcceptAny("IGNORE", "REPLACE");
        Tokens.Accept("AS");
        if (!Tokens.AtAny("SELECT", "WITH", "TABLE", "VALUES") && !Tokens.AtSymbol("("))
        {
            Tokens.Reset(Tokens.Mark - (Tokens.Current.Start == first.Start ? 0 : 1));
            return;
        }

        SkipRest();
        if (items.Columns.Count == 0)
        {
            throw new SyntaxException(MySqlDiagnostics.TableFromQuery, table.Span, table.Name);
        }

        WarnNotCarriedOver(Tokens.SpanOf(first), $"The query of table '{table.Name}'", "Only the listed columns are known.");
    }

    private void ParseDropTable()
    {
        var ifExists = AcceptIfExists();
        do
        {
            var name = ParseObjectName("a table name");
            Statements.Add(new DropTable(name, ifExists, Tokens.SpanFrom(StatementStart)));
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.AcceptAny("RESTRICT", "CASCADE");
    }

    private void ParseRename()
    {
        Tokens.Take();
        if (!Tokens.AcceptAny("TABLE", "TABLES"))
        {
            Skip(SkippedKind.Statement($"RENAME {Tokens.Current.Keyword}"));
            return;
        }

        var ifExists = AcceptIfExists();
        do
        {
            var first = Tokens.Current;
            var name = ParseObjectName("a table name");
            Tokens.Expect("TO");
            var newName = ParseObjectName("the new name");
            var span = Tokens.SpanFrom(first);
            Statements.Add(ifExists
                ? new AlterTable(name, [new RenameTo(newName, span)], span) { IfExists = true }
                : new RenameTable(name, newName, span));
        }
        while (Tokens.AcceptSymbol(","));
    }
}
