using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Actions of ALTER TABLE on what the table already has: ALTER, DROP, RENAME.</summary>
internal sealed partial class MySqlParser
{
    private SetDefault? ParseAlterPart()
    {
        var first = Tokens.Take();
        if (Tokens.AtAny("INDEX", "KEY"))
        {
            Tokens.Take();
            ParseName("an index name");
            ParseIndexOptions();
            return null;
        }

        if (Tokens.AtAny("CHECK", "CONSTRAINT"))
        {
            Tokens.Take();
            var name = ParseName("a constraint name");
            var isOff = Tokens.Accept("NOT");
            Tokens.Expect("ENFORCED");
            if (isOff)
            {
                WarnNotCarriedOver(Tokens.SpanFrom(first), $"NOT ENFORCED of '{name.Text}'", "The check stays on.");
            }

            return null;
        }

        Tokens.Accept("COLUMN");
        AcceptIfExists();
        var column = ParseName("a column");
        if (Tokens.AcceptAll("DROP", "DEFAULT"))
        {
            return new SetDefault(column, null, Tokens.SpanFrom(first));
        }

        Tokens.Expect("SET");
        if (Tokens.AcceptAny("VISIBLE", "INVISIBLE"))
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), "The visibility of a column", "Use the tag @hidden to hide it from the API.");
            return null;
        }

        Tokens.Expect("DEFAULT");
        var @default = ParseDefault();
        var isNull = @default.Expression == LiteralExpression.Null;
        return new SetDefault(column, isNull ? null : @default, Tokens.SpanFrom(first));
    }

    private AlterAction? ParseDropPart(ObjectName table)
    {
        var first = Tokens.Take();
        switch (Tokens.Current.Keyword)
        {
            case "PARTITION":
                SkipPartitionAction(table);
                return null;
            case "SYSTEM" when Tokens.Peek(1).Is("VERSIONING"):
                Tokens.AcceptAll("SYSTEM", "VERSIONING");
                return null;
            case "PERIOD" when Tokens.Peek(1).Is("FOR"):
                Tokens.AcceptAll("PERIOD", "FOR");
                ParseName("a period");
                return null;
            case "PRIMARY":
                Tokens.Take();
                Tokens.Expect("KEY");
                return new DropConstraint(ConstraintKind.PrimaryKey, null, IfExists: false, Tokens.SpanFrom(first));
            case "FOREIGN":
                Tokens.Take();
                Tokens.Expect("KEY");
                return ParseDropConstraint(ConstraintKind.ForeignKey, first);
            case "INDEX" or "KEY":
                Tokens.Take();
                return ParseDropConstraint(ConstraintKind.Index, first);
            case "CHECK":
                Tokens.Take();
                return ParseDropConstraint(ConstraintKind.Check, first);
            case "CONSTRAINT":
                Tokens.Take();
                return ParseDropConstraint(ConstraintKind.Any, first);
            default:
                Tokens.Accept("COLUMN");
                var ifExists = AcceptIfExists();
                var name = ParseName("a column");
                Tokens.AcceptAny("RESTRICT", "CASCADE");
                return new DropColumn(name, ifExists, Tokens.SpanFrom(first));
        }
    }

    private DropConstraint ParseDropConstraint(ConstraintKind kind, Token first)
    {
        var ifExists = AcceptIfExists();
        var name = ParseName("a name");
        return kind is ConstraintKind.Index or ConstraintKind.Any && name.Text.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase)
            ? new DropConstraint(ConstraintKind.PrimaryKey, null, ifExists, Tokens.SpanFrom(first))
            : new DropConstraint(kind, name, ifExists, Tokens.SpanFrom(first));
    }

    private AlterAction ParseRenamePart()
    {
        var first = Tokens.Take();
        if (Tokens.AtAny("COLUMN", "INDEX", "KEY") && !Tokens.Peek(1).EndsStatement)
        {
            var isColumn = Tokens.Take().Is("COLUMN");
            AcceptIfExists();
            var name = ParseName("a name");
            Tokens.Expect("TO");
            var newName = ParseName("the new name");
            var span = Tokens.SpanFrom(first);
            return isColumn ? new RenameColumn(name, newName, span) : new RenameConstraint(name, newName, span);
        }

        if (!Tokens.AcceptAny("TO", "AS"))
        {
            Tokens.AcceptSymbol("=");
        }

        return new RenameTo(ParseObjectName("the new name"), Tokens.SpanFrom(first));
    }
}
