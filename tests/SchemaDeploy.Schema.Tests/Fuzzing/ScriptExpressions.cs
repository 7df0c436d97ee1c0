using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.Fuzzing;

/// <summary>Finds the expressions of a script.</summary>
internal static class ScriptExpressions
{
    public static IEnumerable<SqlExpression> Of(Statement statement) => statement switch
    {
        CreateTable table => table.Columns.SelectMany(Of).Concat(table.Constraints.SelectMany(Of)),
        AlterTable alter => alter.Actions.SelectMany(Of),
        CreateIndex index => Of(index.Index),
        _ => [],
    };

    private static IEnumerable<SqlExpression> Of(AlterAction action) => action switch
    {
        AddColumn add => Of(add.Column),
        ReplaceColumn replace => Of(replace.Column),
        AddConstraint add => Of(add.Constraint),
        SetDefault { Default: { } @default } => [@default.Expression],
        _ => [],
    };

    private static IEnumerable<SqlExpression> Of(ColumnDefinition column)
    {
        if (column.Default is { } @default)
        {
            yield return @default.Expression;
        }

        if (column.Generated is { } generated)
        {
            yield return generated.Expression;
        }

        foreach (var expression in column.Constraints.SelectMany(Of))
        {
            yield return expression;
        }
    }

    private static IEnumerable<SqlExpression> Of(ConstraintDefinition constraint) => constraint switch
    {
        CheckDefinition check => [check.Expression],
        PrimaryKeyDefinition key => key.Parts.Select(p => p.Expression),
        UniqueDefinition key => key.Parts.Select(p => p.Expression),
        IndexDefinition { Filter: { } filter } index => index.Parts.Select(p => p.Expression).Append(filter),
        IndexDefinition index => index.Parts.Select(p => p.Expression),
        _ => [],
    };
}
