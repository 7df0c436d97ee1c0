using System.Globalization;
using System.Text.Json;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>A literal of the schema as a value of its column's type.</summary>
/// <param name="Value">In C#, as the entity holds it, and in JSON.</param>
/// <param name="Sql">The literal in its plainest form.</param>
internal sealed record ColumnLiteral(RuleValue Value, SqlExpression Sql)
{
    /// <summary>The text of the literal on PostgreSQL, where that has a form of its own.</summary>
    public string? PostgreSqlText { get; init; }

    /// <summary>The value in C# as requests hold it.</summary>
    public string RequestCSharp { get; init; } = Value.CSharp;
}

/// <summary>Reads literals as values of columns: databases take '5' for 5 and 1 for true.</summary>
internal static class ColumnLiterals
{
    /// <summary>The literal that an expression is, or null.</summary>
    public static LiteralExpression? Of(SqlExpression expression) => expression switch
    {
        LiteralExpression literal => literal,
        CastExpression cast => Of(cast.Value),
        UnaryExpression { Operator: UnaryOperator.Negate } negate when Of(negate.Operand) is { Kind: LiteralKind.Number } number =>
            number with { Text = number.Text.StartsWith('-') ? number.Text[1..] : "-" + number.Text },
        _ => null,
    };

    /// <summary>The value of the type that <paramref name="expression"/> is, or null where it is none.</summary>
    public static ColumnLiteral? Read(SqlExpression expression, PropertyType type, Enumeration? enumeration)
    {
        if (Of(expression) is not { Kind: not LiteralKind.Null } literal)
        {
            return null;
        }

        var text = literal.Text;
        return type.Form switch
        {
            ValueForm.Boolean => ReadBoolean(text),
            ValueForm.Integer => ReadInteger(text, type.ClrType),
            ValueForm.Decimal => ReadDecimal(text),
            ValueForm.Floating => ReadFloating(text, type.ClrType),
            ValueForm.Text when literal.Kind != LiteralKind.Binary => OfText(text),
            ValueForm.Bytes when literal.Kind == LiteralKind.Binary => ReadBytes(text),
            ValueForm.Date => ReadDate(text),
            ValueForm.Time => ReadTime(text),
            ValueForm.WallClock => ReadDateTime(text, DateTimeKind.Unspecified),
            ValueForm.Moment => ReadDateTime(text, DateTimeKind.Utc),
            ValueForm.Uuid => ReadUuid(text),
            ValueForm.Enum => ReadEnum(text, enumeration),
            ValueForm.Duration => ReadDuration(text),
            ValueForm.Json when type.Item is { } item && ListLiterals.Read(text, item, enumeration) is { } list => ReadJson(list.Json),
            ValueForm.Json => ReadJson(text),
            ValueForm.List when ListLiterals.Read(text, type.Item!, enumeration) is { } list =>
                new(list, Text(list.Json)) { PostgreSqlText = text.StartsWith('[') ? null : text },
            _ => null,
        };
    }

    private static ColumnLiteral? ReadBoolean(string text) => text.ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "y" or "yes" or "on" => new(new("true", "true"), LiteralExpression.True),
        "0" or "false" or "f" or "n" or "no" or "off" => new(new("false", "false"), LiteralExpression.False),
        _ => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? ReadBoolean(number == 0 ? "0" : "1")
            : null,
    };

    private static ColumnLiteral? ReadInteger(string text, string clrType)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || decimal.Truncate(number) != number
            || number < PropertyTypes.MinimumOf(clrType) || number > PropertyTypes.MaximumOf(clrType))
        {
            return null;
        }

        var digits = decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture);
        return new(new(OfInteger(digits, clrType), digits), Number(digits));
    }

    /// <summary>A whole number as a C# expression of the type.</summary>
    public static string OfInteger(string digits, string clrType) => (clrType, digits) switch
    {
        ("long", "-9223372036854775808") => "long.MinValue",
        ("long", _) => digits + "L",
        ("int", _) => digits,
        (_, ['-', ..]) => $"({clrType})({digits})",
        _ => $"({clrType}){digits}",
    };

    private static ColumnLiteral? ReadDecimal(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var digits = number.ToString(CultureInfo.InvariantCulture);
        return new(new(digits + "m", digits), Number(digits));
    }

    private static ColumnLiteral? ReadFloating(string text, string clrType)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(clrType == "float" ? (float)number : number))
        {
            return null;
        }

        var digits = clrType == "float"
            ? ((float)number).ToString("R", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
        return new(new(digits + (clrType == "float" ? "f" : "d"), digits), Number(digits));
    }

    private static ColumnLiteral OfText(string text) => new(new(CSharpText.Quote(text), CSharpText.Json(text)), Text(text));

    private static ColumnLiteral? ReadBytes(string hex)
    {
        if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var bytes = Convert.FromHexString(hex);
        var csharp = bytes.Length == 0 ? "[]" : $"[{string.Join(", ", bytes.Select(b => string.Create(CultureInfo.InvariantCulture, $"0x{b:X2}")))}]";
        return new(new(csharp, CSharpText.Json(Convert.ToBase64String(bytes))), new LiteralExpression(LiteralKind.Binary, hex));
    }

    /// <summary>The moment that a text of any dialect says, in UTC where it names a zone; null where it is none.</summary>
    public static DateTime? Moment(string text) =>
        WrittenTime(text) is var (time, offset) ? time - (offset ?? TimeSpan.Zero) : null;

    // SQL Server reads the dates that the others do, and months first.
    private static (DateTime Time, TimeSpan? Offset)? WrittenTime(string text) => TimeText.Moment(text, SchemaDialect.TSql);

    private static ColumnLiteral? ReadDate(string text)
    {
        if (WrittenTime(text)?.Time is not { } time)
        {
            return null;
        }

        var date = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(new(Call("new DateOnly", time.Year, time.Month, time.Day), CSharpText.Json(date)), Text(date));
    }

    private static ColumnLiteral? ReadTime(string text)
    {
        if (!TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            return null;
        }

        var written = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return new(new(Call("new TimeOnly", time.Hour, time.Minute, time.Second), CSharpText.Json(written)), Text(written));
    }

    private static ColumnLiteral? ReadDateTime(string text, DateTimeKind kind)
    {
        // A wall clock has no zone to move to.
        if ((kind == DateTimeKind.Utc ? Moment(text) : WrittenTime(text)?.Time) is not { } time)
        {
            return null;
        }

        var json = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + (kind == DateTimeKind.Utc ? "Z" : "");
        var arguments = string.Create(
            CultureInfo.InvariantCulture, $"{time.Year}, {time.Month}, {time.Day}, {time.Hour}, {time.Minute}, {time.Second}");
        return new(
            new($"new DateTime({arguments}, DateTimeKind.{kind})", CSharpText.Json(json)),
            Text(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    private static ColumnLiteral? ReadDuration(string text)
    {
        if (Interval.Read(text)?.Fixed is not { } time)
        {
            return null;
        }

        var json = time.ToString("c", CultureInfo.InvariantCulture);
        return new(new(Interval.CSharp(time), CSharpText.Json(json)), new CastExpression(Text(text), new SqlType(SqlTypeKind.Interval, "interval")));
    }

    private static ColumnLiteral? ReadUuid(string text)
    {
        if (!Guid.TryParse(text, out var uuid))
        {
            return null;
        }

        // Upper case, as SQLite's provider writes them; the other databases do not mind.
        var written = uuid.ToString();
        return new(new($"new Guid({CSharpText.Quote(written)})", CSharpText.Json(written)), Text(written.ToUpperInvariant()));
    }

    private static ColumnLiteral? ReadEnum(string text, Enumeration? enumeration)
    {
        // MySQL finds enum members without regard to case.
        var member = enumeration?.Members.FirstOrDefault(m => m.Text == text)
            ?? enumeration?.Members.FirstOrDefault(m => m.Text.Equals(text, StringComparison.OrdinalIgnoreCase));
        return member is null
            ? null
            : new(new($"{enumeration!.Name}.{member.Name}", CSharpText.Json(member.Text)), Text(member.Text));
    }

    private static ColumnLiteral? ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return new(new(CSharpText.Quote(text), document.RootElement.GetRawText()), Text(text))
            {
                RequestCSharp = $"JsonElement.Parse({CSharpText.Quote(text)})",
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Call(string constructor, int first, int second, int third) =>
        string.Create(CultureInfo.InvariantCulture, $"{constructor}({first}, {second}, {third})");

    private static LiteralExpression Number(string digits) => new(LiteralKind.Number, digits);

    private static LiteralExpression Text(string text) => new(LiteralKind.String, text);
}
