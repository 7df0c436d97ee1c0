using System.Globalization;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>A length of time as PostgreSQL knows it: months are of no fixed length, and so they are kept apart.</summary>
/// <param name="Months">The months, those of years included.</param>
/// <param name="Time">All that has a fixed length.</param>
internal readonly partial record struct Interval(int Months, TimeSpan Time)
{
    // A thousand years; anything longer is a slip of the finger, and a TimeSpan holds no more than ten times as much.
    private const int LongestMonths = 12_000;
    private const long LongestSeconds = 31_557_600_000;

    private const string IsoNumber = @"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?";

    /// <summary>Reads what PostgreSQL takes: 7 days, 1 day 02:30, -1 week, 90 (seconds), P1DT2H; null where it is no interval.</summary>
    public static Interval? Read(string text) => text.Trim() is ['P', ..] iso ? ReadIso(iso) : ReadParts(text);

    /// <summary>The length, where it is fixed.</summary>
    public TimeSpan? Fixed => Months == 0 ? Time : null;

    /// <summary>A fixed length as a C# expression.</summary>
    public static string CSharp(TimeSpan time) => time switch
    {
        _ when time == TimeSpan.Zero => "TimeSpan.Zero",
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromDays({time.Ticks / TimeSpan.TicksPerDay})"),
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromHours({time.Ticks / TimeSpan.TicksPerHour})"),
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromMinutes({time.Ticks / TimeSpan.TicksPerMinute})"),
        _ when time.Ticks % TimeSpan.TicksPerSecond == 0 => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromSeconds({time.Ticks / TimeSpan.TicksPerSecond})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromTicks({time.Ticks}L)"),
    };

    private static Interval? ReadParts(string text)
    {
        var match = Parts().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (months, seconds) = (0m, 0m);
        var parts = match.Groups["part"].Captures;
        for (var i = 0; i < parts.Count; i++)
        {
            if (PartOf(parts[i].Value, isLast: i == parts.Count - 1) is not var (partMonths, partSeconds))
            {
                return null;
            }

            months += partMonths;
            seconds += partSeconds;
        }

        return match.Groups["ago"].Success ? Of(-months, -seconds) : Of(months, seconds);
    }

    private static (decimal Months, decimal Seconds)? PartOf(string part, bool isLast)
    {
        if (part.Contains(':', StringComparison.Ordinal))
        {
            var clock = part.TrimStart('+', '-').Split(':');
            var seconds = (Number(clock[0]) * 3600) + (Number(clock[1]) * 60) + (clock.Length > 2 ? Number(clock[2]) : 0);
            return (0, part[0] == '-' ? -seconds : seconds);
        }

        var digits = part.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        var unit = part[digits.Length..];
        // A number alone counts seconds, and days before a time.
        return (unit.Length == 0 ? isLast ? (0, 1) : (0, 86400) : UnitOf(unit)) is var (months, perUnit)
            ? (Number(digits.TrimEnd()) * months, Number(digits.TrimEnd()) * perUnit)
            : null;
    }

    private static Interval? ReadIso(string text)
    {
        var match = Iso().Match(text);
        decimal In(string group) => match.Groups[group] is { Success: true } part ? Number(part.ValueSpan) : 0;
        return match.Success
            ? Of(
                (In("years") * 12) + In("months"),
                (In("weeks") * 604800) + (In("days") * 86400) + (In("hours") * 3600) + (In("minutes") * 60) + In("seconds"))
            : null;
    }

    private static Interval? Of(decimal months, decimal seconds) =>
        decimal.Truncate(months) == months && Math.Abs(months) <= LongestMonths && Math.Abs(seconds) <= LongestSeconds
            ? new((int)months, TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)))
            : null;

    private static decimal Number(ReadOnlySpan<char> digits) => decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static (decimal Months, decimal Seconds)? UnitOf(string unit) => unit.ToLowerInvariant() switch
    {
        "century" or "centuries" => (1200, 0),
        "decade" or "decades" => (120, 0),
        "year" or "years" or "yr" or "yrs" or "y" => (12, 0),
        "month" or "months" or "mon" or "mons" => (1, 0),
        "week" or "weeks" or "w" => (0, 604800),
        "day" or "days" or "d" => (0, 86400),
        "hour" or "hours" or "hr" or "hrs" or "h" => (0, 3600),
        "minute" or "minutes" or "min" or "mins" or "m" => (0, 60),
        "second" or "seconds" or "sec" or "secs" or "s" => (0, 1),
        "millisecond" or "milliseconds" or "msec" or "msecs" or "ms" => (0, 0.001m),
        "microsecond" or "microseconds" or "usec" or "usecs" or "us" => (0, 0.000001m),
        _ => null,
    };

    // Numbers do not come apart, so that no text is tried in more ways than one.
    [GeneratedRegex(
        @"^\s*@?\s*(?:(?<part>[+-]?(?>[0-9]{1,7}:[0-9]{1,2}(?::[0-9]{1,2}(?:\.[0-9]{1,9})?)?|(?:[0-9]{1,12}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}))(?![0-9.:])(?:\s*(?!ago)[a-z]+)?)[\s,]*)+(?<ago>ago)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parts();

    [GeneratedRegex(
        $"^P(?=[0-9T+-])(?:(?<years>{IsoNumber})Y)?(?:(?<months>{IsoNumber})M)?(?:(?<weeks>{IsoNumber})W)?(?:(?<days>{IsoNumber})D)?"
        + $"(?:T(?:(?<hours>{IsoNumber})H)?(?:(?<minutes>{IsoNumber})M)?(?:(?<seconds>{IsoNumber})S)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
