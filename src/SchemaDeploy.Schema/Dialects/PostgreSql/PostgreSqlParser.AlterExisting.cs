using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Actions of ALTER TABLE on what the table already has: ALTER, DROP, RENAME.</summary>
internal sealed partial class PostgreSqlParser
{
    private AlterAction? ParseAlterPart()
    {
        var first = Tokens.Take();
        if (Tokens.Accept("CONSTRAINT"))
        {
            // Only when the constraint is checked can be altered.
            ParseName("a constraint");
            ParseConstraintAttributes();
            return null;
        }

        Tokens.Accept("COLUMN");
        var column = ParseName("a column");
        switch (Tokens.Current.Keyword)
        {
            case "TYPE":
                return ParseChangeOfType(column, first);
            case "SET":
                Tokens.Take();
                return ParseSetOfColumn(column, first);
            case "DROP":
                Tokens.Take();
                return ParseDropOfColumn(column, first);
            case "ADD":
                Tokens.Take();
                Tokens.Expect("GENERATED");
                if (!Tokens.Accept("ALWAYS") && !Tokens.AcceptAll("BY", "DEFAULT"))
                {
                    throw Tokens.Unexpected("ALWAYS or BY DEFAULT");
                }

                Tokens.Expect("AS");
                return new SetIdentity(column, ParseIdentity(), Tokens.SpanFrom(first));
            case "RESET" or "RESTART":
                SkipAction();
                return null;
            default:
                throw Tokens.Unexpected("TYPE, SET, DROP or ADD");
        }
    }

    private ReplaceColumn ParseChangeOfType(Identifier column, Token first)
    {
        Tokens.Take();
        var type = ParseColumnType(column);
        if (Tokens.Accept("COLLATE"))
        {
            type = type with { Collation = ParseObjectName("a collation").ToString() };
        }

        var span = Tokens.SpanFrom(first);
        if (Tokens.Accept("USING"))
        {
            // How old values become new ones matters to the migration alone.
            SkipAction();
        }

        return new ReplaceColumn(column, new ColumnDefinition(column, type, span), span) { KeepsDefault = true };
    }

    private AlterAction? ParseSetOfColumn(Identifier column, Token first)
    {
        switch (Tokens.Current.Keyword)
        {
            case "DATA":
                Tokens.Take();
                return Tokens.At("TYPE") ? ParseChangeOfType(column, first) : throw Tokens.Unexpected("TYPE");
            case "DEFAULT":
                Tokens.Take();
                var @default = ParseDefault();
                @default = @default with { Expression = PostgreSqlExpressionParser.WithListsAsText(@default.Expression) };
                return new SetDefault(column, @default.Expression == LiteralExpression.Null ? null : @default, Tokens.SpanFrom(first));
            case "NOT":
                Tokens.Take();
                Tokens.Expect("NULL");
                return new SetNullable(column, Nullable: false, Tokens.SpanFrom(first));
            case "EXPRESSION":
                Tokens.Take();
                Tokens.Expect("AS");
                return new SetGenerated(column, ParseComputation(first), Tokens.SpanFrom(first));
            default:
                // Statistics, storage, and how a sequence goes on.
                SkipAction();
                return null;
        }
    }

    private AlterAction ParseDropOfColumn(Identifier column, Token first)
    {
        var part = Tokens.Take();
        switch (part.Keyword)
        {
            case "DEFAULT":
                return new SetDefault(column, null, Tokens.SpanFrom(first));
            case "NOT":
                Tokens.Expect("NULL");
                return new SetNullable(column, Nullable: true, Tokens.SpanFrom(first));
            case "IDENTITY":
                AcceptIfExists();
                return new SetIdentity(column, null, Tokens.SpanFrom(first));
            case "EXPRESSION":
                AcceptIfExists();
                return new SetGenerated(column, null, Tokens.SpanFrom(first));
            default:
                throw Tokens.Fail(part, $"expected DEFAULT, NOT NULL, IDENTITY or EXPRESSION, found {TokenReader.Describe(part)}");
        }
    }

    private AlterAction ParseDropPart()
    {
        var first = Tokens.Take();
        var isConstraint = Tokens.Accept("CONSTRAINT");
        if (!isConstraint)
        {
            Tokens.Accept("COLUMN");
        }

        var ifExists = AcceptIfExists() || _isBlock;
        var name = ParseName(isConstraint ? "a constraint" : "a column");
        var cascades = AcceptCascade();
        return isConstraint
            ? new DropConstraint(ConstraintKind.Any, name, ifExists, Tokens.SpanFrom(first)) { Cascades = cascades }
            : new DropColumn(name, ifExists, Tokens.SpanFrom(first)) { Cascades = cascades };
    }

    private AlterAction ParseRenamePart(ObjectName table)
    {
        var first = Tokens.Take();
        if (Tokens.Accept("TO"))
        {
            var newTable = ParseName("the new name");
            _path.CreateRelation(table with { Name = newTable.Text });
            return new RenameTo(new ObjectName(null, newTable.Text, newTable.Span), Tokens.SpanFrom(first));
        }

        var isConstraint = Tokens.Accept("CONSTRAINT");
        if (!isConstraint)
        {
            Tokens.Accept("COLUMN");
        }

        var name = ParseName("a name");
        Tokens.Expect("TO");
        var newName = ParseName("the new name");
        return isConstraint
            ? new RenameConstraint(name, newName, Tokens.SpanFrom(first)) { IfExists = _isBlock }
            : new RenameColumn(name, newName, Tokens.SpanFrom(first)) { IfExists = _isBlock };
    }
}
