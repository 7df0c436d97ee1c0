using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>ALTER TABLE.</summary>
internal sealed partial class PostgreSqlParser
{
    private static readonly SkippedKind s_rowSecurity = new("switch of row level security", "switches of row level security");

    private void ParseAlterTable()
    {
        Tokens.Take();
        if (Tokens.At("ALL"))
        {
            SkipRest();
            return;
        }

        var ifExists = AcceptIfExists() || _isBlock;
        var name = ParseRelation();
        var actions = ImmutableArray.CreateBuilder<AlterAction>();
        do
        {
            ParseActionOrRecover(() => ParseAction(name, actions), static () => false);
        }
        while (Tokens.AcceptSymbol(","));

        if (actions.Count > 0)
        {
            Statements.Add(new AlterTable(name, actions.ToImmutable(), Tokens.SpanFrom(StatementStart)) { IfExists = ifExists });
        }
    }

    private void ParseAction(ObjectName table, ImmutableArray<AlterAction>.Builder actions)
    {
        switch (Tokens.Current.Keyword)
        {
            case "ADD":
                ParseAdd(actions);
                break;
            case "DROP":
                actions.Add(ParseDropPart());
                break;
            case "ALTER":
                if (ParseAlterPart() is { } altered)
                {
                    actions.Add(altered);
                }

                break;
            case "RENAME":
                actions.Add(ParseRenamePart(table));
                break;
            case "SET" when Tokens.Peek(1).Is("SCHEMA"):
                Tokens.AcceptAll("SET", "SCHEMA");
                var schema = ParseName("a schema");
                Statements.Add(new MoveTable(table, schema.Text, Tokens.SpanFrom(StatementStart)));
                _path.CreateRelation(table with { Schema = schema.Text });
                break;
            case "ATTACH" when Tokens.Peek(1).Is("PARTITION"):
                Tokens.AcceptAll("ATTACH", "PARTITION");
                var partition = ParseRelation();
                Skipped.Add(s_partitions, Tokens.SpanOf(StatementStart));
                Statements.Add(new AttachPartition(table, partition, Tokens.SpanFrom(StatementStart)));
                SkipRest();
                break;
            default:
                SkipStorageAction();
                break;
        }
    }

    /// <summary>Actions that concern storage, owners, triggers and rights: none of them shapes the API.</summary>
    private void SkipStorageAction()
    {
        var first = Tokens.Current;
        switch (first.Keyword)
        {
            case "OWNER":
                Tokens.Take();
                Tokens.Expect("TO");
                Tokens.TakeWord("a role");
                break;
            case "VALIDATE":
                Tokens.Take();
                Tokens.Expect("CONSTRAINT");
                ParseName("a constraint");
                break;
            case "ENABLE" or "DISABLE" or "FORCE" or "NO" when AtRowSecurity():
                Skipped.Add(s_rowSecurity, Tokens.SpanOf(StatementStart));
                SkipAction();
                break;
            case "ENABLE" or "DISABLE" or "SET" or "RESET" or "CLUSTER" or "REPLICA" or "DETACH" or "INHERIT" or "NO" or "OF" or "NOT":
                SkipAction();
                break;
            default:
                var hint = Hint(first.Text, ["ADD", "ALTER", "DROP", "RENAME", "SET", "OWNER", "ENABLE", "DISABLE", "ATTACH", "VALIDATE"]);
                throw Tokens.Fail(first, $"expected an action of ALTER TABLE, found {TokenReader.Describe(first)}{hint}");
        }
    }

    private bool AtRowSecurity() => Tokens.Peek(1).Is("ROW") || (Tokens.Peek(1).Is("FORCE") && Tokens.Peek(2).Is("ROW"));

    private void SkipAction()
    {
        while (!Tokens.AtEndOfStatement && !Tokens.AtSymbol(",") && !StartsStatement())
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
    }

    private void ParseAdd(ImmutableArray<AlterAction>.Builder actions)
    {
        var mark = Tokens.Mark;
        var first = Tokens.Take();
        if (AtConstraint())
        {
            ParseAddConstraint(first, actions);
            return;
        }

        Tokens.Accept("COLUMN");
        var ifNotExists = AcceptIfNotExists() || _isBlock;
        var column = ParseColumn();
        actions.Add(new AddColumn(AttachComments(column, mark), Tokens.SpanFrom(first)) { IfNotExists = ifNotExists });
    }

    private void ParseAddConstraint(Token first, ImmutableArray<AlterAction>.Builder actions)
    {
        if (AtKeyByIndex())
        {
            actions.Add(ParseKeyByIndex(first));
            return;
        }

        _requiredColumns.Clear();
        if (ParseConstraint() is { } constraint)
        {
            actions.Add(new AddConstraint(constraint, Tokens.SpanFrom(first)) { IfNotExists = _isBlock });
        }

        actions.AddRange(_requiredColumns.Select(c => new SetNullable(c, Nullable: false, c.Span)));
    }

    /// <summary>Whether [CONSTRAINT name] PRIMARY KEY or UNIQUE USING INDEX follows.</summary>
    private bool AtKeyByIndex()
    {
        var ahead = Tokens.At("CONSTRAINT") ? 2 : 0;
        ahead += Tokens.Peek(ahead).Is("PRIMARY") ? 2 : 1;
        return Tokens.Peek(ahead).Is("USING") && Tokens.Peek(ahead + 1).Is("INDEX") && !Tokens.Peek(ahead + 2).Is("TABLESPACE");
    }

    private KeyFromIndex ParseKeyByIndex(Token first)
    {
        Identifier? name = Tokens.Accept("CONSTRAINT") ? ParseName("a constraint name") : null;
        var isPrimary = Tokens.AcceptAll("PRIMARY", "KEY");
        if (!isPrimary)
        {
            Tokens.Expect("UNIQUE");
        }

        Tokens.AcceptAll("USING", "INDEX");
        var index = ParseName("an index");
        ParseConstraintAttributes();
        return new KeyFromIndex(name, index, isPrimary, Tokens.SpanFrom(first));
    }
}
