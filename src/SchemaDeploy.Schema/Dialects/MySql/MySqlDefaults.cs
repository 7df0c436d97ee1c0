using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>
/// Brings literal defaults into the form of their column's type: MySQL takes '0', 0, b'0' and FALSE alike, other
/// databases do not.
/// </summary>
internal static class MySqlDefaults
{
    private static readonly SearchValues<char> s_numberCharacters = SearchValues.Create("0123456789.-eE");

    /// <summary>The type, which the default may show to be no boolean after all, and the default in its form.</summary>
    public static (SqlType Type, SqlExpression Default) Fit(SqlType type, SqlExpression @default)
    {
        if (@default is not LiteralExpression literal)
        {
            return (type, @default);
        }

        return type.Kind switch
        {
            SqlTypeKind.Boolean => FitBoolean(type, literal),
            SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Decimal
                or SqlTypeKind.Real or SqlTypeKind.Double or SqlTypeKind.Year => (type, FitNumber(literal)),
            SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text => (type, FitText(literal)),
            SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob => (type, FitBytes(literal)),
            SqlTypeKind.Bit => (type, FitBits(literal, type.Length ?? 1)),
            SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp => (type, FitTime(type.Kind, literal)),
            _ => (type, literal),
        };
    }

    /// <summary>Whether the default is MySQL's date of zeros.</summary>
    public static bool IsZeroDate(SqlType type, SqlExpression @default) =>
        type.Kind is SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp
        && @default is LiteralExpression { Kind: LiteralKind.String } literal
        && literal.Text.StartsWith("0000-00-00", StringComparison.Ordinal);

    private static (SqlType Type, SqlExpression Default) FitBoolean(SqlType type, LiteralExpression literal)
    {
        if (literal.Kind == LiteralKind.Boolean || ToInteger(literal) is not { } value)
        {
            return (type, literal);
        }

        if (value == 0 || value == 1)
        {
            return (type, value == 0 ? LiteralExpression.False : LiteralExpression.True);
        }

        // A column that starts out as 2 is a number, whatever its display width.
        return (type with { Kind = SqlTypeKind.TinyInt }, Number(value));
    }

    private static LiteralExpression FitNumber(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.Boolean => literal == LiteralExpression.True ? Number(1) : Number(0),
        LiteralKind.Binary => Number(ToInteger(literal) ?? 0),
        LiteralKind.String when IsNumber(literal.Text.Trim()) => new LiteralExpression(LiteralKind.Number, literal.Text.Trim()),
        _ => literal,
    };

    private static bool IsNumber(string text) =>
        text.Length > 0
        && !text.AsSpan().ContainsAnyExcept(s_numberCharacters)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static LiteralExpression FitText(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.Number => Text(literal.Text),
        LiteralKind.Boolean => Text(literal == LiteralExpression.True ? "1" : "0"),
        LiteralKind.Binary => Text(Encoding.UTF8.GetString(ToBytes(literal.Text))),
        _ => literal,
    };

    private static LiteralExpression FitBytes(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.String or LiteralKind.Number =>
            new LiteralExpression(LiteralKind.Binary, Convert.ToHexString(Encoding.UTF8.GetBytes(literal.Text))),
        _ => literal,
    };

    // As many digits as the column has bits. A number that needs more stays one, and is no value of the column's.
    private static LiteralExpression FitBits(LiteralExpression literal, int length)
    {
        if (ToInteger(literal) is not { Sign: >= 0 } value)
        {
            return literal;
        }

        return value.GetBitLength() <= length
            ? Text(value.ToString(string.Create(CultureInfo.InvariantCulture, $"B{length}"), CultureInfo.InvariantCulture)[^length..])
            : new LiteralExpression(LiteralKind.Binary, Convert.ToHexString(value.ToByteArray(isUnsigned: true, isBigEndian: true)));
    }

    private static LiteralExpression FitTime(SqlTypeKind kind, LiteralExpression literal) =>
        ToInteger(literal) is { IsZero: true }
            ? Text(kind == SqlTypeKind.Date ? "0000-00-00" : "0000-00-00 00:00:00")
            : literal;

    private static BigInteger? ToInteger(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.Boolean => literal == LiteralExpression.True ? 1 : 0,
        LiteralKind.Binary => new BigInteger(ToBytes(literal.Text), isUnsigned: true, isBigEndian: true),
        LiteralKind.Number or LiteralKind.String when literal.Text.Length <= 20
            && BigInteger.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    private static byte[] ToBytes(string hex) => Convert.FromHexString(hex.Length % 2 == 0 ? hex : "0" + hex);

    private static LiteralExpression Number(BigInteger value) =>
        new(LiteralKind.Number, value.ToString(CultureInfo.InvariantCulture));

    private static LiteralExpression Text(string text) => new(LiteralKind.String, text);
}
