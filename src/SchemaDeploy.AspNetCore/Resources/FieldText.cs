using System.Diagnostics.CodeAnalysis;

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
        where TValue : struct, IParsable<TValue> => new(
            ScalarText.Describe(typeof(TValue)),
            OrderedOperators,
            ScalarText.Parse<TValue>,
            static value => ScalarText.Format(value));
}
