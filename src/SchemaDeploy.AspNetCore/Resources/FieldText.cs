using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>How values of one type are written in query strings and cursors.</summary>
/// <param name="Description">Completes "must be …".</param>
/// <param name="Operators">The filter operators that suit the type.</param>
/// <param name="Parse">Reads a value; null where the text is none.</param>
/// <param name="Format">Writes a value so that Parse reads it back exactly.</param>
internal sealed record FieldText<TValue>(
    string Description, IReadOnlyList<string> Operators, Func<string, TValue?> Parse, Func<TValue, string> Format)
    where TValue : struct;

/// <summary>The forms of the types that a field can have.</summary>
internal static class FieldText
{
    public static readonly string[] OrderedOperators = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "null"];
    public static readonly string[] EqualityOperators = ["eq", "ne", "in", "null"];
    public static readonly string[] TextOperators = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "null", "contains", "starts"];

    public static FieldText<bool> Boolean { get; } = new(
        "true or false",
        EqualityOperators,
        static text => text switch { "true" => true, "false" => false, _ => null },
        static value => value ? "true" : "false");

    public static FieldText<TEnum> Enum<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>()
        where TEnum : struct, Enum => new(
            $"one of {EnumText<TEnum>.List}",
            EqualityOperators,
            static text => EnumText<TEnum>.TryParse(text, out var value) ? value : null,
            EnumText<TEnum>.ToText);

    public static FieldText<TValue> Scalar<TValue>()
        where TValue : struct, IParsable<TValue>, IFormattable => new(
            Describe<TValue>(),
            OrderedOperators,
            typeof(TValue) == typeof(DateTime) ? text => (TValue?)(object?)ParseDateTime(text) : ParseScalar<TValue>,
            static value => value.ToString(value is DateTime or DateOnly or TimeOnly ? "O" : null, CultureInfo.InvariantCulture));

    private static TValue? ParseScalar<TValue>(string text)
        where TValue : struct, IParsable<TValue> =>
        TValue.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;

    // A time with an offset is a moment and becomes UTC; one without is taken as it stands.
    private static DateTime? ParseDateTime(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value)
            ? value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value
            : null;

    private static string Describe<TValue>()
    {
        if (typeof(TValue) == typeof(Guid))
        {
            return "a UUID";
        }

        if (typeof(TValue) == typeof(DateTime))
        {
            return "a date and time such as 2030-01-31T12:00:00Z";
        }

        if (typeof(TValue) == typeof(DateOnly))
        {
            return "a date such as 2030-01-31";
        }

        if (typeof(TValue) == typeof(TimeOnly) || typeof(TValue) == typeof(TimeSpan))
        {
            return "a time such as 12:00:00";
        }

        var isWhole = typeof(TValue) != typeof(decimal) && typeof(TValue) != typeof(double) && typeof(TValue) != typeof(float);
        return isWhole ? "a whole number" : "a number";
    }
}
