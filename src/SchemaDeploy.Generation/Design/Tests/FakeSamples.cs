using SchemaDeploy.Generation.Design.Samples;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>What made-up values of a field look like, so that they can be held against a condition while building.</summary>
internal static class FakeSamples
{
    /// <summary>The outermost of the values that <see cref="FakeExpressions"/> makes up.</summary>
    public static IEnumerable<SampleValue> Of(Property property) => property.Form switch
    {
        ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating when FakeExpressions.BoundsOf(property) is var (minimum, maximum) =>
            [SampleValue.Number(minimum), SampleValue.Number(decimal.Round((minimum + maximum) / 2)), SampleValue.Number(maximum)],
        ValueForm.Boolean => [new(true, true), new(false, false)],
        ValueForm.Enum => property.Enum!.Members.Select(member => SampleValue.Text(member.Text)),
        ValueForm.Text when property.Rules.Any(rule => rule.Kind is RuleKind.OneOf or RuleKind.Matches or RuleKind.SetOf) => [],
        ValueForm.Text => [SampleValue.Text(TextOf(property))],
        ValueForm.Date or ValueForm.WallClock or ValueForm.Moment =>
            [new("", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)), new("", new DateTime(2024, 10, 1, 0, 0, 0, DateTimeKind.Utc))],
        ValueForm.Json => [SampleValue.Text("{\"word\":\"et\"}")],
        _ => [],
    };

    private static string TextOf(Property property)
    {
        var minimum = property.Rules.Where(rule => rule.Kind == RuleKind.MinLength).Select(rule => rule.Length).DefaultIfEmpty(1).Max();
        return new string('a', Math.Max(minimum, 1));
    }
}
