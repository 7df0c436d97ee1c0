using System.Collections.Immutable;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Follows the system procedures that change the schema, and SQL run from strings that are known.</summary>
internal sealed class ProcedureCallConverter(
    ConversionContext context,
    StringConstants constants,
    SkippedStatements skipped,
    ImmutableArray<Statement>.Builder statements,
    Action<MappedText> readDynamic)
{
    /// <summary>Follows one EXECUTE.</summary>
    public void Convert(Dom.ExecuteStatement execute, ExistenceGuard guard)
    {
        switch (execute.ExecuteSpecification?.ExecutableEntity)
        {
            case Dom.ExecutableStringList strings:
                RunString(execute, strings.Strings.Aggregate<Dom.ScalarExpression, Dom.ScalarExpression?>(null, Join));
                break;
            case Dom.ExecutableProcedureReference { ProcedureReference.ProcedureReference.Name: { } procedure } reference:
                Call(execute, procedure.BaseIdentifier.Value, new ProcedureArguments(reference.Parameters, constants), guard);
                break;
            default:
                skipped.Add(SkippedKinds.ProcedureCall, context.Span(execute));
                break;
        }
    }

    private static Dom.ScalarExpression Join(Dom.ScalarExpression? left, Dom.ScalarExpression right) => left is null
        ? right
        : new Dom.BinaryExpression { FirstExpression = left, SecondExpression = right, BinaryExpressionType = Dom.BinaryExpressionType.Add };

    private void Call(Dom.ExecuteStatement execute, string procedure, ProcedureArguments arguments, ExistenceGuard guard)
    {
        switch (procedure.ToLowerInvariant())
        {
            case "sp_executesql":
                RunString(execute, arguments.Expression(0, "@stmt") ?? arguments.Expression(0, "@statement"));
                break;
            case "sp_addextendedproperty" or "sp_updateextendedproperty":
                Describe(execute, arguments, isDropped: false);
                break;
            case "sp_dropextendedproperty":
                Describe(execute, arguments, isDropped: true);
                break;
            case "sp_rename":
                Rename(execute, arguments, guard == ExistenceGuard.IfExists);
                break;
            case "sp_addtype":
                AddType(execute, arguments);
                break;
            case "sp_droptype":
                if (arguments.Text(0, "@typename") is { } type)
                {
                    statements.Add(new DropType(NameOf(type.Text, execute), false, context.Span(execute)));
                }

                break;
            case "sp_bindrule" or "sp_bindefault":
                context.NotCarriedOver(execute, $"A rule or default bound by {procedure}", " Write it as a CHECK or DEFAULT of the column.");
                break;
            case var name when name.StartsWith("sp_", StringComparison.Ordinal) || name.StartsWith("xp_", StringComparison.Ordinal):
                break;
            default:
                skipped.Add(SkippedKinds.ProcedureCall, context.Span(execute));
                break;
        }
    }

    private void RunString(Dom.ExecuteStatement execute, Dom.ScalarExpression? sql)
    {
        if (sql is not null && constants.Evaluate(sql) is { } text)
        {
            readDynamic(text);
        }
        else
        {
            skipped.Add(SkippedKinds.DynamicSql, context.Span(execute));
        }
    }

    /// <summary>MS_Description, which SSMS shows as the description, and its older sibling.</summary>
    private void Describe(Dom.ExecuteStatement execute, ProcedureArguments arguments, bool isDropped)
    {
        // sp_dropextendedproperty has no value, so what follows stands one place earlier.
        var first = isDropped ? 1 : 2;
        if (arguments.Text(0, "@name")?.Text.ToUpperInvariant() is not ("MS_DESCRIPTION" or "DESCRIPTION")
            || arguments.Text(first, "@level0type")?.Text.ToUpperInvariant() is not ("SCHEMA" or "USER")
            || arguments.Text(first + 2, "@level1type")?.Text.ToUpperInvariant() != "TABLE"
            || arguments.Text(first + 3, "@level1name") is not { } table)
        {
            return;
        }

        var schema = arguments.Text(first + 1, "@level0name")?.Text;
        var level2 = arguments.Text(first + 4, "@level2type")?.Text;
        Identifier? column = null;
        if (!string.IsNullOrEmpty(level2))
        {
            if (!level2.Equals("COLUMN", StringComparison.OrdinalIgnoreCase) || arguments.Text(first + 5, "@level2name") is not { } name)
            {
                return;
            }

            column = new Identifier(name.Text, name.Span(0, name.Text.Length));
        }

        var description = isDropped ? null : arguments.Text(1, "@value")?.Text;
        statements.Add(new SetComment(
            new ObjectName(schema, table.Text, table.Span(0, table.Text.Length)), column, description, context.Span(execute)));
    }

    private void Rename(Dom.ExecuteStatement execute, ProcedureArguments arguments, bool ifExists)
    {
        if (arguments.Text(0, "@objname") is not { } oldName || arguments.Text(1, "@newname") is not { } newName)
        {
            skipped.Add(SkippedKinds.DynamicSql, context.Span(execute));
            return;
        }

        var span = context.Span(execute);
        var nameSpan = oldName.Span(0, oldName.Text.Length);
        var parts = QuotedNameParts.Split(oldName.Text);
        var last = new Identifier(parts[^1], nameSpan);
        var renamed = new Identifier(newName.Text, newName.Span(0, newName.Text.Length));
        switch (arguments.Text(2, "@objtype")?.Text.ToUpperInvariant())
        {
            case "COLUMN" when parts.Length > 1:
                Alter(Parent(), new RenameColumn(last, renamed, span) { IfExists = ifExists });
                break;
            case "INDEX" when parts.Length > 1:
                Alter(Parent(), new RenameConstraint(last, renamed, span) { IfExists = ifExists });
                context.Names.AddConstraint(Parent(), renamed);
                break;
            case null or "OBJECT" or "":
                RenameObject();
                break;
            default:
                context.NotCarriedOver(execute, $"Renaming '{oldName.Text}'");
                break;
        }

        ObjectName Parent() => new(parts.Length > 2 ? parts[^3] : null, parts[^2], nameSpan);

        void Alter(ObjectName table, AlterAction action) =>
            statements.Add(new AlterTable(table, [action], span) { IfExists = ifExists });

        // The procedure does not say whether it renames a table or a constraint; the script has, before.
        void RenameObject()
        {
            var table = new ObjectName(parts.Length > 1 ? parts[^2] : null, parts[^1], nameSpan);
            if (!context.Names.HasTable(table) && context.Names.TableOf(last.Text) is { } owner)
            {
                Alter(owner, new RenameConstraint(last, renamed, span) { IfExists = ifExists });
                context.Names.AddConstraint(owner, renamed);
                return;
            }

            var newTable = new ObjectName(table.Schema, renamed.Text, renamed.Span);
            context.Names.RenameTable(table, newTable);
            statements.Add(new RenameTable(table, newTable, span) { IfExists = ifExists });
        }
    }

    private void AddType(Dom.ExecuteStatement execute, ProcedureArguments arguments)
    {
        if (arguments.Text(0, "@typename") is not { } name || arguments.Text(1, "@phystype") is not { } physical)
        {
            skipped.Add(SkippedKinds.DynamicSql, context.Span(execute));
            return;
        }

        // The type is written inside a string, so it is read as what it would be in a statement.
        var before = statements.Count;
        var nullability = arguments.Text(2, "@nulltype")?.Text.ToUpperInvariant() switch
        {
            "NOT NULL" or "NONULL" => " NOT NULL",
            "NULL" => " NULL",
            _ => "",
        };
        var builder = physical.Rebuild();
        builder.Replace(name, 0, name.Text.Length, $"CREATE TYPE [{name.Text.Replace("]", "]]", StringComparison.Ordinal)}] FROM ");
        builder.Copy(physical, 0, physical.Text.Length);
        builder.Replace(physical, 0, physical.Text.Length, nullability);
        readDynamic(builder.Build());
        if (statements.Count > before && statements[^1] is CreateType created)
        {
            statements[^1] = created with { Span = context.Span(execute) };
        }
    }

    private ObjectName NameOf(string quoted, Dom.TSqlFragment fragment)
    {
        var parts = QuotedNameParts.Split(quoted);
        return new ObjectName(parts.Length > 1 ? parts[^2] : null, parts[^1], context.Span(fragment));
    }
}
