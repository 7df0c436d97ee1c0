using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>Designs the rules of one resource from its @rule tags.</summary>
/// <param name="draft">The resource, its properties, keys and owner designed.</param>
/// <param name="dialect">The dialect, whose habits patterns and divisions have.</param>
/// <param name="caller">What is known of callers.</param>
/// <param name="diagnostics">Gets what is wrong with rules.</param>
internal sealed class GuardianDesigner(ResourceDraft draft, SchemaDialect dialect, RuleCaller caller, DiagnosticBag diagnostics)
{
    /// <summary>The rules of the table, then those of its columns.</summary>
    public ImmutableArray<GuardianRule> Design() =>
    [
        .. draft.Table.Tags.Where(IsRule).Select(tag => Design(tag, null)).OfType<GuardianRule>(),
        .. draft.Table.Columns.SelectMany(
            column => column.Tags.Where(IsRule).Select(tag => Design(tag, draft.Properties.GetValueOrDefault(column.Name)))).OfType<GuardianRule>(),
    ];

    private static bool IsRule(SmartTag tag) => tag.Name == Tags.Rule;

    private GuardianRule? Design(SmartTag tag, Property? field)
    {
        if (draft.Key is null)
        {
            diagnostics.Report(DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name, $"rows of '{draft.Table.Name}' are only read");
            return null;
        }

        try
        {
            var text = RuleText.Read(tag.Argument);
            return Design(text, Parse(text), field);
        }
        catch (RuleError error)
        {
            error.Report(tag, diagnostics);
            return null;
        }
    }

    private static ParsedExpression Parse(RuleText text)
    {
        try
        {
            return NeutralExpressionParser.ParseWithOffsets(text.Expression);
        }
        catch (NeutralExpressionException exception)
        {
            throw new RuleError(GuardianDiagnostics.RuleSyntax, text.Offset + exception.Offset, exception.Message);
        }
    }

    private GuardianRule Design(RuleText text, ParsedExpression parsed, Property? field)
    {
        var scope = new RuleScope(draft, dialect, caller, text, parsed);
        var condition = new RuleConditionReader(scope).Read(parsed.Root);
        var operations = OperationsOf(text, scope);
        RefuseUnknown(scope, operations);
        return new GuardianRule
        {
            Expression = text.Expression,
            Message = text.Message ?? $"must meet: {text.Expression}",
            Field = field ?? scope.Properties.FirstOrDefault(property => property.InCreate || property.InUpdate) ?? scope.Properties.FirstOrDefault(),
            Operations = operations,
            CSharp = condition.ToString(),
            UsesOld = scope.UsesOld,
            UsesRow = scope.RowProperties.Count > 0,
            UsesNow = scope.UsesNow,
            CountsOwn = scope.CountsOwn,
            Patterns = [.. scope.Patterns],
            IsPublic = scope.Properties.All(property => property.InResponse),
        };
    }

    // What a rule names says which writes it is about, where it does not say so itself.
    private static RuleOperations OperationsOf(RuleText text, RuleScope scope)
    {
        if (scope.UsesOld && text.Operations is not (RuleOperations.None or RuleOperations.Update))
        {
            throw new RuleError(
                GuardianDiagnostics.RuleNotPossible, text.Offset, "only a row that is changed has old values; a row that is deleted is named without 'old.'");
        }

        return text.Operations switch
        {
            not RuleOperations.None => text.Operations,
            _ when scope.UsesOld => RuleOperations.Update,
            _ when scope.CountsOwn => RuleOperations.Create,
            _ => RuleOperations.Create | RuleOperations.Update,
        };
    }

    // Values that only the database gives are not there yet when a new row is judged.
    private static void RefuseUnknown(RuleScope scope, RuleOperations operations)
    {
        if (!operations.HasFlag(RuleOperations.Create))
        {
            return;
        }

        foreach (var (property, offset) in scope.RowProperties)
        {
            if (property.ServerValue is ServerValue.Identity or ServerValue.RowVersion || property.Default?.Kind is DefaultKind.Sequence or DefaultKind.Database)
            {
                throw new RuleError(
                    GuardianDiagnostics.RuleNotPossible, offset,
                    $"the database gives '{property.ColumnName}' its value only when a new row is saved; write 'update:' in front of the rule if it is about changes");
            }
        }
    }
}
