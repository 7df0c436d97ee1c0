using SchemaDeploy.Generation.Design.Sql;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design.Checks;

/// <summary>
/// Takes the checks of one resource apart. What is about one field or two becomes a rule that requests are checked
/// against, so that clients learn which field is wrong; the database keeps every check that it can express.
/// </summary>
internal sealed class CheckDesigner(
    ResourceDraft draft, DatabaseModel database, DesignOptions options, ConstraintNaming constraints, DiagnosticBag diagnostics)
{
    private readonly List<ComparedColumns> _comparisons = [];

    /// <summary>The checks for the database.</summary>
    public List<ResourceCheck> Checks { get; } = [];

    /// <summary>The rules over two properties.</summary>
    public IEnumerable<ComparisonRule> Rules => _comparisons
        .Select(compared => new ComparisonRule(draft.Properties[compared.Left], compared.Kind, draft.Properties[compared.Right]));

    /// <summary>Adds the rules to the draft's properties.</summary>
    public void Design()
    {
        var reader = new ConditionReader(draft, database.Dialect);
        foreach (var check in draft.Table.Checks)
        {
            var isCovered = true;
            foreach (var condition in ConditionReader.Conjuncts(check.Expression))
            {
                isCovered &= Add(reader.Read(condition));
            }

            AddCheck(check, isCovered);
        }
    }

    private bool Add(Condition? condition)
    {
        switch (condition)
        {
            case ColumnCondition { Column: var column, Rules: var rules }:
                foreach (var rule in rules)
                {
                    Add(column, rule);
                }

                return true;
            case ComparedColumns compared:
                if (!_comparisons.Contains(compared))
                {
                    _comparisons.Add(compared);
                }

                return true;
            default:
                return false;
        }
    }

    private void Add(string column, PropertyRule rule)
    {
        var property = draft.Properties[column];
        if (rule.Kind == RuleKind.Matches)
        {
            rule = rule with { PatternName = draft.Members.Unique("", property.Name + "Pattern") };
        }

        draft.Properties[column] = property with { Rules = property.Rules.Add(rule) };
    }

    private void AddCheck(Check check, bool isCovered)
    {
        var sql = SqlWriter.Condition(check.Expression, database.Dialect, draft.Facts.Find);
        if (!isCovered)
        {
            foreach (var kind in options.SupportedDatabases.Where(kind => sql.For(kind) is null))
            {
                diagnostics.Report(DesignDiagnostics.CheckNotEnforced, check.Source.ToSpan(), check.Name, kind, check.Expression);
            }
        }

        if (sql.IsExpressible)
        {
            Checks.Add(new ResourceCheck(constraints.Name(check.Name, draft.Table, check.Source), sql));
        }
    }
}
