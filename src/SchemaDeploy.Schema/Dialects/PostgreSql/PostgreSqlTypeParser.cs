using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Reads types in all their spellings, in columns and in casts.</summary>
internal sealed class PostgreSqlTypeParser(TokenReader tokens, SearchPath path, Action<SyntaxException> report)
{
    private const int MostDecimalDigits = 1000;

    private static readonly string[] s_intervalFields = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];

    /// <summary>The rule of the type that was read last, or null where the script creates that type.</summary>
    public PostgreSqlTypeRule? Rule { get; private set; }

    /// <summary>Whether a type can begin at the token.</summary>
    public static bool CanBegin(Token token) => PostgreSqlKeywords.CanBeName(token);

    /// <summary>Reads a type with its arguments and brackets.</summary>
    public SqlType Parse()
    {
        if (!CanBegin(tokens.Current))
        {
            throw tokens.Unexpected("a type");
        }

        var mark = tokens.Mark;
        var first = tokens.Current;
        var (schema, name) = TakeName();
        var type = Find(schema, name, first) is { } rule
            ? WithArguments(rule, name, first)
            : OfScript(schema, name, mark, first);
        type = type with { NativeName = tokens.TextFrom(mark) };
        return AcceptDimensions() switch
        {
            0 => type,
            1 => new SqlType(SqlTypeKind.Array, tokens.TextFrom(mark)) { Element = type },
            _ => Document(mark),
        };
    }

    // Lists of lists are rare, and documents hold them as they are.
    private SqlType Document(int mark)
    {
        Rule = new PostgreSqlTypeRule(SqlTypeKind.Json) { KeptAs = "a JSON document" };
        return new SqlType(SqlTypeKind.Json, tokens.TextFrom(mark));
    }

    /// <summary>Takes the words of the name and answers its shortest spelling, with the schema that stands before it.</summary>
    private (string? Schema, string Name) TakeName()
    {
        var first = tokens.Take();
        var (schema, name) = ((string?)null, PostgreSqlKeywords.Fold(first));
        while (tokens.AtSymbol(".") && tokens.Peek(1).Kind is TokenKind.Word or TokenKind.QuotedName)
        {
            tokens.Take();
            (schema, name) = (name, PostgreSqlKeywords.Fold(first = tokens.Take()));
        }

        if (first.Kind == TokenKind.QuotedName || schema is not (null or "pg_catalog"))
        {
            return (schema, name);
        }

        switch (name)
        {
            case "double":
                return (null, tokens.Accept("PRECISION") ? "double precision" : name);
            case "national" when tokens.AtAny("CHAR", "CHARACTER"):
                return TakeName();
            case "char" or "character" or "nchar":
                return (null, tokens.Accept("VARYING") ? "varchar" : name);
            case "bit":
                return (null, tokens.Accept("VARYING") ? "bit varying" : name);
            default:
                return (null, name);
        }
    }

    /// <summary>The rule of a type that PostgreSQL or an extension has; null for the script's own.</summary>
    private PostgreSqlTypeRule? Find(string? schema, string name, Token first)
    {
        Rule = PostgreSqlTypes.All.GetValueOrDefault(name);
        var isBuiltIn = schema is null or "pg_catalog" && Rule is { IsFromExtension: false };
        if (!isBuiltIn && (Rule is { IsFromExtension: false } || path.KnowsType(new ObjectName(schema, name, tokens.SpanOf(first)))))
        {
            Rule = null;
        }

        return Rule;
    }

    private SqlType OfScript(string? schema, string name, int mark, Token first)
    {
        var written = new ObjectName(schema, name, tokens.SpanFrom(first));
        if (tokens.AtSymbol("("))
        {
            tokens.SkipParentheses();
        }

        if (!path.KnowsType(written))
        {
            if (path.HasUnknownExtension)
            {
                // Whatever the extension brings, other databases do not have it.
                return new SqlType(SqlTypeKind.Other, tokens.TextFrom(mark));
            }

            if (schema is null && PostgreSqlTypes.Foreign.TryGetValue(name, out var counterpart))
            {
                report(new SyntaxException(ReadingDiagnostics.UnknownType, written.Span, name, $" In PostgreSQL it is {counterpart}."));
                return new SqlType(SqlTypeKind.Other, name);
            }
        }

        if (!path.KnowsType(written) && Suggestion.Nearest(name, PostgreSqlTypes.All.Keys) is { } suggestion)
        {
            report(new SyntaxException(ReadingDiagnostics.UnknownType, written.Span, written, $" Did you mean '{suggestion}'?"));
            return new SqlType(SqlTypeKind.Other, name);
        }

        return new SqlType(SqlTypeKind.Other, name) { UserType = path.FindType(written) };
    }

    private SqlType WithArguments(PostgreSqlTypeRule rule, string name, Token first)
    {
        var type = new SqlType(rule.Kind, "")
        {
            Length = rule.Length,
            Element = rule.Element is { } element ? new SqlType(element, NameOf(element)) : null,
            Unsigned = name is "oid" or "lo",
        };
        switch (rule.Arguments)
        {
            case PostgreSqlTypeArguments.Length when ParseSize() is { } length:
                return type with { Length = length };
            case PostgreSqlTypeArguments.LengthOrOne:
                // bpchar without a length has none.
                return type with { Length = ParseSize() ?? (name == "bpchar" ? null : 1) };
            case PostgreSqlTypeArguments.Bits:
                return (ParseSize() ?? 1) is > 1 and var bits ? type with { Length = bits } : type with { Kind = SqlTypeKind.Boolean };
            case PostgreSqlTypeArguments.FloatDigits when ParseSize() is <= 24:
                return type with { Kind = SqlTypeKind.Real };
            case PostgreSqlTypeArguments.Digits:
                return ParseDigits(type);
            case PostgreSqlTypeArguments.Fraction:
                return ParseFraction(type, name);
            case PostgreSqlTypeArguments.Any when tokens.AtSymbol("("):
                tokens.SkipParentheses();
                return type;
            case PostgreSqlTypeArguments.None when tokens.AtSymbol("("):
                throw tokens.Fail(tokens.Current, $"{first.Text} takes nothing in parentheses");
            default:
                return name == "money" ? type with { Precision = 19, Scale = 2 } : type;
        }
    }

    private static string NameOf(SqlTypeKind kind) => kind.ToString().ToLowerInvariant();

    private int? ParseSize()
    {
        if (!tokens.AcceptSymbol("("))
        {
            return null;
        }

        var size = tokens.ExpectInt();
        tokens.ExpectSymbol(")");
        return size;
    }

    private SqlType ParseDigits(SqlType type)
    {
        if (!tokens.AcceptSymbol("("))
        {
            return type;
        }

        var first = tokens.Current;
        var precision = tokens.ExpectInt();
        var scale = 0;
        if (tokens.AcceptSymbol(","))
        {
            // A scale below zero rounds to tens; the digits behind the point are none.
            var isNegative = tokens.AcceptSymbol("-");
            scale = tokens.ExpectInt() * (isNegative ? 0 : 1);
        }

        tokens.ExpectSymbol(")");
        return precision is >= 1 and <= MostDecimalDigits
            ? type with { Precision = Math.Max(precision, scale), Scale = scale }
            : throw tokens.Fail(first, $"a numeric has 1 to {MostDecimalDigits} digits");
    }

    /// <summary>time, timestamp and interval with their digits, zone and fields.</summary>
    private SqlType ParseFraction(SqlType type, string name)
    {
        if (name == "interval" && tokens.AtAny(s_intervalFields))
        {
            tokens.Take();
            if (tokens.Accept("TO") && !tokens.AcceptAny(s_intervalFields))
            {
                throw tokens.Unexpected("a field of the interval");
            }
        }

        type = type with { Precision = ParseSize() };
        if (name is "time" or "timestamp" && !tokens.AcceptAll("WITHOUT", "TIME", "ZONE") && tokens.AcceptAll("WITH", "TIME", "ZONE"))
        {
            Rule = PostgreSqlTypes.All[name + "tz"];
            return type with { Kind = Rule.Kind };
        }

        return type;
    }

    /// <summary>[], [3] and ARRAY behind a type; answers how many dimensions they say.</summary>
    private int AcceptDimensions()
    {
        var dimensions = 0;
        var isSpelt = tokens.Accept("ARRAY");
        while (tokens.AtSymbol("[") && (tokens.Peek(1).IsSymbol("]") || (tokens.Peek(1).Kind == TokenKind.Number && tokens.Peek(2).IsSymbol("]"))))
        {
            while (!tokens.AcceptSymbol("]"))
            {
                tokens.Take();
            }

            dimensions++;
        }

        return Math.Max(dimensions, isSpelt ? 1 : 0);
    }
}
