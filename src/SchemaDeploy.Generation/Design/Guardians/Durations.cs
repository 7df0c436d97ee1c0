using System.Globalization;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>Lengths of time as tags write them: 60s, 15m, 24h, 30d.</summary>
internal static class Durations
{
    // A century; anything longer is a slip of the finger.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(36525);

    /// <summary>The length that the text names; null where it names none, or none that makes sense.</summary>
    public static TimeSpan? Read(string text)
    {
        if (text.Length < 2
            || !decimal.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || SecondsOf(text[^1]) is not { } seconds
            || number * seconds > (decimal)s_longest.TotalSeconds)
        {
            return null;
        }

        var length = TimeSpan.FromTicks((long)(number * seconds * TimeSpan.TicksPerSecond));
        return length > TimeSpan.Zero ? length : null;
    }

    /// <summary>The length as a C# expression; the text is known to name one.</summary>
    public static string CSharp(string text)
    {
        var unit = text[^1] switch
        {
            's' => "Seconds",
            'm' => "Minutes",
            'h' => "Hours",
            _ => "Days",
        };
        return $"TimeSpan.From{unit}({text[..^1]})";
    }

    private static int? SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        _ => null,
    };
}
