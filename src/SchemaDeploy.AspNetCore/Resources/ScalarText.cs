using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>How single values are written in paths, query strings and cursors: as in JSON, and in no other way.</summary>
internal static class ScalarText
{
    private static readonly SearchValues<char> s_numberCharacters = SearchValues.Create("0123456789+-.eE");
    private static readonly string[] s_timeFormats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];
    private static readonly string[] s_dateTimeFormats = ["yyyy-MM-dd", .. s_timeFormats.Select(time => "yyyy-MM-dd'T'" + time + "K")];

    private static readonly HashSet<Type> s_wholeTypes =
        [typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)];

    private static readonly Dictionary<Type, string> s_descriptions = new()
    {
        [typeof(bool)] = "true or false",
        [typeof(byte)] = Whole<byte>(),
        [typeof(sbyte)] = Whole<sbyte>(),
        [typeof(short)] = Whole<short>(),
        [typeof(ushort)] = Whole<ushort>(),
        [typeof(int)] = Whole<int>(),
        [typeof(uint)] = Whole<uint>(),
        [typeof(long)] = Whole<long>(),
        [typeof(ulong)] = Whole<ulong>(),
        [typeof(decimal)] = "a number",
        [typeof(double)] = "a number",
        [typeof(float)] = "a number",
        [typeof(Guid)] = "a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff",
        [typeof(DateTime)] = "a date and time such as 2030-01-31T12:00:00Z",
        [typeof(DateTimeOffset)] = "a date and time such as 2030-01-31T12:00:00Z",
        [typeof(DateOnly)] = "a date such as 2030-01-31",
        [typeof(TimeOnly)] = "a time such as 12:00:00",
        [typeof(TimeSpan)] = "a time such as 12:00:00",
        [typeof(string)] = "text",
        [typeof(byte[])] = "Base64 text",
        [typeof(JsonElement)] = "JSON of valid text, in which no name is given twice",
    };

    /// <summary>What a value of <paramref name="type"/> looks like; completes "must be …".</summary>
    public static string Describe(Type type) =>
        s_descriptions.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type, "of the type of this field");

    /// <summary>Reads a value; null where the text is none.</summary>
    public static T? Parse<T>(string text)
        where T : struct, IParsable<T> => TryParse<T>(text, out var value) ? value : null;

    /// <summary>Reads a value; false where the text is none.</summary>
    public static bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T>
    {
        if (ReadSpecial(typeof(T), text, out var special))
        {
            value = special is null ? default : (T)special;
            return special is not null;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out value) && IsFinite(value);
    }

    // The types whose own TryParse reads more than JSON has: "1,000", " 5", "01/02/2030", "{…}".
    private static bool ReadSpecial(Type type, string text, out object? value)
    {
        value = null;
        if (type == typeof(DateTime))
        {
            value = ParseDateTime(text);
        }
        else if (type == typeof(DateTimeOffset))
        {
            value = ParseDateTime(text) is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
        }
        else if (type == typeof(DateOnly))
        {
            value = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        }
        else if (type == typeof(TimeOnly))
        {
            value = TimeOnly.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        }
        else if (type == typeof(TimeSpan))
        {
            value = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && text.Contains(':', StringComparison.Ordinal) ? time : null;
        }
        else if (type == typeof(Guid))
        {
            value = Guid.TryParseExact(text, "D", out var id) ? id : null;
        }
        else if (type == typeof(bool))
        {
            value = text switch { "true" => true, "false" => false, _ => null };
        }
        else if (type == typeof(decimal))
        {
            value = IsNumber(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        else
        {
            return !(type == typeof(double) || type == typeof(float) ? IsNumber(text) : !s_wholeTypes.Contains(type) || IsWhole(text));
        }

        return true;
    }

    /// <summary>Writes a value so that <see cref="Parse"/> reads it back exactly.</summary>
    public static string Format(object value) => value switch
    {
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A time with an offset is a moment and becomes UTC; one without is taken as it stands.</summary>
    public static DateTime? ParseDateTime(string text) =>
        DateTime.TryParseExact(text, s_dateTimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value)
            ? value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value
            : null;

    private static bool IsNumber(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_numberCharacters) && text[0] is not ('+' or '.');

    private static bool IsWhole(string text) => text.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsFinite<T>(T value) => value switch
    {
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        _ => true,
    };

    private static string Whole<T>()
        where T : IMinMaxValue<T> => string.Create(CultureInfo.InvariantCulture, $"a whole number from {T.MinValue} to {T.MaxValue}");
}
