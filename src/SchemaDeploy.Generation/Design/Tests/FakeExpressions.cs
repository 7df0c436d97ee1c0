using System.Globalization;
using System.Text.RegularExpressions;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>C# expressions that make up values which the rules of a field allow.</summary>
internal static class FakeExpressions
{
    private const int UsualMaximum = 1000;
    private const int NumberedRows = 1_000_000;

    /// <summary>The expression; null where no value can be made up.</summary>
    /// <param name="property">The field.</param>
    /// <param name="isUnique">Whether no two rows may have the same value.</param>
    public static string? Of(Property property, bool isUnique) => property.Form switch
    {
        ValueForm.Boolean => "fake.Random.Bool()",
        ValueForm.Integer => Integer(property, isUnique),
        ValueForm.Decimal => Decimal(property, isUnique),
        ValueForm.Floating => Floating(property),
        ValueForm.Text => Text(property, isUnique),
        ValueForm.Bytes => Invariant($"fake.Random.Bytes({(property.IsFixedLength ? property.MaxLength ?? 8 : Math.Min(property.MaxLength ?? 8, 8))})"),
        ValueForm.Date => "fake.Day()",
        ValueForm.Time => "fake.TimeOfDay()",
        ValueForm.WallClock => "fake.Time()",
        ValueForm.Moment => "fake.Moment()",
        ValueForm.Duration => "fake.Duration()",
        ValueForm.Uuid => "fake.Random.Guid()",
        ValueForm.Json when property.Rules.Any(rule => rule.Kind == RuleKind.JsonList) => "FakeValues.Json(\"[1, 2]\")",
        ValueForm.Json => "fake.Document()",
        ValueForm.Enum => Enum(property),
        ValueForm.List => List(property),
        _ => null,
    };

    /// <summary>The bounds of a number, both inclusive; what has none is kept to numbers that people write.</summary>
    public static (decimal Minimum, decimal Maximum) BoundsOf(Property property)
    {
        var step = property.Form == ValueForm.Integer ? 1m : Step(property.Scale ?? 2);
        decimal? minimum = null;
        decimal? maximum = null;
        foreach (var rule in property.Rules)
        {
            switch (rule.Kind)
            {
                case RuleKind.Minimum:
                    minimum = Larger(minimum, NumberOf(rule));
                    break;
                case RuleKind.GreaterThan:
                    minimum = Larger(minimum, NumberOf(rule) + step);
                    break;
                case RuleKind.Maximum:
                    maximum = Smaller(maximum, NumberOf(rule));
                    break;
                case RuleKind.LessThan:
                    maximum = Smaller(maximum, NumberOf(rule) - step);
                    break;
                case RuleKind.Digits when rule.Precision - rule.Scale < 20:
                    maximum = Smaller(maximum, (decimal)Math.Pow(10, rule.Precision - rule.Scale) - Step(rule.Scale));
                    break;
            }
        }

        if (property.Form == ValueForm.Integer)
        {
            maximum = Smaller(maximum, PropertyTypes.MaximumOf(property.ClrType));
        }

        var least = minimum is null or <= 1 && maximum is null or >= 1 ? 1 : minimum ?? 0;
        return (least, Math.Max(least, Math.Min(maximum ?? UsualMaximum, least + UsualMaximum - 1)));
    }

    private static string Integer(Property property, bool isUnique)
    {
        var (minimum, maximum) = BoundsOf(property);
        if (isUnique)
        {
            var end = property.Rules.Any(rule => rule.Kind is RuleKind.Maximum or RuleKind.LessThan)
                ? property.Rules.Where(rule => rule.Kind is RuleKind.Maximum or RuleKind.LessThan).Min(NumberOf)
                : Math.Min(PropertyTypes.MaximumOf(property.ClrType), NumberedRows);
            var number = Invariant($"fake.UniqueNumber({minimum}, {Math.Max(minimum, Math.Min(end, NumberedRows))})");
            return property.ClrType == "long" ? number : $"({property.ClrType}){number}";
        }

        return property.ClrType switch
        {
            "byte" => Invariant($"fake.Random.Byte({minimum}, {maximum})"),
            "short" => Invariant($"fake.Random.Short({minimum}, {maximum})"),
            "int" => Invariant($"fake.Random.Int({minimum}, {maximum})"),
            _ => Invariant($"fake.Random.Long({minimum}, {maximum})"),
        };
    }

    private static string Decimal(Property property, bool isUnique)
    {
        var (minimum, maximum) = BoundsOf(property);
        return isUnique
            ? Invariant($"fake.UniqueNumber({decimal.Ceiling(minimum)}, {decimal.Floor(Math.Max(maximum, NumberedRows))})")
            : Invariant($"fake.Number({minimum}m, {maximum}m, {property.Scale ?? (property.Precision is null ? 2 : 0)})");
    }

    private static string Floating(Property property)
    {
        var (minimum, maximum) = BoundsOf(property);
        var number = Invariant($"fake.Floating({minimum}, {maximum})");
        return property.ClrType == "double" ? number : $"({property.ClrType}){number}";
    }

    private static string? Text(Property property, bool isUnique)
    {
        var minimum = property.Rules.Where(rule => rule.Kind == RuleKind.MinLength).Select(rule => rule.Length).DefaultIfEmpty(1).Max();
        var maximum = property.MaxLength is { } length ? Math.Min(length, 10_000) : 200;
        maximum = property.Rules.Where(rule => rule.Kind == RuleKind.MaxLength).Select(rule => rule.Length).Append(maximum).Min();
        if (property.Rules.FirstOrDefault(rule => rule.Kind is RuleKind.OneOf or RuleKind.SetOf) is { } members)
        {
            return $"fake.PickRandom({string.Join(", ", members.Values.Select(value => value.CSharp))})";
        }

        if (property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.Matches) is { Pattern: { } pattern })
        {
            return Invariant($"fake.{(isUnique ? "UniqueMatching" : "Matching")}({Quote(pattern)}, {maximum})");
        }

        if (property.IsFixedLength && maximum <= 40)
        {
            minimum = maximum;
        }

        return property switch
        {
            { Kind: Schema.Script.SqlTypeKind.Xml } => "$\"<row>{fake.Row}</row>\"",
            _ when (property.IsEmail || Regex.IsMatch(property.ColumnName, "(?i)e_?mail", RegexOptions.CultureInvariant)) && maximum >= 12 && minimum < maximum =>
                Invariant($"fake.UniqueEmail({maximum})"),
            _ when isUnique => Invariant($"fake.UniqueText({minimum}, {maximum})"),
            _ => Invariant($"fake.Text({minimum}, {maximum})"),
        };
    }

    private static string Enum(Property property)
    {
        var allowed = property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.OneOf) is { } members
            ? members.Values.Select(value => value.CSharp)
            : property.Enum!.Members.Select(member => $"{property.Enum.Name}.{member.Name}");
        return $"fake.PickRandom({string.Join(", ", allowed)})";
    }

    private static string? List(Property property)
    {
        var item = property.ClrType["List<".Length..^1];
        var value = item switch
        {
            _ when property.Enum is { } enumeration => $"{enumeration.Name}.{enumeration.Members[0].Name}",
            "bool" => "true",
            "short" or "int" or "long" => "1",
            "decimal" => "1m",
            "float" or "double" => "0.5f",
            "Guid" => "fake.Random.Guid()",
            "DateOnly" => "fake.Day()",
            "string" => Invariant($"fake.Text(1, {property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.MaxLength)?.Length ?? 40})"),
            _ => null,
        };
        return value is null ? null : $"[{value}]";
    }

    private static decimal NumberOf(PropertyRule rule) => decimal.Parse(rule.Bound!.Json, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal Step(int scale) => new(1, 0, 0, false, (byte)Math.Clamp(scale, 0, 28));

    private static decimal Larger(decimal? one, decimal other) => Math.Max(one ?? other, other);

    private static decimal Smaller(decimal? one, decimal other) => Math.Min(one ?? other, other);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
