using System.Collections.Immutable;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Reads column types in all their spellings.</summary>
internal sealed class MySqlTypeParser(TokenReader tokens, Action<SyntaxException> report)
{
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
        if (!MySqlTypes.All.TryGetValue(name, out var rule))
        {
            var suggestion = MySqlTypes.Foreign.TryGetValue(name, out var counterpart)
                ? $" In MySQL it is {counterpart}."
                : Suggestion.For(name, MySqlTypes.All.Keys);
            report(new SyntaxException(ReadingDiagnostics.UnknownType, tokens.SpanOf(first), first.Text, suggestion));
            if (tokens.AtSymbol("("))
            {
                tokens.SkipParentheses();
            }

            return new SqlType(SqlTypeKind.Other, tokens.TextFrom(mark));
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
            _ when MySqlTypes.All.TryGetValue(word, out var rule) => rule.Kind,
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

    private SqlType ParseArguments(SqlType type, MySqlTypeRule rule, string name, Token first)
    {
        if (!tokens.AcceptSymbol("("))
        {
            return WithoutArguments(type, rule, name, first);
        }

        if (rule.Arguments == MySqlTypeArguments.Values)
        {
            return type with { Values = ParseValues() };
        }

        if (rule.Arguments == MySqlTypeArguments.None)
        {
            throw tokens.Fail(tokens.Previous, $"{name} takes nothing in parentheses");
        }

        var size = tokens.ExpectInt();
        int? scale = rule.Arguments is MySqlTypeArguments.Digits or MySqlTypeArguments.FloatDigits && tokens.AcceptSymbol(",")
            ? tokens.ExpectInt()
            : null;
        tokens.ExpectSymbol(")");
        return rule.Arguments switch
        {
            MySqlTypeArguments.Digits => type with { Precision = size, Scale = scale ?? 0 },
            MySqlTypeArguments.FloatDigits when scale is null && size > 24 => type with { Kind = SqlTypeKind.Double },
            MySqlTypeArguments.LengthOrOne or MySqlTypeArguments.Length or MySqlTypeArguments.OptionalLength => type with { Length = size },
            MySqlTypeArguments.Bits when size <= 1 => type with { Kind = SqlTypeKind.Boolean },
            MySqlTypeArguments.Bits => type with { Length = size },
            MySqlTypeArguments.Fraction => type with { Precision = size },
            MySqlTypeArguments.DisplayWidth when size == 1 && name is "TINYINT" or "INT1" => type with { Length = 1 },
            _ => type,
        };
    }

    private SqlType WithoutArguments(SqlType type, MySqlTypeRule rule, string name, Token first)
    {
        switch (rule.Arguments)
        {
            case MySqlTypeArguments.Values:
                throw tokens.Unexpected("'(' and the values");
            case MySqlTypeArguments.Length:
                report(new SyntaxException(MySqlDiagnostics.LengthMissing, tokens.SpanOf(first), name));
                return type;
            case MySqlTypeArguments.LengthOrOne:
                return type with { Length = 1 };
            case MySqlTypeArguments.Digits:
                return type with { Precision = 10, Scale = 0 };
            case MySqlTypeArguments.Fraction:
                return type with { Precision = 0 };
            case MySqlTypeArguments.Bits:
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

        type = type with { NativeName = tokens.TextFrom(mark), Unsigned = type.Unsigned || name == "SERIAL" };
        if (type.Kind != SqlTypeKind.TinyInt)
        {
            return type;
        }

        // TINYINT(1) is how MySQL keeps BOOLEAN.
        return type.Length == 1 && isPlain
            ? type with { Kind = SqlTypeKind.Boolean, Length = null }
            : type with { Length = null };
    }
}
