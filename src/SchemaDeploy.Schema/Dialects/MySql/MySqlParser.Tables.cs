using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>CREATE TABLE, DROP TABLE, RENAME TABLE.</summary>
internal sealed partial class MySqlParser
{
    /// <summary>What the parenthesised part of a CREATE TABLE holds, as far as it was read.</summary>
    private sealed class TableItems
    {
        public ImmutableArray<ColumnDefinition>.Builder Columns { get; } = ImmutableArray.CreateBuilder<ColumnDefinition>();

        public ImmutableArray<ConstraintDefinition>.Builder Constraints { get; } =
            ImmutableArray.CreateBuilder<ConstraintDefinition>();

        /// <summary>Comments behind the opening parenthesis, which are the table's.</summary>
        public ImmutableArray<SqlComment> CommentsAtOpening { get; set; } = [];
    }

    private void ParseCreateTable(bool orReplace)
    {
        var ifNotExists = AcceptIfNotExists();
        var name = ParseObjectName("a table name");
        if (orReplace)
        {
            _statements.Add(new DropTable(name, IfExists: true, name.Span));
        }

        var like = ParseLike();
        var items = new TableItems();
        var options = new TableOptions();
        if (like is null)
        {
            var hasItems = _tokens.AtSymbol("(") && !_tokens.Peek(1).Is("SELECT");
            if (hasItems)
            {
                ParseTableItems(items);
            }

            ParseTableOptions(options);
            SkipPartitioning(name);
            SkipQuery(name, items);
            if (!hasItems)
            {
                throw _tokens.Unexpected("'(' and the columns");
            }
        }

        var columns = items.Columns.Select(c => options.Seed is { } seed && c.Identity is not null
            ? c with { Identity = c.Identity with { Seed = seed } }
            : c);
        _statements.Add(new CreateTable(name, [.. columns], items.Constraints.ToImmutable(), _tokens.SpanFrom(_statementStart))
        {
            IfNotExists = ifNotExists,
            Like = like,
            Comment = options.Comment,
            Collation = options.Collation,
            Comments = [.. _comments.Above(_statementStart.Start, _previousEnd), .. items.CommentsAtOpening],
        });
    }

    /// <summary>LIKE other, in parentheses or without.</summary>
    private ObjectName? ParseLike()
    {
        var isParenthesised = _tokens.AtSymbol("(") && _tokens.Peek(1).Is("LIKE");
        if (isParenthesised)
        {
            _tokens.Take();
        }

        if (!_tokens.Accept("LIKE"))
        {
            return null;
        }

        var like = ParseObjectName("a table name");
        if (isParenthesised)
        {
            _tokens.ExpectSymbol(")");
        }

        return like;
    }

    private void ParseTableItems(TableItems items)
    {
        var opening = _tokens.Take();
        items.CommentsAtOpening = _comments.Behind(opening.End, _tokens.Current.Start);
        do
        {
            var mark = _tokens.Mark;
            try
            {
                ParseTableItem(items);
            }
            catch (SyntaxException error)
            {
                _tokens.SkipItem(mark, StartsStatement);
                if ((!_tokens.AtSymbol(",") && !_tokens.AtSymbol(")")) || HasTooManyErrors)
                {
                    throw;
                }

                Report(error);
            }
        }
        while (_tokens.AcceptSymbol(","));

        _tokens.ExpectSymbol(")");
    }

    private void ParseTableItem(TableItems items)
    {
        if (AtConstraint())
        {
            if (ParseConstraint() is { } constraint)
            {
                items.Constraints.Add(constraint);
            }
        }
        else if (_tokens.At("PERIOD", "FOR"))
        {
            SkipPeriod();
        }
        else
        {
            var mark = _tokens.Mark;
            items.Columns.Add(AttachComments(ParseColumn(), mark));
        }

        if (!_tokens.AtSymbol(",") && !_tokens.AtSymbol(")"))
        {
            throw _tokens.Unexpected("',' or ')'");
        }
    }

    /// <summary>MariaDB's PERIOD FOR name (from, to).</summary>
    private void SkipPeriod()
    {
        var first = _tokens.Current;
        _tokens.AcceptAll("PERIOD", "FOR");
        ParseName("a period");
        _tokens.SkipParentheses();
        WarnNotCarriedOver(_tokens.SpanFrom(first), "The period of the table", "Rows have no history.");
    }

    private void SkipPartitioning(ObjectName table)
    {
        if (!_tokens.At("PARTITION", "BY"))
        {
            return;
        }

        var first = _tokens.Current;
        while (!_tokens.AtEndOfStatement && !StartsStatement() && !_tokens.AtAny("AS", "SELECT"))
        {
            if (_tokens.AtSymbol("("))
            {
                _tokens.SkipParentheses();
            }
            else
            {
                _tokens.Take();
            }
        }

        WarnNotCarriedOver(_tokens.SpanFrom(first), $"The partitioning of table '{table.Name}'");
    }

    /// <summary>The query of CREATE TABLE … SELECT, which may add columns and always adds rows.</summary>
    private void SkipQuery(ObjectName table, TableItems items)
    {
        var first = _tokens.Current;
        _tokens.AcceptAny("IGNORE", "REPLACE");
        _tokens.Accept("AS");
        if (!_tokens.AtAny("SELECT", "WITH", "TABLE", "VALUES") && !_tokens.AtSymbol("("))
        {
            _tokens.Reset(_tokens.Mark - (_tokens.Current.Start == first.Start ? 0 : 1));
            return;
        }

        SkipRest();
        if (items.Columns.Count == 0)
        {
            throw new SyntaxException(MySqlDiagnostics.TableFromQuery, table.Span, table.Name);
        }

        WarnNotCarriedOver(_tokens.SpanOf(first), $"The query of table '{table.Name}'", "Only the listed columns are known.");
    }

    private void ParseDropTable()
    {
        var ifExists = AcceptIfExists();
        do
        {
            var name = ParseObjectName("a table name");
            _statements.Add(new DropTable(name, ifExists, _tokens.SpanFrom(_statementStart)));
        }
        while (_tokens.AcceptSymbol(","));

        _tokens.AcceptAny("RESTRICT", "CASCADE");
    }

    private void ParseRename()
    {
        _tokens.Take();
        if (!_tokens.AcceptAny("TABLE", "TABLES"))
        {
            Skip(SkippedKind.Statement($"RENAME {_tokens.Current.Keyword}"));
            return;
        }

        var ifExists = AcceptIfExists();
        do
        {
            var first = _tokens.Current;
            var name = ParseObjectName("a table name");
            _tokens.Expect("TO");
            var newName = ParseObjectName("the new name");
            var span = _tokens.SpanFrom(first);
            _statements.Add(ifExists
                ? new AlterTable(name, [new RenameTo(newName, span)], span) { IfExists = true }
                : new RenameTable(name, newName, span));
        }
        while (_tokens.AcceptSymbol(","));
    }
}
