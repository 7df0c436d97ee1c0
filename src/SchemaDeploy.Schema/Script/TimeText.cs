using System.Globalization;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Schema.Script;

/// <summary>Dates, times and lengths of time as databases read them.</summary>
public static partial class TimeText
{
    private const int FinestDigits = 6;
    private static readonly string[] s_parts = ["year", "month", "day", "hour", "minute", "second"];

    /// <summary>A date with or without a time of day, and the zone where one is named; null where the text is none.</summary>
    public static (DateTime Time, TimeSpan? Offset)? Moment(string text, SchemaDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Iso().Match(text) is { Success: true } match)
        {
            return Time(match.Groups) is { } time ? (time, Offset(match.Groups["zone"].Value)) : null;
        }

        // Management Studio's users write the months first, and so do PostgreSQL's.
        var isWritten = dialect != SchemaDialect.MySql && text.AsSpan().ContainsAny('/', ' ', '.') && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
        return isWritten
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AllowWhiteSpaces, out var written)
            && written.Kind == DateTimeKind.Unspecified && written.Year > 1
                ? (written, null)
                : null;
    }

    /// <summary>A time of day, also as part of a date; null where the text is none, and a time beyond the day's end where it is that.</summary>
    public static TimeSpan? OfDay(string text, SchemaDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Clock().Match(text) is { Success: true } match)
        {
            var time = new TimeSpan(0, Number(match, "hour"), Number(match, "minute"), Number(match, "second")) + Fraction(match.Groups["fraction"].Value);
            return text.TrimStart().StartsWith('-') ? -time : time;
        }

        return Moment(text, dialect) is { } moment ? moment.Time.TimeOfDay
            : TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var other) ? other.ToTimeSpan()
            : null;
    }

    /// <summary>A length of time as PostgreSQL writes it, or as ISO 8601 does; null where it is none, or has months, whose length is not fixed.</summary>
    public static TimeSpan? Length(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (IsoLength().Match(text) is { Success: true } iso)
        {
            return new TimeSpan(Number(iso, "day") + (7 * Number(iso, "week")), Number(iso, "hour"), Number(iso, "minute"), Number(iso, "second")) + Fraction(iso.Groups["fraction"].Value);
        }

        var length = TimeSpan.Zero;
        var end = 0;
        foreach (var match in Unit().EnumerateMatches(text))
        {
            if (!text.AsSpan(end, match.Index - end).IsWhiteSpace() || Part(text.Substring(match.Index, match.Length)) is not { } part)
            {
                return null;
            }

            (length, end) = (length + part, match.Index + match.Length);
        }

        return end > 0 && text.AsSpan(end).IsWhiteSpace() ? length : null;
    }

    /// <summary>The time without what is finer than the column keeps.</summary>
    public static TimeSpan Cut(TimeSpan time, int? precision)
    {
        var step = TimeSpan.TicksPerSecond;
        for (var digits = Math.Min(precision ?? FinestDigits, FinestDigits); digits > 0; digits--)
        {
            step /= 10;
        }

        return new TimeSpan(time.Ticks - (time.Ticks % step));
    }

    private static TimeSpan? Part(string text)
    {
        var match = Unit().Match(text);
        if (match.Groups["hour"].Success)
        {
            var time = new TimeSpan(Number(match, "hour"), Number(match, "minute"), Number(match, "second")) + Fraction(match.Groups["fraction"].Value);
            return text.StartsWith('-') ? -time : time;
        }

        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value.ToUpperInvariant().TrimEnd('S') switch
        {
            "WEEK" => TimeSpan.FromDays(7 * number),
            "DAY" or "D" => TimeSpan.FromDays(number),
            "HOUR" or "H" or "HR" => TimeSpan.FromHours(number),
            "MINUTE" or "MIN" or "M" => TimeSpan.FromMinutes(number),
            "SECOND" or "SEC" or "" => TimeSpan.FromSeconds(number),
            _ => null,
        };
    }

    private static DateTime? Time(GroupCollection groups)
    {
        int[] parts = [.. s_parts.Select(name =>
            groups[name].Success ? int.Parse(groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0)];
        return parts is [> 0, > 0 and < 13, > 0, < 24, < 60, < 60] && parts[2] <= DateTime.DaysInMonth(parts[0], parts[1])
            ? new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]) + Fraction(groups["fraction"].Value)
            : null;
    }

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0)
        {
            return null;
        }

        if (zone[0] is not ('+' or '-'))
        {
            return TimeSpan.Zero;
        }

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var hours = Math.Min(2, digits.Length);
        var offset = new TimeSpan(
            int.Parse(digits.AsSpan(0, hours), CultureInfo.InvariantCulture),
            digits.Length < 4 ? 0 : int.Parse(digits.AsSpan(2, 2), CultureInfo.InvariantCulture), 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static TimeSpan Fraction(string digits) => digits.Length == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(long.Parse(digits.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture));

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^\s*(?:(?<year>\d{4})(?<dash>[-/.])(?<month>\d{1,2})\k<dash>(?<day>\d{1,2})|(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?=\d{6}$|[T ]|$))(?:(?:T|\s+|(?=\d{6}$))(?<hour>\d{1,2}):?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?)?\s*(?<zone>Z|UTC|GMT|[+-]\d{1,2}(?::?\d\d)?(?::\d\d)?)?\s*(?:AD)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^\s*-?(?<hour>\d{1,3}):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?)?\s*(?:Z|UTC|[+-]\d{1,2}(?::?\d\d)?)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^P(?:(?<week>\d{1,6})W)?(?:(?<day>\d{1,7})D)?(?:T(?:(?<hour>\d{1,7})H)?(?:(?<minute>\d{1,8})M)?(?:(?<second>\d{1,9})(?:\.(?<fraction>\d{1,9}))?S)?)?$")]
    private static partial Regex IsoLength();

    [GeneratedRegex(@"[-+]?(?<hour>\d{1,7}):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?)?|(?<number>[-+]?\d{1,9}(?:\.\d{1,9})?)\s*(?<unit>[A-Za-z]*)")]
    private static partial Regex Unit();
}
