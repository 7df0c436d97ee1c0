using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Reads column types in all their spellings.</summary>
internal sealed class MySqlTypeParser(TokenReader tokens, Action<SyntaxException> report)
{
    /// <summary>What a type takes in parentheses.</summary>
    private enum Arguments
    {
        None,
        DisplayWidth,
        Digits,
        FloatDigits,
        LengthOrOne,
        Length,
        OptionalLength,
        Bits,
        Fraction,
        Values,
    }

    private readonly record struct Rule(SqlTypeKind Kind, Arguments Arguments, int? Length = null);

    private static readonly FrozenDictionary<string, Rule> s_types = new Dictionary<string, Rule>
    {
        ["TINYINT"] = new(SqlTypeKind.TinyInt, Arguments.DisplayWidth),
        ["INT1"] = new(SqlTypeKind.TinyInt, Arguments.DisplayWidth),
        ["SMALLINT"] = new(SqlTypeKind.SmallInt, Arguments.DisplayWidth),
        ["INT2"] = new(SqlTypeKind.SmallInt, Arguments.DisplayWidth),
        ["MEDIUMINT"] = new(SqlTypeKind.Int, Arguments.DisplayWidth),
        ["INT3"] = new(SqlTypeKind.Int, Arguments.DisplayWidth),
        ["MIDDLEINT"] = new(SqlTypeKind.Int, Arguments.DisplayWidth),
        ["INT"] = new(SqlTypeKind.Int, Arguments.DisplayWidth),
        ["INT4"] = new(SqlTypeKind.Int, Arguments.DisplayWidth),
        ["INTEGER"] = new(SqlTypeKind.Int, Arguments.DisplayWidth),
        ["BIGINT"] = new(SqlTypeKind.BigInt, Arguments.DisplayWidth),
        ["INT8"] = new(SqlTypeKind.BigInt, Arguments.DisplayWidth),
        ["SERIAL"] = new(SqlTypeKind.BigInt, Arguments.None),
        ["BOOL"] = new(SqlTypeKind.Boolean, Arguments.None),
        ["BOOLEAN"] = new(SqlTypeKind.Boolean, Arguments.None),
        ["BIT"] = new(SqlTypeKind.Bit, Arguments.Bits),
        ["DECIMAL"] = new(SqlTypeKind.Decimal, Arguments.Digits),
        ["DEC"] = new(SqlTypeKind.Decimal, Arguments.Digits),
        ["NUMERIC"] = new(SqlTypeKind.Decimal, Arguments.Digits),
        ["FIXED"] = new(SqlTypeKind.Decimal, Arguments.Digits),
        ["FLOAT"] = new(SqlTypeKind.Real, Arguments.FloatDigits),
        ["FLOAT4"] = new(SqlTypeKind.Real, Arguments.FloatDigits),
        ["FLOAT8"] = new(SqlTypeKind.Double, Arguments.FloatDigits),
        ["DOUBLE"] = new(SqlTypeKind.Double, Arguments.FloatDigits),
        ["REAL"] = new(SqlTypeKind.Double, Arguments.FloatDigits),
        ["CHAR"] = new(SqlTypeKind.Char, Arguments.LengthOrOne),
        ["VARCHAR"] = new(SqlTypeKind.VarChar, Arguments.Length),
        ["TINYTEXT"] = new(SqlTypeKind.Text, Arguments.None, 255),
        ["TEXT"] = new(SqlTypeKind.Text, Arguments.OptionalLength, 65_535),
        ["MEDIUMTEXT"] = new(SqlTypeKind.Text, Arguments.None, 16_777_215),
        ["LONGTEXT"] = new(SqlTypeKind.Text, Arguments.None),
        ["BINARY"] = new(SqlTypeKind.Binary, Arguments.LengthOrOne),
        ["VARBINARY"] = new(SqlTypeKind.VarBinary, Arguments.Length),
        ["TINYBLOB"] = new(SqlTypeKind.Blob, Arguments.None, 255),
        ["BLOB"] = new(SqlTypeKind.Blob, Arguments.OptionalLength, 65_535),
        ["MEDIUMBLOB"] = new(SqlTypeKind.Blob, Arguments.None, 16_777_215),
        ["LONGBLOB"] = new(SqlTypeKind.Blob, Arguments.None),
        ["DATE"] = new(SqlTypeKind.Date, Arguments.None),
        ["TIME"] = new(SqlTypeKind.Time, Arguments.Fraction),
        ["DATETIME"] = new(SqlTypeKind.DateTime, Arguments.Fraction),
        ["TIMESTAMP"] = new(SqlTypeKind.Timestamp, Arguments.Fraction),
        ["YEAR"] = new(SqlTypeKind.Year, Arguments.DisplayWidth),
        ["ENUM"] = new(SqlTypeKind.Enum, Arguments.Values),
        ["SET"] = new(SqlTypeKind.Set, Arguments.Values),
        ["JSON"] = new(SqlTypeKind.Json, Arguments.None),
        ["UUID"] = new(SqlTypeKind.Uuid, Arguments.None),
        ["INET4"] = new(SqlTypeKind.VarChar, Arguments.None, 15),
        ["INET6"] = new(SqlTypeKind.VarChar, Arguments.None, 45),
        ["VECTOR"] = new(SqlTypeKind.Other, Arguments.OptionalLength),
        ["GEOMETRY"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["POINT"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["LINESTRING"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["POLYGON"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["MULTIPOINT"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["MULTILINESTRING"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["MULTIPOLYGON"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["GEOMETRYCOLLECTION"] = new(SqlTypeKind.Spatial, Arguments.None),
        ["GEOMCOLLECTION"] = new(SqlTypeKind.Spatial, Arguments.None),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Types of other databases, and what they are in MySQL.</summary>
    private static readonly FrozenDictionary<string, string> s_foreignTypes = new Dictionary<string, string>
    {
        ["BIGSERIAL"] = "BIGINT AUTO_INCREMENT",
        ["BYTEA"] = "LONGBLOB",
        ["CLOB"] = "LONGTEXT",
        ["DATETIME2"] = "DATETIME(6)",
        ["DATETIMEOFFSET"] = "TIMESTAMP(6)",
        ["IMAGE"] = "LONGBLOB",
        ["JSONB"] = "JSON",
        ["MONEY"] = "DECIMAL(19,4)",
        ["NTEXT"] = "LONGTEXT",
        ["NUMBER"] = "DECIMAL",
        ["SMALLDATETIME"] = "DATETIME",
        ["STRING"] = "VARCHAR(255)",
        ["TIMESTAMPTZ"] = "TIMESTAMP",
        ["UNIQUEIDENTIFIER"] = "CHAR(36)",
        ["VARCHAR2"] = "VARCHAR",
        ["XML"] = "LONGTEXT",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a column's type with its signs, but without character set and collation.</summary>
    public SqlType Parse()
    {
        if (tokens.Current.Kind != TokenKind.Word || (MySqlKeywords.IsReserved(tokens.Current) && !IsTypeWord(tokens.Current)))
        {
            throw tokens.Unexpected("a type");
        }

        var mark = tokens.Mark;
        var first = tokens.Current;
        var name = TakeName();
        if (!s_types.TryGetValue(name, out var rule))
        {
            var suggestion = s_foreignTypes.TryGetValue(name, out var counterpart)
                ? $" In MySQL it is {counterpart}."
                : Suggestion.For(name, s_types.Keys);
            report(new SyntaxException(ReadingDiagnostics.UnknownType, tokens.SpanOf(first), first.Text, suggestion));
            if (tokens.AtSymbol("("))
            {
                tokens.SkipParentheses();
            }

            return new SqlType(SqlTypeKind.Other, NativeText(mark));
        }

        var type = ParseArguments(new SqlType(rule.Kind, "") { Length = rule.Length }, rule, name, first);
        return ParseSigns(type, name, mark);
    }

    /// <summary>Reads the type of a CAST or CONVERT.</summary>
    public static SqlType ParseCastType(TokenReader tokens)
    {
        var first = tokens.Current;
        var word = tokens.TakeWord("a type").Text.ToUpperInvariant();
        if (word is "SIGNED" or "UNSIGNED")
        {
            tokens.AcceptAny("INTEGER", "INT");
            return MaybeArray(tokens, new SqlType(SqlTypeKind.BigInt, word) { Unsigned = word == "UNSIGNED" });
        }

        if (word is "DOUBLE" or "NATIONAL" or "LONG")
        {
            tokens.AcceptAny("PRECISION", "CHAR", "VARCHAR", "VARBINARY");
        }

        var kind = word switch
        {
            "CHAR" or "NCHAR" or "CHARACTER" or "NATIONAL" => SqlTypeKind.VarChar,
            "BINARY" => SqlTypeKind.VarBinary,
            _ when s_types.TryGetValue(word, out var rule) => rule.Kind,
            _ => throw tokens.Fail(first, $"nothing can be cast to {TokenReader.Describe(first)}"),
        };
        var type = new SqlType(kind, word);
        if (tokens.AcceptSymbol("("))
        {
            var size = tokens.ExpectInt();
            var scale = tokens.AcceptSymbol(",") ? tokens.ExpectInt() : 0;
            tokens.ExpectSymbol(")");
            type = kind switch
            {
                SqlTypeKind.Decimal => type with { Precision = size, Scale = scale },
                SqlTypeKind.VarChar or SqlTypeKind.VarBinary => type with { Length = size },
                SqlTypeKind.DateTime or SqlTypeKind.Time => type with { Precision = size },
                _ => type,
            };
        }
        else if (kind == SqlTypeKind.Decimal)
        {
            type = type with { Precision = 10, Scale = 0 };
        }

        if (tokens.AcceptAll("CHARACTER", "SET") || tokens.Accept("CHARSET"))
        {
            tokens.TakeWord("a character set");
        }

        return MaybeArray(tokens, type);
    }

    private static SqlType MaybeArray(TokenReader tokens, SqlType type) =>
        tokens.Accept("ARRAY") ? new SqlType(SqlTypeKind.Array, $"{type.NativeName} ARRAY") { Element = type } : type;

    private static bool IsTypeWord(Token token) => token.Is("SET") || token.Is("CHARACTER");

    /// <summary>Takes the words of the type's name and answers its shortest spelling.</summary>
    private string TakeName()
    {
        var word = tokens.Take().Keyword;
        switch (word)
        {
            case "DOUBLE":
                tokens.Accept("PRECISION");
                return word;
            case "CHAR" or "CHARACTER" or "NCHAR":
                return tokens.AcceptAny("VARYING", "VARCHAR", "VARCHARACTER") ? "VARCHAR" : "CHAR";
            case "VARCHARACTER" or "NVARCHAR":
                return "VARCHAR";
            case "NATIONAL" when tokens.AtAny("CHAR", "CHARACTER", "VARCHAR", "VARCHARACTER"):
                return TakeName();
            case "LONG":
                tokens.AcceptAny("CHAR", "CHARACTER");
                if (tokens.Accept("VARBINARY"))
                {
                    return "MEDIUMBLOB";
                }

                tokens.AcceptAny("VARCHAR", "VARYING", "VARCHARACTER");
                return "MEDIUMTEXT";
            default:
                return word;
        }
    }

    private SqlType ParseArguments(SqlType type, Rule rule, string name, Token first)
    {
        if (!tokens.AcceptSymbol("("))
        {
            return WithoutArguments(type, rule, name, first);
        }

        if (rule.Arguments == Arguments.Values)
        {
            return type with { Values = ParseValues() };
        }

        if (rule.Arguments == Arguments.None)
        {
            throw tokens.Fail(tokens.Previous, $"{name} takes nothing in parentheses");
        }

        var size = tokens.ExpectInt();
        int? scale = rule.Arguments is Arguments.Digits or Arguments.FloatDigits && tokens.AcceptSymbol(",")
            ? tokens.ExpectInt()
            : null;
        tokens.ExpectSymbol(")");
        return rule.Arguments switch
        {
            Arguments.Digits => type with { Precision = size, Scale = scale ?? 0 },
            Arguments.FloatDigits when scale is null && size > 24 => type with { Kind = SqlTypeKind.Double },
            Arguments.LengthOrOne or Arguments.Length or Arguments.OptionalLength => type with { Length = size },
            Arguments.Bits when size <= 1 => type with { Kind = SqlTypeKind.Boolean },
            Arguments.Bits => type with { Length = size },
            Arguments.Fraction => type with { Precision = size },
            Arguments.DisplayWidth when size == 1 && name is "TINYINT" or "INT1" => type with { Length = 1 },
            _ => type,
        };
    }

    private SqlType WithoutArguments(SqlType type, Rule rule, string name, Token first)
    {
        switch (rule.Arguments)
        {
            case Arguments.Values:
                throw tokens.Unexpected("'(' and the values");
            case Arguments.Length:
                report(new SyntaxException(MySqlDiagnostics.LengthMissing, tokens.SpanOf(first), name));
                return type;
            case Arguments.LengthOrOne:
                return type with { Length = 1 };
            case Arguments.Digits:
                return type with { Precision = 10, Scale = 0 };
            case Arguments.Fraction:
                return type with { Precision = 0 };
            case Arguments.Bits:
                return type with { Kind = SqlTypeKind.Boolean };
            default:
                return type;
        }
    }

    private ImmutableArray<string> ParseValues()
    {
        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (tokens.Current is { Kind: TokenKind.Word, Text: ['_', ..] })
            {
                tokens.Take();
            }

            if (tokens.Current.Kind != TokenKind.String)
            {
                throw tokens.Unexpected("a value in quotes");
            }

            // MySQL cuts blanks off the ends of the values.
            values.Add(tokens.Take().Text.TrimEnd(' '));
        }
        while (tokens.AcceptSymbol(","));

        tokens.ExpectSymbol(")");
        return values.ToImmutable();
    }

    private SqlType ParseSigns(SqlType type, string name, int mark)
    {
        var isPlain = true;
        while (tokens.AtAny("UNSIGNED", "SIGNED", "ZEROFILL"))
        {
            var word = tokens.Take().Keyword;
            type = type with { Unsigned = type.Unsigned || word != "SIGNED" };
            isPlain = false;
        }

        type = type with { NativeName = NativeText(mark), Unsigned = type.Unsigned || name == "SERIAL" };
        if (type.Kind != SqlTypeKind.TinyInt)
        {
            return type;
        }

        // TINYINT(1) is how MySQL keeps BOOLEAN.
        return type.Length == 1 && isPlain
            ? type with { Kind = SqlTypeKind.Boolean, Length = null }
            : type with { Length = null };
    }

    /// <summary>The tokens from <paramref name="mark"/> on as the user wrote them, with single blanks between words.</summary>
    private string NativeText(int mark)
    {
        var text = new StringBuilder();
        for (var i = mark; i < tokens.Mark; i++)
        {
            var token = tokens[i];
            var written = tokens.Source.Text.AsSpan(token.Start, token.End - token.Start);
            if (text.Length > 0 && token.Kind == TokenKind.Word)
            {
                text.Append(' ');
            }

            text.Append(written);
        }

        return text.ToString();
    }
}
