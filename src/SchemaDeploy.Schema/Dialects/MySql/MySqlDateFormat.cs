namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Formats of DATE_FORMAT that do nothing but cut a time to its year, month, … or second.</summary>
internal static class MySqlDateFormat
{
    private static readonly string[] s_parts = ["year", "month", "day", "hour", "minute", "second"];
    private static readonly string[] s_specifiers = ["Y", "m", "d", "H", "i", "sS"];

    /// <summary>
    /// The last part that the format writes, where it writes all from the year to it in order and else only marks
    /// between them (and fixed digits behind them); null for every other format.
    /// </summary>
    public static string? TruncatedPart(string format)
    {
        var written = 0;
        var isFilled = false;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                // Digits behind the last part fill up the rest, as in '%Y-%m-01'.
                isFilled |= char.IsAsciiDigit(format[i]);
                continue;
            }

            if (++i == format.Length || isFilled)
            {
                return null;
            }

            if (format[i] == 'T' && written == 3)
            {
                written = 6;
            }
            else if (written < s_specifiers.Length && s_specifiers[written].Contains(format[i], StringComparison.Ordinal))
            {
                written++;
            }
            else
            {
                return null;
            }
        }

        return written == 0 ? null : s_parts[written - 1];
    }
}
