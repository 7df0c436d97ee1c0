using System.Buffers.Binary;
using System.Globalization;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>The binary form in which Management Studio scripts dates: <c>CAST(0x0000A2F900000000 AS DateTime)</c>.</summary>
internal static class DateBytes
{
    private static readonly DateTime s_firstDateTime = new(1900, 1, 1);
    private const double TicksOfDateTimePerSecond = 300;

    /// <summary>The date as text; null where the type is no date's or the bytes are none.</summary>
    public static string? Read(string type, string digits)
    {
        var bytes = Convert.FromHexString(digits.Length % 2 == 0 ? digits : "0" + digits);
        try
        {
            return type.ToUpperInvariant() switch
            {
                "DATETIME" when bytes.Length == 8 => Text(s_firstDateTime
                    .AddDays(BinaryPrimitives.ReadInt32BigEndian(bytes))
                    .AddMilliseconds(Math.Round(1000.0 * BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)) / TicksOfDateTimePerSecond))),
                "SMALLDATETIME" when bytes.Length == 4 => Text(s_firstDateTime
                    .AddDays(BinaryPrimitives.ReadUInt16BigEndian(bytes))
                    .AddMinutes(BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)))),
                "DATE" when bytes.Length is 3 or 4 => Day(bytes.AsSpan(0, 3)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "TIME" when bytes.Length is > 3 and < 7 => Time(bytes[0], bytes.AsSpan(1)).ToString("c", CultureInfo.InvariantCulture),
                "DATETIME2" when bytes.Length is > 6 and < 10 => Text(Day(bytes.AsSpan(bytes.Length - 3)) + Time(bytes[0], bytes.AsSpan(1, bytes.Length - 4))),
                "DATETIMEOFFSET" when bytes.Length is > 8 and < 12 => Text(Day(bytes.AsSpan(bytes.Length - 5, 3)) + Time(bytes[0], bytes.AsSpan(1, bytes.Length - 6))) + "+00:00",
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTime Day(ReadOnlySpan<byte> bytes) => DateTime.MinValue.AddDays(Number(bytes));

    private static TimeSpan Time(byte precision, ReadOnlySpan<byte> bytes) =>
        TimeSpan.FromTicks((long)(Number(bytes) * Math.Pow(10, 7 - Math.Min((int)precision, 7))));

    private static long Number(ReadOnlySpan<byte> littleEndian)
    {
        long number = 0;
        for (var i = littleEndian.Length - 1; i >= 0; i--)
        {
            number = (number << 8) | littleEndian[i];
        }

        return number;
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
