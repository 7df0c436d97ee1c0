using System.Globalization;
using System.Text.RegularExpressions;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>Values that the rules of a field refuse, one for each way to break them.</summary>
internal static class BrokenValueDesigner
{
    // Longer ones are refused for the size of their request.
    private const int LongestText = 100_000;

    private static readonly string[] s_texts = ["~", "", "0", "a", "~~~~"];

    /// <summary>The values, as JSON.</summary>
    public static IEnumerable<BrokenValue> Of(Property property) =>
        Texts(property).Distinct(StringComparer.Ordinal).Select(text => new BrokenValue(property, text));

    /// <summary>The key of a row that there is not; null where none can be told.</summary>
    public static BrokenValue? Unknown(Resource resource, Link link)
    {
        var property = resource.Properties.Single(own => own.ColumnName == link.Properties[0].ColumnName);
        var hasRules = property.Rules.Any(rule => rule.Kind is RuleKind.OneOf or RuleKind.Matches or RuleKind.NoneOf);
        return !property.InCreate || hasRules ? null : property.Form switch
        {
            ValueForm.Integer => new BrokenValue(property, Quote(Number(Math.Min(PropertyTypes.MaximumOf(property.ClrType), property.Rules
                .Where(rule => rule.Kind == RuleKind.Maximum).Select(NumberOf).Append(2_000_000_000).Min())))),
            ValueForm.Uuid => new BrokenValue(property, Json("00000000-0000-4000-8000-00000000dead")),
            ValueForm.Text when !property.IsFixedLength => new BrokenValue(property, Json("nowhere"[..Math.Min(7, property.MaxLength ?? 7)])),
            _ => null,
        };
    }

    private static IEnumerable<string> Texts(Property property)
    {
        if (property.RequiredOnCreate || (!property.Nullable && property.Default is { Kind: DefaultKind.Literal } && !property.KeptWhenAbsent && !property.IsOwner))
        {
            yield return Quote("null");
        }

        if (OfWrongType(property) is { } wrong)
        {
            yield return wrong;
        }

        foreach (var rule in property.Rules)
        {
            if (Breaking(property, rule) is { } text)
            {
                yield return property.Form == ValueForm.List ? $"\"[\" + {text} + \"]\"" : text;
            }
        }
    }

    private static string? OfWrongType(Property property) => property.Form switch
    {
        ValueForm.Boolean => Json("perhaps"),
        ValueForm.Integer => Quote("1.5"),
        ValueForm.Decimal or ValueForm.Floating => Json("many"),
        ValueForm.Text => Quote("[1]"),
        ValueForm.Bytes => Json("not Base64!"),
        ValueForm.Date => Json("2024-02-30"),
        ValueForm.Time => Json("25:00:00"),
        ValueForm.WallClock or ValueForm.Moment => Json("2024-13-01T00:00:00"),
        ValueForm.Duration => Json("for ever"),
        ValueForm.Uuid => Json("no UUID"),
        ValueForm.Enum => Json("no such value"),
        ValueForm.List => Quote("{}"),
        _ => null,
    };

    private static string? Breaking(Property property, PropertyRule rule) => rule.Kind switch
    {
        RuleKind.Text => Quote("\"a\\u0000b\""),
        RuleKind.MaxLength when property.Form is ValueForm.Bytes && rule.Length < LongestText =>
            Invariant($"Body.BytesOf({rule.Length + 1})"),
        RuleKind.MaxLength when rule.Length < LongestText => Invariant($"Body.TextOf({rule.Length + 1})"),
        RuleKind.MinLength when rule.Length > 0 && property.Form is ValueForm.Text => Invariant($"Body.TextOf({rule.Length - 1})"),
        RuleKind.Minimum when IsNumber(property) => Below(property, NumberOf(rule)),
        RuleKind.Maximum when IsNumber(property) => Above(property, NumberOf(rule)),
        RuleKind.GreaterThan or RuleKind.LessThan or RuleKind.NotEqual when IsNumber(property) => Quote(rule.Bound!.Json),
        RuleKind.Digits when rule.Precision - rule.Scale <= 27 => Quote("1" + new string('0', rule.Precision - rule.Scale)),
        RuleKind.OneOf when property.Form == ValueForm.Text => Json("no such value"[..Math.Min(13, property.MaxLength ?? 13)]),
        RuleKind.NoneOf => Quote(rule.Values[0].Json),
        RuleKind.SetOf => Json("no such value"),
        RuleKind.Matches => NotMatching(rule) is { } text ? Json(text) : null,
        RuleKind.JsonList => Quote("{}"),
        _ => null,
    };

    private static string? NotMatching(PropertyRule rule) => s_texts.FirstOrDefault(text => !Regex.IsMatch(
        text, rule.Pattern!, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | (rule.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)));

    private static bool IsNumber(Property property) => property.Form is ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating;

    // A number that the type itself does not hold is no number of the field at all, and refused as well.
    private static string Below(Property property, decimal bound) => Quote(Number(bound - StepOf(property)));

    private static string Above(Property property, decimal bound) => Quote(Number(bound + StepOf(property)));

    private static decimal StepOf(Property property) => property.Form == ValueForm.Decimal ? new decimal(1, 0, 0, false, (byte)Math.Clamp(property.Scale ?? 2, 0, 28)) : 1;

    private static decimal NumberOf(PropertyRule rule) => decimal.Parse(rule.Bound!.Json, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    // JSON text in C#.
    private static string Json(string text) => Quote(CSharpText.Json(text));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
