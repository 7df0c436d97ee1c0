using System.Globalization;
using System.Text.Json;
using Fare;

namespace SchemaDeploy.Testing.Data;

/// <summary>Values that the types of columns hold exactly, on every database.</summary>
public static class FakeValues
{
    private const int Attempts = 2000;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly DateTime s_epoch = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Words of so many characters.</summary>
    public static string Text(this Fake fake, int minimum, int maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        var text = Cut(fake.Lorem.Sentence(3).TrimEnd('.'), Math.Max(minimum, Math.Min(maximum, 40)));
        return text.Length >= minimum ? text : text + fake.Random.String2(minimum - text.Length);
    }

    /// <summary>Text that no other row has, of so many characters.</summary>
    public static string UniqueText(this Fake fake, int minimum, int maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        var number = Number(fake.Row);
        if (maximum <= number.Length + 1)
        {
            return number[^Math.Min(maximum, number.Length)..].PadLeft(Math.Max(minimum, 1), '0');
        }

        var text = $"{Cut(fake.Lorem.Word(), Math.Min(maximum, 30) - number.Length - 1)}-{number}";
        return text.PadRight(minimum, 'x');
    }

    /// <summary>An e-mail that nobody else has.</summary>
    public static string UniqueEmail(this Fake fake, int maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        var email = $"{fake.Name.FirstName().ToLowerInvariant()}.{Number(fake.Row)}@example.org";
        return email.Length <= maximum ? email : $"{Number(fake.Row)}@a.org";
    }

    /// <summary>A number that no other row has.</summary>
    public static long UniqueNumber(this Fake fake, long minimum, long maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return minimum + (fake.Row % (maximum - minimum + 1));
    }

    /// <summary>Text that a regular expression matches.</summary>
    public static string Matching(this Fake fake, string pattern, int maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return Matching(fake, pattern, maximum, _ => true);
    }

    /// <summary>Text that a regular expression matches and that no other row has; where all are taken, one of them again.</summary>
    public static string UniqueMatching(this Fake fake, string pattern, int maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return Matching(fake, pattern, maximum, text => fake.Claim(pattern, text));
    }

    /// <summary>A number with so many digits behind the point.</summary>
    public static decimal Number(this Fake fake, decimal minimum, decimal maximum, int scale)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return Math.Clamp(decimal.Round(fake.Random.Decimal(minimum, maximum), scale), minimum, maximum);
    }

    /// <summary>A floating-point number that every precision holds.</summary>
    public static double Floating(this Fake fake, double minimum, double maximum)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return Math.Clamp(Math.Floor(fake.Random.Double(minimum, maximum)) + 0.5, minimum, maximum);
    }

    /// <summary>A day of the years from 2020 on.</summary>
    public static DateOnly Day(this Fake fake) => DateOnly.FromDateTime(fake.Time());

    /// <summary>A time of the years from 2020 on, to the second.</summary>
    public static DateTime Time(this Fake fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return s_epoch.AddSeconds(fake.Random.Int(0, 150_000_000));
    }

    /// <summary>A moment of the years from 2020 on, in UTC, to the second.</summary>
    public static DateTime Moment(this Fake fake) => DateTime.SpecifyKind(fake.Time(), DateTimeKind.Utc);

    /// <summary>A time of day, to the second.</summary>
    public static TimeOnly TimeOfDay(this Fake fake) => TimeOnly.FromDateTime(fake.Time());

    /// <summary>A length of time below a day, to the second.</summary>
    public static TimeSpan Duration(this Fake fake) => fake.Time().TimeOfDay;

    /// <summary>A JSON document: an object with a few members.</summary>
    public static JsonElement Document(this Fake fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return Json($$"""{"word":"{{fake.Lorem.Word()}}","number":{{fake.Random.Int(0, 1000).ToString(CultureInfo.InvariantCulture)}}}""");
    }

    /// <summary>A JSON document.</summary>
    public static JsonElement Json(string text) => JsonElement.Parse(text);

    private static string Matching(Fake fake, string pattern, int maximum, Func<string, bool> isWanted)
    {
        var generator = new Xeger(pattern, new Random(fake.Random.Int()));
        string? other = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var text = generator.Generate();
            if (text.Length <= maximum && isWanted(text))
            {
                return text;
            }

            other ??= text.Length <= maximum ? text : null;
        }

        return other ?? throw new InvalidOperationException($"No text of {maximum} characters was found that {pattern} matches.");
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..Math.Max(length, 0)].TrimEnd();

    private static string Number(int number)
    {
        var text = "";
        for (; number > 0; number /= Digits.Length)
        {
            text = Digits[number % Digits.Length] + text;
        }

        return text;
    }
}
