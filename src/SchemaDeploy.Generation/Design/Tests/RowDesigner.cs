using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Generation.Design.Guardians;
using SchemaDeploy.Generation.Design.Samples;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>Designs how tests make rows that the types, checks, rules and references of the schema allow.</summary>
internal sealed class RowDesigner(ApiModel api, DatabaseModel database)
{
    private readonly Dictionary<string, RowPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>The plans by the name of the entity; those of which no request can make a row are left out.</summary>
    public IReadOnlyDictionary<string, RowPlan> Design()
    {
        foreach (var (resource, startsCircle) in CreationOrder.Of(api))
        {
            if (!startsCircle && resource.Find(OperationKind.Create) is not null && resource.Access.Create.ToAdmin && Plan(resource) is { } plan)
            {
                _plans.Add(resource.Names.Entity, plan);
            }
        }

        return _plans;
    }

    /// <summary>Values that break a rule about a kind of writes each, and nothing else.</summary>
    public IEnumerable<BrokenRule> BrokenRulesOf(Resource resource, RuleOperations operation)
    {
        if (TableOf(resource) is not { } table)
        {
            yield break;
        }

        var conditions = ConditionsOf(resource);
        foreach (var rule in resource.GuardianRules.Where(rule => rule.Operations.HasFlag(operation) && !rule.UsesOld))
        {
            var condition = NeutralExpressionParser.Parse(rule.Expression);
            if (IsShownBy(rule, condition, operation) && SampleRows.Breaking(resource, table, [.. conditions.Where(other => !other.Equals(condition))], condition) is var (property, value)
                && (operation != RuleOperations.Update || property is { InUpdate: true, KeptWhenAbsent: false })
                && !_plans[resource.Names.Entity].Values.Any(given => given.Property == property && given.IsReference))
            {
                yield return new BrokenRule(new BrokenValue(property, CSharpText.Quote(value.Json!.ToJsonString())), rule.Message);
            }
        }
    }

    // A row that is changed was made by the rules about new rows: what another field must be for the change to break a rule
    // is known where that is one of them. A row that nobody may delete has to be made first.
    private static bool IsShownBy(GuardianRule rule, SqlExpression condition, RuleOperations operation) => operation switch
    {
        RuleOperations.Update => rule.Operations.HasFlag(RuleOperations.Create) || ExpressionParts.ColumnsOf(condition).Distinct().Count() == 1,
        RuleOperations.Delete => !rule.Operations.HasFlag(RuleOperations.Create),
        _ => true,
    };

    private RowPlan? Plan(Resource resource)
    {
        var keys = KeysOf(resource);
        var unique = keys.SelectMany(key => key).ToHashSet(StringComparer.Ordinal);
        var references = new ReferencePlan(resource, api.Users.Names, unique, _plans);
        if (!references.IsPossible)
        {
            return null;
        }

        var conditions = ConditionsOf(resource);
        var pinned = Pinned(resource, conditions);
        var values = ImmutableArray.CreateBuilder<FieldValue>();
        foreach (var property in resource.RequestProperties.Where(property => property.InCreate))
        {
            if (references.Values.TryGetValue(property.ColumnName, out var reference))
            {
                values.Add(new FieldValue(property, reference, IsVaried: false) { IsReference = true });
            }
            else if (property == resource.Password)
            {
                values.Add(new FieldValue(property, "TestApp.Password", IsVaried: false));
            }
            else if (references.IsLeftOut(property))
            {
                continue;
            }
            else if (pinned.GetValueOrDefault(property) is { } value)
            {
                if (value != "null")
                {
                    values.Add(new FieldValue(property, value, IsVaried: false));
                }
            }
            else if (KeepsDefault(property))
            {
                continue;
            }
            else if (FakeExpressions.Of(property, unique.Contains(property.Name)) is { } expression)
            {
                values.Add(new FieldValue(property, expression, IsVaried: true));
            }
            else if (property.RequiredOnCreate)
            {
                return null;
            }
        }

        // Rules bind the values of a key to those of other fields: no second row is known.
        var fixedFields = values.Where(value => value is { IsVaried: false, IsReference: false }).Select(value => value.Property.Name).ToHashSet(StringComparer.Ordinal);
        return keys.Any(key => key.All(fixedFields.Contains)) ? null : new RowPlan(references.Parents, values.ToImmutable())
        {
            HasOwner = references.HasOwner,
            IsScarce = keys.Any(key => key.All(name => values.Any(value => value.Property.Name == name && (HasFewValues(value) || references.IsScarce(value.Property))))),
        };
    }

    private static bool HasFewValues(FieldValue value) => value.IsVaried
        && (value.Property.Form is ValueForm.Enum or ValueForm.Boolean || value.Property.Rules.Any(rule => rule.Kind is RuleKind.OneOf or RuleKind.Matches));

    // What the server fills in well by itself, and what says in which state a row begins, is left to it.
    private static bool KeepsDefault(Property property) => !property.RequiredOnCreate && (property.IsAdminOnly
        || property.Default is { Kind: not DefaultKind.Literal }
        || (property.Default is not null && (property.Form is ValueForm.Enum or ValueForm.Boolean || property.Rules.Any(rule => rule.Kind == RuleKind.OneOf))));

    private ImmutableArray<SqlExpression> ConditionsOf(Resource resource) =>
    [
        .. TableOf(resource) is { } table ? table.Checks.Select(check => check.Expression) : [],
        .. resource.GuardianRules.Where(rule => rule.Operations.HasFlag(RuleOperations.Create)).Select(rule => NeutralExpressionParser.Parse(rule.Expression)),
    ];

    private Table? TableOf(Resource resource) =>
        database.Tables.FirstOrDefault(table => table.Name == resource.Table && table.Schema == resource.Schema);

    // Fields that conditions bind to each other, or that a made-up value would not do for, have one value that does.
    private Dictionary<Property, string?> Pinned(Resource resource, ImmutableArray<SqlExpression> conditions)
    {
        var mentions = conditions.Select(condition => (Condition: condition, Columns: ExpressionParts.ColumnsOf(condition).ToList())).ToList();
        if (TableOf(resource) is not { } table)
        {
            return [];
        }

        var bound = resource.Properties.Where(property => property.InCreate && mentions.Any(mention =>
            mention.Columns.Contains(property.ColumnName)
            && (mention.Columns.Count > 1 || !FakeSamples.Of(property).All(sample => Allows(mention.Condition, property, sample))))).ToList();
        if (bound.Count == 0)
        {
            return [];
        }

        var values = SampleRows.Meeting(resource, table, conditions);
        return bound.Where(values.ContainsKey).ToDictionary(
            property => property, property => Literal(property, table.Columns.Single(column => column.Name == property.ColumnName), values[property]));
    }

    private static bool Allows(SqlExpression condition, Property property, SampleValue sample) =>
        new CheckEvaluator(new Dictionary<string, SampleValue> { [property.ColumnName] = sample }).Allows(condition);

    private static string? Literal(Property property, Column column, SampleValue value)
    {
        if (value.Json is null)
        {
            return "null";
        }

        if (property.Form is ValueForm.Json)
        {
            return $"FakeValues.Json({CSharpText.Quote(value.Json.ToJsonString())})";
        }

        var literal = value.Sql switch
        {
            bool flag => new LiteralExpression(LiteralKind.Number, flag ? "1" : "0"),
            decimal number => new LiteralExpression(LiteralKind.Number, number.ToString(CultureInfo.InvariantCulture)),
            DateTime time => new LiteralExpression(LiteralKind.String, time.ToString(property.Form == ValueForm.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            TimeSpan time => new LiteralExpression(LiteralKind.String, time.ToString("c", CultureInfo.InvariantCulture)),
            string text => new LiteralExpression(LiteralKind.String, text),
            byte[] bytes => new LiteralExpression(LiteralKind.Binary, Convert.ToHexString(bytes)),
            _ => null,
        };
        return literal is null || PropertyTypes.Of(column) is not { } type ? null : ColumnLiterals.Read(literal, type, property.Enum)?.RequestCSharp;
    }

    // Sets of fields of which no two rows have the same values.
    private static List<ImmutableArray<string>> KeysOf(Resource resource) =>
    [
        .. resource.Indexes.Where(index => index.Unique).Select(index => index.Parts.Select(part => part.PropertyName).ToImmutableArray()),
        .. resource.AlternateKeys.Select(key => key.Properties.Select(property => property.Name).ToImmutableArray()),
        .. resource.EntityKey is { } key ? [key.Properties.Select(property => property.Name).ToImmutableArray()] : Array.Empty<ImmutableArray<string>>(),
    ];
}
