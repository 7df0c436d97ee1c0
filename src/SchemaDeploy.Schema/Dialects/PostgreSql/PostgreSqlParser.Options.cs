using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>What stands behind the columns of a table. Most of it says how the server stores the rows and is of no effect.</summary>
internal sealed partial class PostgreSqlParser
{
    private void ParseTableOptions(ObjectName table)
    {
        while (true)
        {
            switch (Tokens.Current.Keyword)
            {
                case "INHERITS":
                    ParseInherits();
                    break;
                case "PARTITION" when Tokens.Peek(1).Is("BY"):
                    ParsePartitioning(table);
                    break;
                case "USING":
                    Tokens.Take();
                    ParseName("an access method");
                    break;
                case "WITH" when Tokens.Peek(1).IsSymbol("("):
                    Tokens.Take();
                    Tokens.SkipParentheses();
                    break;
                case "WITH" or "WITHOUT" when Tokens.Peek(1).Is("OIDS"):
                    Tokens.Take();
                    Tokens.Take();
                    break;
                case "ON" when Tokens.Peek(1).Is("COMMIT"):
                    Tokens.AcceptAll("ON", "COMMIT");
                    Tokens.AcceptAny("PRESERVE", "DELETE");
                    Tokens.AcceptAny("ROWS", "DROP");
                    break;
                case "TABLESPACE":
                    Tokens.Take();
                    ParseName("a tablespace");
                    break;
                default:
                    return;
            }
        }
    }

    private void ParseInherits()
    {
        Tokens.Take();
        Tokens.ExpectSymbol("(");
        var position = 0;
        foreach (var parent in ParseList(() => ParseRelation()))
        {
            _templates.Insert(position++, new TableTemplate(parent, 0, parent.Span)
            {
                Inherits = true,
                Parts = TemplateParts.Defaults | TemplateParts.Generated | TemplateParts.Checks,
            });
        }

        Tokens.ExpectSymbol(")");
    }

    private void ParsePartitioning(ObjectName table)
    {
        var first = Tokens.Current;
        Tokens.AcceptAll("PARTITION", "BY");
        Tokens.TakeWord("RANGE, LIST or HASH");
        Tokens.SkipParentheses();
        WarnNotCarriedOver(Tokens.SpanFrom(first), $"The partitioning of table '{table.Name}'");
    }

    /// <summary>WITH (…) and TABLESPACE of an index or key.</summary>
    private void SkipIndexStorage()
    {
        while (true)
        {
            if (Tokens.At("WITH") && Tokens.Peek(1).IsSymbol("("))
            {
                Tokens.Take();
                Tokens.SkipParentheses();
            }
            else if (Tokens.AcceptAll("USING", "INDEX", "TABLESPACE") || Tokens.Accept("TABLESPACE"))
            {
                ParseName("a tablespace");
            }
            else
            {
                return;
            }
        }
    }
}
