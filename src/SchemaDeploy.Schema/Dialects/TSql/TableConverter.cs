using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Turns CREATE TABLE and ALTER TABLE into neutral statements.</summary>
internal sealed class TableConverter(ConversionContext context)
{
    private readonly CommentFinder _comments = new(context);

    /// <summary>CREATE TABLE; null where it makes no table of its own. <paramref name="wrapper"/> is the IF around it, whose comments count too.</summary>
    public CreateTable? Convert(Dom.CreateTableStatement statement, Dom.TSqlFragment? wrapper, bool ifNotExists)
    {
        var name = context.Name(statement.SchemaObjectName);
        if (IsTemporary(name))
        {
            return null;
        }

        if (statement.Definition is not { } definition)
        {
            context.NotCarriedOver(statement, $"Table '{name}', which is made without a list of columns,");
            return null;
        }

        ReportOptions(statement, name);
        context.Names.AddTable(name);
        RememberColumns(definition, name);
        var columns = new ColumnConverter(context, name);
        var constraints = new ConstraintConverter(context, name);
        return new CreateTable(
            name,
            [.. definition.ColumnDefinitions.Select(columns.Convert).OfType<ColumnDefinition>()],
            [.. Constraints(definition, constraints)],
            context.Span(statement))
        {
            IfNotExists = ifNotExists,
            Comments =
            [
                .. wrapper is null ? [] : _comments.Above(wrapper),
                .. _comments.Above(statement),
                .. _comments.BehindOpening(statement, definition),
                .. _comments.Behind(statement),
            ],
        };
    }

    /// <summary>ALTER TABLE in any form; null where it does not change the table's shape.</summary>
    public AlterTable? Convert(Dom.AlterTableStatement statement, ExistenceGuard guard)
    {
        var name = context.Name(statement.SchemaObjectName);
        if (IsTemporary(name))
        {
            return null;
        }

        ImmutableArray<AlterAction> actions = statement switch
        {
            Dom.AlterTableAddTableElementStatement add => [.. Add(add, name, guard)],
            Dom.AlterTableDropTableElementStatement drop => [.. Drop(drop, guard)],
            Dom.AlterTableAlterColumnStatement { DataType: not null } alter =>
                [new ReplaceColumn(context.Name(alter.ColumnIdentifier), new ColumnConverter(context, name).Convert(alter), context.Span(alter)) { KeepsDefault = true }],
            _ => [],
        };
        ReportUncarried(statement, name);
        return actions.IsEmpty ? null : new AlterTable(name, actions, context.Span(statement)) { IfExists = guard == ExistenceGuard.IfExists };
    }

    /// <summary>Whether the name is a temporary table's.</summary>
    public static bool IsTemporary(ObjectName name) => name.Name.StartsWith('#');

    private IEnumerable<AlterAction> Add(Dom.AlterTableAddTableElementStatement statement, ObjectName table, ExistenceGuard guard)
    {
        var columns = new ColumnConverter(context, table);
        var constraints = new ConstraintConverter(context, table);
        RememberColumns(statement.Definition, table);
        var elements = statement.Definition.ColumnDefinitions.Cast<Dom.TSqlFragment>()
            .Concat(statement.Definition.TableConstraints)
            .Concat(statement.Definition.Indexes)
            .OrderBy(e => e.StartOffset);
        foreach (var element in elements)
        {
            AlterAction? action = element switch
            {
                Dom.ColumnDefinition column => columns.Convert(column) is { } added
                    ? new AddColumn(added, context.Span(column)) { IfNotExists = guard == ExistenceGuard.IfNotExists }
                    : null,
                Dom.DefaultConstraintDefinition { Column: not null } @default => constraints.Default(@default) is { } value
                    ? new SetDefault(context.Name(@default.Column), value, context.Span(@default))
                    : null,
                Dom.ConstraintDefinition constraint => constraints.Convert(constraint) is { } added ? AddOf(added) : null,
                Dom.IndexDefinition index => constraints.Convert(index) is { } added ? AddOf(added) : null,
                _ => null,
            };
            if (action is not null)
            {
                yield return action;
            }
        }

        AddConstraint AddOf(ConstraintDefinition constraint) =>
            new(constraint, constraint.Span) { IfNotExists = guard == ExistenceGuard.IfNotExists };
    }

    private IEnumerable<AlterAction> Drop(Dom.AlterTableDropTableElementStatement statement, ExistenceGuard guard)
    {
        // DROP COLUMN IF EXISTS a, b: the words hold until others stand.
        var kind = Dom.TableElementType.Constraint;
        var saysIfExists = false;
        foreach (var element in statement.AlterTableDropTableElements)
        {
            if (element.TableElementType != Dom.TableElementType.NotSpecified)
            {
                (kind, saysIfExists) = (element.TableElementType, element.IsIfExists);
            }

            saysIfExists |= element.IsIfExists;
            if (element.Name is null)
            {
                continue;
            }

            var name = context.Name(element.Name);
            var ifExists = saysIfExists || guard == ExistenceGuard.IfExists;
            switch (kind)
            {
                case Dom.TableElementType.Column:
                    yield return new DropColumn(name, ifExists, context.Span(element));
                    break;
                case Dom.TableElementType.Index:
                    yield return new DropConstraint(ConstraintKind.Index, name, ifExists, context.Span(element));
                    break;
                case Dom.TableElementType.Constraint:
                    yield return new DropConstraint(ConstraintKind.Any, name, ifExists, context.Span(element));
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<ConstraintDefinition> Constraints(Dom.TableDefinition definition, ConstraintConverter constraints) =>
        definition.TableConstraints.Select(c => (c.StartOffset, Constraint: constraints.Convert(c)))
            .Concat(definition.Indexes.Select(i => (i.StartOffset, Constraint: (ConstraintDefinition?)constraints.Convert(i))))
            .OrderBy(c => c.StartOffset)
            .Select(c => c.Constraint)
            .OfType<ConstraintDefinition>();

    /// <summary>An expression may name a column that comes after it, so types are remembered beforehand.</summary>
    private void RememberColumns(Dom.TableDefinition definition, ObjectName table)
    {
        foreach (var column in definition.ColumnDefinitions)
        {
            var kind = column.DataType switch
            {
                Dom.SqlDataTypeReference
                {
                    SqlDataTypeOption: Dom.SqlDataTypeOption.Char or Dom.SqlDataTypeOption.NChar or Dom.SqlDataTypeOption.VarChar
                    or Dom.SqlDataTypeOption.NVarChar or Dom.SqlDataTypeOption.Text or Dom.SqlDataTypeOption.NText,
                } => SqlTypeKind.VarChar,
                Dom.UserDataTypeReference { Name.BaseIdentifier.Value: { } name } =>
                    name.Equals("sysname", StringComparison.OrdinalIgnoreCase) ? SqlTypeKind.VarChar : context.Names.TypeNamed(name) ?? SqlTypeKind.Other,
                _ => SqlTypeKind.Other,
            };
            context.Names.AddColumn(table, column.ColumnIdentifier?.Value ?? "", kind);
        }
    }

    private void ReportOptions(Dom.CreateTableStatement statement, ObjectName name)
    {
        if (statement.AsNode || statement.AsEdge)
        {
            context.NotCarriedOver(statement, $"The graph side of table '{name}'", " It is an ordinary table.");
        }

        if (statement.Definition.SystemTimePeriod is { } period)
        {
            context.NotCarriedOver(
                period, $"The history of table '{name}'", " Its period columns are kept, and say when the current row was last changed.");
        }

        foreach (var option in statement.Options)
        {
            switch (option)
            {
                case Dom.MemoryOptimizedTableOption { OptionState: Dom.OptionState.On }:
                    context.NotCarriedOver(option, $"MEMORY_OPTIMIZED of table '{name}'");
                    break;
                case Dom.LedgerTableOption { OptionState: Dom.OptionState.On }:
                    context.NotCarriedOver(option, $"The ledger of table '{name}'");
                    break;
                default:
                    break;
            }
        }
    }

    private void ReportUncarried(Dom.AlterTableStatement statement, ObjectName name)
    {
        switch (statement)
        {
            case Dom.AlterTableAddTableElementStatement { Definition.SystemTimePeriod: { } period }:
                context.NotCarriedOver(
                    period, $"The history of table '{name}'", " Its period columns are kept, and say when the current row was last changed.");
                break;
            case Dom.AlterTableAlterColumnStatement { DataType: null } alter when alter.AlterTableAlterColumnOption is
                Dom.AlterTableAlterColumnOption.AddMaskingFunction or Dom.AlterTableAlterColumnOption.AddPersisted
                or Dom.AlterTableAlterColumnOption.DropPersisted:
                context.NotCarriedOver(alter, $"This change of column '{alter.ColumnIdentifier.Value}'");
                break;
            default:
                break;
        }
    }
}
