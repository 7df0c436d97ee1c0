using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>Why a literal is no value of its column.</summary>
/// <param name="Kind">The kind of message.</param>
/// <param name="Arguments">What the message says behind the table, the column and the literal.</param>
internal sealed record ValueProblem(DiagnosticDescriptor Kind, params object[] Arguments);

/// <summary>Reads literals as the values of one column: as the dialect's database would, but that nothing is cut or guessed.</summary>
internal sealed class ValueReader
{
    private readonly Column _column;
    private readonly SchemaDialect _dialect;
    private readonly ValueReader? _items;
    private ValueProblem? _problem;

    public ValueReader(Column column, SchemaDialect dialect)
    {
        _column = column;
        _dialect = dialect;
        _items = column.Element is { } element ? new ValueReader(column with { Type = element, Element = null }, dialect) : null;
    }

    /// <summary>Whether the application's database has a column for the values.</summary>
    public bool IsKept => _column.Type is not (SqlTypeKind.Spatial or SqlTypeKind.Other) && _items?.IsKept != false;

    private bool IsTSql => _dialect == SchemaDialect.TSql;

    /// <summary>The value, or what is wrong with the literal; NULL and DEFAULT are the caller's.</summary>
    public SeedValue Read(DataValue literal, out ValueProblem? problem)
    {
        _problem = null;
        var value = Read(literal);
        problem = _problem;
        return value ?? SeedValue.Null;
    }

    /// <summary>The literal for a message.</summary>
    public static string Describe(DataValue literal)
    {
        const int LongestQuotation = 40;
        var text = literal.Text ?? "";
        var line = text.AsSpan().IndexOfAny('\n', '\r');
        var length = Math.Min(line < 0 ? text.Length : line, LongestQuotation);
        var shown = length == text.Length ? text : text[..length] + "…";
        return literal.Kind switch
        {
            DataValueKind.Text => $"'{shown}'",
            DataValueKind.Bytes => $"0x{shown}",
            DataValueKind.Bits => $"b'{shown}'",
            _ => shown,
        };
    }

    private SeedValue? Read(DataValue literal) => _column.Type switch
    {
        SqlTypeKind.Boolean => ReadBoolean(literal),
        SqlTypeKind.TinyInt => _column.Unsigned ? ReadInteger(literal, byte.MinValue, byte.MaxValue) : ReadInteger(literal, sbyte.MinValue, sbyte.MaxValue),
        SqlTypeKind.SmallInt => _column.Unsigned ? ReadInteger(literal, ushort.MinValue, ushort.MaxValue) : ReadInteger(literal, short.MinValue, short.MaxValue),
        SqlTypeKind.Int => _column.Unsigned ? ReadInteger(literal, uint.MinValue, uint.MaxValue) : ReadInteger(literal, int.MinValue, int.MaxValue),
        SqlTypeKind.BigInt => ReadInteger(literal, _column.Unsigned ? 0 : long.MinValue, long.MaxValue),
        SqlTypeKind.Year => ReadInteger(literal, 0, 9999),
        SqlTypeKind.Decimal => ReadDecimal(literal),
        SqlTypeKind.Real or SqlTypeKind.Double => ReadFloating(literal),
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Xml => ReadText(literal),
        SqlTypeKind.Bit => ReadBits(literal),
        SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob => ReadBytes(literal),
        SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp => ReadMoment(literal),
        SqlTypeKind.Time => ReadTime(literal),
        SqlTypeKind.Interval => literal.Kind == DataValueKind.Text && TimeText.Length(literal.Text!) is { } length ? Text(length.ToString("c", CultureInfo.InvariantCulture)) : NoSuch("no length of time"),
        SqlTypeKind.Uuid => ReadUuid(literal),
        SqlTypeKind.Json => ReadJson(literal),
        SqlTypeKind.Enum => ReadMember(literal),
        SqlTypeKind.Set => ReadMembers(literal),
        SqlTypeKind.Array => ReadArray(literal),
        _ => Fail(SeedDiagnostics.ComputedValue),
    };

    private static SeedValue Text(string text) => new(SeedValueKind.Text, text);

    private static SeedValue Json(string text) => new(SeedValueKind.Json, text);

    private SeedValue? Fail(DiagnosticDescriptor kind, params object[] arguments)
    {
        _problem = new ValueProblem(kind, arguments);
        return null;
    }

    private SeedValue? NoSuch(string what) => Fail(SeedDiagnostics.NoSuchValue, _column.NativeType, what);

    private SeedValue? OutOfRange() => Fail(SeedDiagnostics.OutOfRange, _column.NativeType);

    private SeedValue? ReadBoolean(DataValue literal)
    {
        bool? value = literal switch
        {
            { Kind: DataValueKind.Boolean } => literal.Text == "true",
            { Kind: DataValueKind.Text, Text: "\u0001" } => true,
            { Kind: DataValueKind.Text, Text: "\0" } => false,
            { Kind: DataValueKind.Text } => literal.Text!.Trim().ToLowerInvariant() switch
            {
                "1" or "t" or "true" or "y" or "yes" or "on" => true,
                "0" or "f" or "false" or "n" or "no" or "off" => false,
                _ => null,
            },
            _ => Number(literal) switch { 0 => false, 1 => true, not null when IsTSql => true, _ => null },
        };
        return value is { } known ? Json(known ? "true" : "false") : NoSuch("nothing true or false");
    }

    private SeedValue? ReadInteger(DataValue literal, long least, long greatest)
    {
        if (Number(literal) is not { } number)
        {
            return IsHuge(literal) ? OutOfRange() : NoSuch("no number");
        }

        return number != decimal.Truncate(number) ? NoSuch("no whole number")
            : number < least || number > greatest ? OutOfRange()
            : Json(decimal.Truncate(number).ToString("F0", CultureInfo.InvariantCulture));
    }

    private SeedValue? ReadDecimal(DataValue literal)
    {
        if (Number(literal) is not { } number)
        {
            return IsHuge(literal) ? OutOfRange() : NoSuch("no number");
        }

        var rounded = _column.Precision is null ? number : decimal.Round(number, Math.Min(_column.Scale ?? 0, 28), MidpointRounding.AwayFromZero);
        var digits = (_column.Precision ?? 29) - (_column.Scale ?? 0);
        if ((_column.Unsigned && rounded < 0) || (digits < 29 && Math.Abs(rounded) >= (decimal)Math.Pow(10, Math.Max(0, digits))))
        {
            return OutOfRange();
        }

        // Without zeros behind the last digit, so that 1.50 and 1.5 are one.
        return Json((rounded / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
    }

    private SeedValue? ReadFloating(DataValue literal)
    {
        if (literal.Kind is not (DataValueKind.Number or DataValueKind.Text)
            || !double.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number))
        {
            return Number(literal) is { } exact ? Json(((double)exact).ToString("R", CultureInfo.InvariantCulture)) : NoSuch("no number");
        }

        var isReal = _column.Type == SqlTypeKind.Real;
        return double.IsInfinity(number) || (isReal && float.IsInfinity((float)number)) || (_column.Unsigned && number < 0)
            ? OutOfRange()
            : Json(isReal ? ((float)number).ToString("R", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The number that the literal is; null where it is none or has more digits than a decimal.</summary>
    private decimal? Number(DataValue literal)
    {
        switch (literal.Kind)
        {
            case DataValueKind.Boolean:
                return literal.Text == "true" ? 1 : 0;
            case DataValueKind.Bits:
                return Whole(literal.Text!.Aggregate(BigInteger.Zero, (number, bit) => (number << 1) + (bit - '0')));
            case DataValueKind.Bytes:
                return literal.Text!.Length <= 16 && BigInteger.TryParse("0" + literal.Text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                    ? Whole(number)
                    : null;
            default:
                var text = literal.Text!.Trim();
                if (literal.Kind == DataValueKind.Text && _column.NativeType.Contains("money", StringComparison.OrdinalIgnoreCase))
                {
                    text = text.Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
                }

                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
        }
    }

    private static decimal? Whole(BigInteger number) => number <= new BigInteger(decimal.MaxValue) ? (decimal)number : null;

    private static bool IsHuge(DataValue literal) =>
        literal.Kind is DataValueKind.Number or DataValueKind.Text
        && double.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number);

    private SeedValue? ReadText(DataValue literal)
    {
        var text = literal.Kind switch
        {
            DataValueKind.Bytes => TextOfBytes(literal.Text!),
            DataValueKind.Bits => null,
            DataValueKind.Boolean when _dialect == SchemaDialect.MySql => literal.Text == "true" ? "1" : "0",
            _ => literal.Text,
        };
        if (text is null || text.Contains('\0', StringComparison.Ordinal) || !IsSound(text))
        {
            return NoSuch("no text");
        }

        if (_column.Type == SqlTypeKind.Char)
        {
            text = text.TrimEnd(' ');
        }

        if (_column.Length is { } most and > 0 && text.Length > most && CharactersOf(text) > most)
        {
            // Blanks beyond the end are no loss to any database.
            var trimmed = text.TrimEnd(' ');
            var characters = CharactersOf(trimmed);
            if (characters > most)
            {
                return Fail(SeedDiagnostics.TooLong, most, "characters", characters);
            }

            text = text[..Math.Max(trimmed.Length, most)];
        }

        return Text(text);
    }

    private static bool IsSound(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static int CharactersOf(string text)
    {
        var characters = text.Length;
        foreach (var c in text)
        {
            characters -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return characters;
    }

    private static string? TextOfBytes(string digits)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(FromHex(digits));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static byte[] FromHex(string digits) => Convert.FromHexString(digits.Length % 2 == 0 ? digits : "0" + digits);

    private SeedValue? ReadBits(DataValue literal)
    {
        var length = _column.Length ?? 1;
        var bits = literal switch
        {
            { Kind: DataValueKind.Bits } or { Kind: DataValueKind.Text } when literal.Text!.All(c => c is '0' or '1') => literal.Text,
            { Kind: DataValueKind.Text } => Bits(Convert.ToHexString(literal.Text!.Select(c => (byte)c).ToArray())),
            { Kind: DataValueKind.Bytes } => Bits(literal.Text!),
            _ when Number(literal) is >= 0 and <= ulong.MaxValue and var number && number == decimal.Truncate(number) => Bits(((ulong)number).ToString("X", CultureInfo.InvariantCulture)),
            _ => null,
        };
        if (bits is null)
        {
            return NoSuch("no bits");
        }

        var significant = bits.TrimStart('0');
        return significant.Length > length ? Fail(SeedDiagnostics.TooLong, length, "bits", significant.Length) : Text(significant.PadLeft(length, '0'));
    }

    private static string Bits(string digits) => string.Concat(digits.Select(digit => Convert.ToString(Convert.ToInt32(digit.ToString(), 16), 2).PadLeft(4, '0')));

    private SeedValue? ReadBytes(DataValue literal)
    {
        var bytes = literal.Kind switch
        {
            DataValueKind.Bytes => FromHex(literal.Text!),
            DataValueKind.Text when _dialect == SchemaDialect.PostgreSql => ByteaText.Read(literal.Text!),
            DataValueKind.Text => Encoding.UTF8.GetBytes(literal.Text!),
            _ => null,
        };
        if (bytes is null)
        {
            return NoSuch("no bytes");
        }

        if (_column.Length is { } most and > 0)
        {
            if (bytes.Length > most)
            {
                return Fail(SeedDiagnostics.TooLong, most, "bytes", bytes.Length);
            }

            if (_column.Type == SqlTypeKind.Binary)
            {
                Array.Resize(ref bytes, most);
            }
        }

        return Text(Convert.ToBase64String(bytes));
    }

    private SeedValue? ReadMoment(DataValue literal)
    {
        if (literal.Kind is not (DataValueKind.Text or DataValueKind.Number) || TimeText.Moment(literal.Text!, _dialect) is not var (time, offset))
        {
            return NoSuch(_column.Type == SqlTypeKind.Date ? "no date" : "no date and time");
        }

        if (_column.Type == SqlTypeKind.Date)
        {
            return Text(time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        time = time.Date + TimeText.Cut(time.TimeOfDay, _column.Precision);
        if (_column.Type == SqlTypeKind.DateTime)
        {
            return Text(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
        }

        var ticks = time.Ticks - (offset ?? TimeSpan.Zero).Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? OutOfRange()
            : Text(new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
    }

    private SeedValue? ReadTime(DataValue literal)
    {
        if (literal.Kind != DataValueKind.Text || TimeText.OfDay(literal.Text!, _dialect) is not { } time)
        {
            return NoSuch("no time of day");
        }

        return time < TimeSpan.Zero || time >= TimeSpan.FromDays(1)
            ? OutOfRange()
            : Text(new TimeOnly(TimeText.Cut(time, _column.Precision).Ticks).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
    }

    private SeedValue? ReadUuid(DataValue literal) => literal.Kind switch
    {
        DataValueKind.Text when Guid.TryParse(literal.Text!.Trim(), out var uuid) => Text(uuid.ToString()),
        DataValueKind.Bytes when literal.Text!.Length == 32 => Text(new Guid(FromHex(literal.Text), bigEndian: !IsTSql).ToString()),
        _ => NoSuch("no UUID"),
    };

    private SeedValue? ReadJson(DataValue literal)
    {
        try
        {
            using var document = JsonDocument.Parse(literal.Kind is DataValueKind.Text or DataValueKind.Number or DataValueKind.Boolean ? literal.Text! : "");
            return IsSound(literal.Text!) ? Text(literal.Text!) : NoSuch("no JSON");
        }
        catch (JsonException)
        {
            return NoSuch("no JSON");
        }
    }

    private SeedValue? ReadMember(DataValue literal)
    {
        var member = literal.Kind switch
        {
            DataValueKind.Text => Member(literal.Text!),
            // MySQL counts the members from 1.
            DataValueKind.Number when _dialect == SchemaDialect.MySql && int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 0 && number <= _column.EnumValues.Length => _column.EnumValues[number - 1],
            _ => null,
        };
        return member is null ? UnknownMember(literal.Text!) : Text(member);
    }

    private SeedValue? ReadMembers(DataValue literal)
    {
        if (literal.Kind != DataValueKind.Text)
        {
            return NoSuch("no list of members");
        }

        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in literal.Text!.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Member(word) is not { } member)
            {
                return UnknownMember(word);
            }

            members.Add(member);
        }

        return Text(string.Join(',', _column.EnumValues.Where(members.Contains)));
    }

    private string? Member(string text) =>
        _column.EnumValues.FirstOrDefault(member => member == text)
        ?? (_dialect == SchemaDialect.MySql ? _column.EnumValues.FirstOrDefault(member => member.Equals(text.TrimEnd(' '), StringComparison.OrdinalIgnoreCase)) : null);

    private SeedValue? UnknownMember(string text) => Fail(SeedDiagnostics.UnknownMember, Suggestion.For(text, _column.EnumValues));

    private SeedValue? ReadArray(DataValue literal)
    {
        if (literal.Kind != DataValueKind.Text || ArrayText.Read(literal.Text!) is not { } items)
        {
            return NoSuch("no list of values");
        }

        var json = new StringBuilder("[");
        foreach (var item in items)
        {
            var value = _items!.Read(new DataValue(DataValueKind.Text, item, literal.Offset), out _problem);
            if (_problem is not null)
            {
                return null;
            }

            json.Append(json.Length > 1 ? "," : "").Append(value.Kind == SeedValueKind.Text ? JsonSerializer.Serialize(value.Text) : value.Text);
        }

        return Json(json.Append(']').ToString());
    }
}
