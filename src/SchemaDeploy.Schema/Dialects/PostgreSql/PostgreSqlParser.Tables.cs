using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>CREATE TABLE, DROP TABLE.</summary>
internal sealed partial class PostgreSqlParser
{
    private static readonly SkippedKind s_partitions = new("partition", "partitions");

    private readonly List<TableTemplate> _templates = [];
    private readonly List<Identifier> _requiredColumns = [];

    private void ParseCreateTable()
    {
        Tokens.Take();
        var ifNotExists = AcceptIfNotExists();
        var name = _path.CreateRelation(ParseObjectName("a table name"));
        if (Tokens.AcceptAll("PARTITION", "OF"))
        {
            SkipPartition(name);
            return;
        }

        var comments = CommentsAbove();
        _templates.Clear();
        _requiredColumns.Clear();
        var items = new TableItems();
        if (Tokens.Accept("OF"))
        {
            AddComposite(items);
        }

        if (!Tokens.AtSymbol("(") && items.Columns.Count == 0)
        {
            throw Tokens.At("AS") ? TableFromQuery(name) : Tokens.Unexpected("'(' and the columns");
        }

        ParseItems(items);
        ParseTableOptions(name);
        if (Tokens.At("AS"))
        {
            throw TableFromQuery(name);
        }

        if (items.Columns.Count == 0 && _templates is [{ Inherits: true }])
        {
            // A table of its parent's columns alone is a part of the parent.
            Skipped.Add(s_partitions, Tokens.SpanOf(StatementStart));
            Statements.Add(new PassedOver(name, Tokens.SpanFrom(StatementStart)) { PartOf = _templates[0].Name });
            return;
        }

        if (_templates.Exists(t => t.Inherits))
        {
            WarnNotCarriedOver(name.Span, $"INHERITS of table '{name.Name}'", "It has its parent's columns, but its rows are not among the parent's.");
        }

        var columns = items.Columns.Select(c => _requiredColumns.Exists(r => r.Text == c.Name.Text) ? c with { Nullable = false } : c);
        Statements.Add(new CreateTable(name, [.. columns], items.Constraints.ToImmutable(), Tokens.SpanFrom(StatementStart))
        {
            IfNotExists = ifNotExists || _isBlock,
            Templates = [.. _templates],
            Comments = [.. comments, .. items.CommentsAtOpening],
        });
    }

    private SyntaxException TableFromQuery(ObjectName name)
    {
        SkipRest();
        return new SyntaxException(PostgreSqlDiagnostics.TableFromQuery, name.Span, name.Name);
    }

    private void ParseItems(TableItems items)
    {
        if (Tokens.AtSymbol("(") && Tokens.Peek(1).IsSymbol(")"))
        {
            Tokens.Take();
            Tokens.Take();
        }
        else if (Tokens.AtSymbol("("))
        {
            ParseTableItems(items);
        }
    }

    protected override void ParseTableItem(TableItems items)
    {
        if (Tokens.At("LIKE"))
        {
            ParseLike(items);
        }
        else if (AtConstraint())
        {
            if (ParseConstraint() is { } constraint)
            {
                items.Constraints.Add(constraint);
            }
        }
        else
        {
            var mark = Tokens.Mark;
            items.Columns.Add(AttachComments(ParseColumn(), mark));
        }
    }

    /// <summary>LIKE other INCLUDING …, among the columns of a table.</summary>
    private void ParseLike(TableItems items)
    {
        var first = Tokens.Take();
        var source = ParseRelation();
        var parts = TemplateParts.None;
        while (Tokens.AtAny("INCLUDING", "EXCLUDING"))
        {
            var isIncluded = Tokens.Take().Is("INCLUDING");
            var option = Tokens.TakeWord("what to include");
            var part = option.Text.ToUpperInvariant() switch
            {
                "ALL" => TemplateParts.All,
                "COMMENTS" => TemplateParts.Comments,
                "CONSTRAINTS" => TemplateParts.Checks,
                "DEFAULTS" => TemplateParts.Defaults,
                "GENERATED" => TemplateParts.Generated,
                "IDENTITY" => TemplateParts.Identity,
                "INDEXES" => TemplateParts.Indexes,
                "STATISTICS" or "STORAGE" or "COMPRESSION" => TemplateParts.None,
                _ => throw Tokens.Fail(option, $"{TokenReader.Describe(option)} is nothing that LIKE includes"),
            };
            parts = isIncluded ? parts | part : parts & ~part;
        }

        _templates.Add(new TableTemplate(source, items.Columns.Count, Tokens.SpanFrom(first)) { Parts = parts });
    }

    /// <summary>The columns of CREATE TABLE … OF type.</summary>
    private void AddComposite(TableItems items)
    {
        var type = _path.FindType(ParseObjectName("a type"));
        if (_path.FindAttributes(type) is not { } attributes)
        {
            throw new SyntaxException(ReadingDiagnostics.UnknownType, type.Span, type, " A table can be made of a composite type.");
        }

        items.Columns.AddRange(attributes);
    }

    /// <summary>A partition holds rows of its parent, which is the table.</summary>
    private void SkipPartition(ObjectName name)
    {
        var table = ParseRelation();
        Skip(s_partitions);
        Statements.Add(new PassedOver(name, name.Span) { PartOf = table });
    }

    private void ParseDropTable()
    {
        var ifExists = AcceptIfExists() || _isBlock;
        var names = ParseList(() => ParseRelation());
        var cascades = AcceptCascade();
        Statements.AddRange(names.Select(name => new DropTable(name, ifExists, Tokens.SpanFrom(StatementStart)) { Cascades = cascades }));
    }
}
