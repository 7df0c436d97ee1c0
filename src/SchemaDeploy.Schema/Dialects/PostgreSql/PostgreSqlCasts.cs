using System.Buffers;
using System.Globalization;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>
/// Casts, of which PostgreSQL's dumps are full. Those that say what a literal is are carried out here, so that only
/// those are left that change a value.
/// </summary>
internal static class PostgreSqlCasts
{
    private static readonly SearchValues<char> s_numberCharacters = SearchValues.Create("0123456789.-eE");

    /// <summary><paramref name="value"/> as a value of <paramref name="type"/>.</summary>
    public static SqlExpression Cast(SqlExpression value, SqlType type)
    {
        if (type.UserType is not null || value == LiteralExpression.Null)
        {
            // Enums are kept as text and domains as what they are made of.
            return value;
        }

        return value switch
        {
            LiteralExpression literal => Literal(literal, type),
            FunctionExpression { Name: "array" } list when type is { Kind: SqlTypeKind.Array, Element: { } element } =>
                list with { Arguments = [.. list.Arguments.Select(item => Cast(item, element))] },
            CastExpression { Value: LiteralExpression { Kind: LiteralKind.String } text, Type.Kind: var kind }
                when kind == type.Kind => Literal(text, type),
            FunctionExpression function when Function(function, type) is { } cast => cast,
            _ => new CastExpression(value, type),
        };
    }

    /// <summary>A default in the form of its column's type: PostgreSQL takes 't' for true and '5' for 5.</summary>
    public static SqlExpression Fit(SqlExpression value, SqlType type)
    {
        value = value is CastExpression { Value: LiteralExpression literalOf, Type.Kind: var kind } && kind == type.Kind
            ? literalOf
            : PostgreSqlExpressionParser.WithListsAsText(value);
        return value is LiteralExpression { Kind: LiteralKind.String } literal && type.UserType is null
            && Literal(literal, type) is not CastExpression and var fitted
                ? fitted
                : value;
    }

    private static SqlExpression Literal(LiteralExpression literal, SqlType type) => literal.Kind switch
    {
        LiteralKind.String => OfText(literal, type),
        LiteralKind.Number => OfNumber(literal, type),
        LiteralKind.Boolean when type.Kind == SqlTypeKind.Boolean => literal,
        LiteralKind.Binary when type.Kind == SqlTypeKind.Blob => literal,
        _ => new CastExpression(literal, type),
    };

    private static SqlExpression OfText(LiteralExpression literal, SqlType type)
    {
        var text = literal.Text.Trim();
        switch (type.Kind)
        {
            case SqlTypeKind.Boolean when text.Length > 1 && text.All(c => c is '0' or '1'):
                // A string of bits, cast to "bit" without its length.
                return literal;
            case SqlTypeKind.Boolean:
                return text.ToLowerInvariant() switch
                {
                    "t" or "true" or "y" or "yes" or "on" or "1" => LiteralExpression.True,
                    "f" or "false" or "n" or "no" or "off" or "0" => LiteralExpression.False,
                    _ => new CastExpression(literal, type),
                };
            case SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Decimal or SqlTypeKind.Real
                or SqlTypeKind.Double:
                // money prints its values with a sign and commas.
                var digits = text.Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
                return IsNumber(digits)
                    ? new LiteralExpression(LiteralKind.Number, digits.TrimStart('+'))
                    : new CastExpression(literal, type);
            case SqlTypeKind.Blob:
                return ByteaText.Read(literal.Text) is { } bytes ? new LiteralExpression(LiteralKind.Binary, Convert.ToHexString(bytes)) : new CastExpression(literal, type);
            case SqlTypeKind.Json when literal.Text.Length == 0:
                // An empty hstore.
                return literal with { Text = "{}" };
            case SqlTypeKind.Date or SqlTypeKind.Time or SqlTypeKind.DateTime or SqlTypeKind.Timestamp:
                return Time(text, type) is { } time ? time : new CastExpression(literal, type);
            case SqlTypeKind.Interval or SqlTypeKind.Array:
                return new CastExpression(literal, type);
            default:
                return literal;
        }
    }

    private static SqlExpression OfNumber(LiteralExpression literal, SqlType type)
    {
        var isWhole = literal.Text.All(c => char.IsAsciiDigit(c) || c == '-');
        switch (type.Kind)
        {
            case SqlTypeKind.Decimal or SqlTypeKind.Real or SqlTypeKind.Double:
            case SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt when isWhole:
                return literal;
            case SqlTypeKind.Boolean when literal.Text is "0" or "1":
                return literal.Text == "1" ? LiteralExpression.True : LiteralExpression.False;
            case SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text:
                return literal with { Kind = LiteralKind.String };
            default:
                return new CastExpression(literal, type);
        }
    }

    private static FunctionExpression? Function(FunctionExpression function, SqlType type) => (function.Name, type.Kind) switch
    {
        (NeutralFunctions.Now, SqlTypeKind.DateTime or SqlTypeKind.Timestamp) => function,
        (NeutralFunctions.Now or NeutralFunctions.Today, SqlTypeKind.Date) => Named(NeutralFunctions.Today),
        (NeutralFunctions.Now or NeutralFunctions.TimeOfDay, SqlTypeKind.Time) => Named(NeutralFunctions.TimeOfDay),
        (NeutralFunctions.Uuid, SqlTypeKind.Uuid or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char) => function,
        // One field of a time is a number as it is.
        (NeutralFunctions.DatePart or NeutralFunctions.Length, SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt) => function,
        (NeutralFunctions.JsonValue or NeutralFunctions.Lower or NeutralFunctions.Upper or NeutralFunctions.Trim, SqlTypeKind.Text) => function,
        _ => null,
    };

    /// <summary>The words that stand for times; 'now' in a cast is the moment of the insert.</summary>
    private static FunctionExpression? Time(string text, SqlType type) => (text.ToLowerInvariant(), type.Kind) switch
    {
        ("now" or "now()", SqlTypeKind.DateTime or SqlTypeKind.Timestamp) => Named(NeutralFunctions.Now),
        ("now" or "now()" or "today", SqlTypeKind.Date) => Named(NeutralFunctions.Today),
        ("now" or "now()", SqlTypeKind.Time) => Named(NeutralFunctions.TimeOfDay),
        _ => null,
    };

    private static FunctionExpression Named(string name) => new(name, []);

    private static bool IsNumber(string text) =>
        text.Length > 0
        && !text.AsSpan().ContainsAnyExcept(s_numberCharacters)
        && char.IsAsciiDigit(text.TrimStart('-').FirstOrDefault('x'))
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
