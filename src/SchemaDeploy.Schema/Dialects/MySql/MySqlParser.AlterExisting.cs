using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Actions of ALTER TABLE on what the table already has: ALTER, DROP, RENAME.</summary>
internal sealed partial class MySqlParser
{
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
}
