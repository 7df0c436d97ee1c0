using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>
/// PostgreSQL's functions under the names that all databases share. The script's own functions keep their schema's
/// name, by which they are known not to exist in the databases that are made from the model.
/// </summary>
internal sealed partial class PostgreSqlExpressionParser
{
    private const string Catalog = "pg_catalog";

    /// <summary>The most bytes that gen_random_bytes gives.</summary>
    private const int LongestRandom = 1024;

    /// <summary>Functions that look like PostgreSQL's own and come from an extension.</summary>
    private static readonly FrozenSet<string> s_extensionFunctions = FrozenSet.Create(
        StringComparer.Ordinal,
        "crypt", "digest", "gen_random_bytes", "gen_salt", "hmac", "immutable_unaccent", "levenshtein", "metaphone",
        "pgp_pub_encrypt", "pgp_sym_encrypt", "similarity", "soundex", "st_geomfromtext", "st_isvalid", "st_makepoint",
        "st_setsrid", "st_srid", "unaccent", "word_similarity");

    private static readonly LiteralExpression s_zero = Number("0");
    private static readonly LiteralExpression s_one = Number("1");

    protected override SqlExpression Call(Token name, ImmutableArray<SqlExpression> arguments) => Call(NameOf(name), arguments);

    protected override SqlExpression? ParseDialectCall(Token name)
    {
        if (name.Kind != TokenKind.Word)
        {
            return null;
        }

        switch (name.Text.ToUpperInvariant())
        {
            case "EXTRACT":
                var part = Tokens.TakeWord("a field of a time").Text.ToLowerInvariant();
                Tokens.Expect("FROM");
                return Close(Function(NeutralFunctions.DatePart, Text(part), Parse()));
            case "POSITION":
                return ParsePosition();
            case "TRIM":
                return ParseTrim();
            case "SUBSTRING":
                return ParseSubstringOrPattern();
            case "OVERLAY":
                return ParseOverlay();
            default:
                return null;
        }
    }

    /// <summary>A call by a name that is quoted or stands behind a schema's; null where none follows.</summary>
    private SqlExpression? ParseQualifiedCall()
    {
        var ahead = 0;
        while (Tokens.Peek(ahead).Kind is TokenKind.Word or TokenKind.QuotedName && Tokens.Peek(ahead + 1).IsSymbol("."))
        {
            ahead += 2;
        }

        if (Tokens.Peek(ahead).Kind is not (TokenKind.Word or TokenKind.QuotedName) || !Tokens.Peek(ahead + 1).IsSymbol("("))
        {
            return null;
        }

        string? schema = null;
        for (; ahead > 0; ahead -= 2)
        {
            schema = NameOf(Tokens.Take());
            Tokens.Take();
        }

        var name = Tokens.Take();
        Tokens.ExpectSymbol("(");
        if (schema is null && ParseDialectCall(name) is { } special)
        {
            return special;
        }

        var (arguments, hasNames) = ParseArguments();
        var folded = NameOf(name);
        if (hasNames)
        {
            return NamedArguments(folded, arguments);
        }

        var call = Call(folded, [.. arguments.Select(a => a.Value)]);
        if (!IsOwn(schema, folded, call))
        {
            return call;
        }

        var own = path.FindFunction(new ObjectName(schema, folded, Tokens.SpanOf(name)));
        return Function($"{own.Schema ?? "public"}.{folded}", [.. arguments.Select(a => a.Value)]);
    }

    /// <summary>
    /// Whether the function is the script's or an extension's own. A script that brings its own generator of UUIDs
    /// needs it on no other database.
    /// </summary>
    private bool IsOwn(string? schema, string name, SqlExpression call)
    {
        var isKnown = path.KnowsFunction(new ObjectName(schema, name, SourceSpan.None));
        return call is FunctionExpression { IsNeutral: false } own && own.Name == name
            ? isKnown || schema is not (null or Catalog) || s_extensionFunctions.Contains(name)
            : isKnown && call is not FunctionExpression { Name: NeutralFunctions.Uuid };
    }

    private (ImmutableArray<(string? Name, SqlExpression Value)> Arguments, bool HasNames) ParseArguments()
    {
        var arguments = ImmutableArray.CreateBuilder<(string? Name, SqlExpression Value)>();
        var hasNames = false;
        if (Tokens.AcceptSymbol(")"))
        {
            return ([], false);
        }

        do
        {
            string? name = null;
            if (Tokens.Peek(1).IsSymbol("=>") || Tokens.Peek(1).IsSymbol(":="))
            {
                name = NameOf(Tokens.TakeWord("the name of an argument"));
                Tokens.Take();
                hasNames = true;
            }

            Tokens.AcceptAny("VARIADIC", "DISTINCT");
            arguments.Add((name, Parse()));
        }
        while (Tokens.AcceptSymbol(","));

        Tokens.ExpectSymbol(")");
        return (arguments.ToImmutable(), hasNames);
    }

    /// <summary>make_interval(days => 30) is an interval; other functions are known by name to take names.</summary>
    private static SqlExpression NamedArguments(string function, ImmutableArray<(string? Name, SqlExpression Value)> arguments)
    {
        if (function == "make_interval" && arguments.All(a => a is { Name: not null, Value: LiteralExpression { Kind: LiteralKind.Number } }))
        {
            var parts = arguments.Select(a => string.Create(
                CultureInfo.InvariantCulture, $"{((LiteralExpression)a.Value).Text} {a.Name switch { "mins" => "minutes", "secs" => "seconds", var unit => unit }}"));
            return new CastExpression(Text(string.Join(' ', parts)), new SqlType(SqlTypeKind.Interval, "interval"));
        }

        return Function($"{Catalog}.{function}", [.. arguments.Select(a => a.Value)]);
    }

    private SqlExpression Call(string function, ImmutableArray<SqlExpression> arguments) => (function, arguments.Length) switch
    {
        ("now" or "transaction_timestamp" or "statement_timestamp" or "clock_timestamp" or "current_timestamp"
            or "localtimestamp", <= 1) => Function(NeutralFunctions.Now),
        ("current_date", 0) => Function(NeutralFunctions.Today),
        ("current_time" or "localtime", <= 1) => Function(NeutralFunctions.TimeOfDay),
        ("gen_random_uuid" or "uuid_generate_v1" or "uuid_generate_v1mc" or "uuid_generate_v4" or "uuid_generate_v7"
            or "uuidv4" or "uuidv7" or "gen_uuid_v7", 0) => Function(NeutralFunctions.Uuid),
        ("current_user" or "session_user" or "user" or "current_role", 0) => Function(NeutralFunctions.CurrentUser),
        ("nextval", 1) when arguments[0] is LiteralExpression { Kind: LiteralKind.String } sequence =>
            Function(NeutralFunctions.NextValue, Text(SequenceName(sequence.Text))),
        ("lower" or "upper" or "ltrim" or "rtrim" or "abs" or "floor", 1) => Function(function, arguments),
        ("length" or "char_length" or "character_length", 1) => Function(NeutralFunctions.Length, arguments),
        ("octet_length", 1) => Function(NeutralFunctions.ByteLength, arguments),
        ("btrim" or "trim", 1) => Function(NeutralFunctions.Trim, arguments),
        ("substring" or "substr", 2) when arguments[1] is LiteralExpression { Kind: LiteralKind.String } => Function(function, arguments),
        ("substring" or "substr", 2 or 3) => Substring(arguments),
        ("left", 2) => Function(NeutralFunctions.Substring, arguments[0], s_one, arguments[1]),
        ("replace" or "nullif" or "round", 2 or 3) => Function(function, arguments),
        ("round", 1) => Function(NeutralFunctions.Round, arguments[0], s_zero),
        ("concat" or "coalesce", _) => Function(function, arguments),
        ("strpos" or "position", 2) => Function(NeutralFunctions.Position, arguments[1], arguments[0]),
        ("ceil" or "ceiling", 1) => Function(NeutralFunctions.Ceiling, arguments),
        ("mod", 2) => new BinaryExpression(BinaryOperator.Modulo, arguments[0], arguments[1]),
        ("power" or "pow", 2) => Function("power", arguments),
        ("date_trunc", 2) => DateTrunc(arguments[0], arguments[1]),
        ("date_trunc", 3) when InZone(arguments[2], arguments[1]) == arguments[1] => DateTrunc(arguments[0], arguments[1]),
        ("date_part", 2) when arguments[0] is LiteralExpression field =>
            Function(NeutralFunctions.DatePart, Text(field.Text.ToLowerInvariant()), arguments[1]),
        ("date", 1) => PostgreSqlCasts.Cast(arguments[0], new SqlType(SqlTypeKind.Date, "date")),
        ("timezone", 2) => InZone(arguments[0], arguments[1]),
        ("regexp_like", 2) => new RegexExpression(arguments[0], arguments[1], Negated: false),
        ("textregexeq", 2) => Operate("~", arguments[0], arguments[1]),
        ("jsonb_extract_path_text" or "json_extract_path_text" or "jsonb_extract_path" or "json_extract_path", >= 2) =>
            arguments.Skip(1).Aggregate(arguments[0], (document, member) => Member("->>", document, member)),
        ("jsonb_typeof" or "json_typeof", 1) => Function(NeutralFunctions.JsonType, arguments),
        ("cardinality" or "jsonb_array_length" or "json_array_length", 1) => Function(NeutralFunctions.ListLength, arguments),
        // Of an empty list it is null, by which a check lets the row pass.
        ("array_length", 2) when arguments[1] is LiteralExpression { Text: "1" } =>
            Function(NeutralFunctions.NullIf, Function(NeutralFunctions.ListLength, arguments[0]), s_zero),
        ("encode", 2) when arguments is
            [FunctionExpression { Arguments: [LiteralExpression { Kind: LiteralKind.Number, Text: var count }] } bytes, LiteralExpression { Text: "hex" }]
            && bytes.Name.EndsWith("gen_random_bytes", StringComparison.Ordinal)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is > 0 and <= LongestRandom =>
            Function(NeutralFunctions.RandomHex, bytes.Arguments),
        ("md5", 1) when IsRandom(arguments[0]) => Function(NeutralFunctions.RandomHex, Number("16")),
        ("num_nonnulls", > 0) => Count(arguments, s_zero, s_one),
        ("num_nulls", > 0) => Count(arguments, s_one, s_zero),
        ("similar_to_escape" or "similar_escape", 1 or 2) when arguments[0] is LiteralExpression { Kind: LiteralKind.String } pattern =>
            Text(PostgreSqlPatterns.RegexOf(pattern.Text)),
        _ => Function(function, arguments),
    };

    private static bool IsRandom(SqlExpression expression) => expression switch
    {
        FunctionExpression { Name: "random" } => true,
        FunctionExpression function => function.Arguments.Any(IsRandom),
        CastExpression cast => IsRandom(cast.Value),
        BinaryExpression binary => IsRandom(binary.Left) || IsRandom(binary.Right),
        _ => false,
    };

    private static FunctionExpression DateTrunc(SqlExpression unit, SqlExpression time) => Function(
        NeutralFunctions.DateTrunc, unit is LiteralExpression literal ? Text(literal.Text.ToLowerInvariant()) : unit, time);

    /// <summary>How many of the values are null, or are not, put together from cases that every database has.</summary>
    private static SqlExpression Count(ImmutableArray<SqlExpression> values, SqlExpression ofNull, SqlExpression ofOthers) => values
        .Select(SqlExpression (value) => new CaseExpression(
            null, [new CaseBranch(new IsNullExpression(value, Negated: false), ofNull)], ofOthers))
        .Aggregate((sum, one) => new BinaryExpression(BinaryOperator.Add, sum, one));

    /// <summary>The full name of the sequence that is named in a string: folded where it is not quoted.</summary>
    private string SequenceName(string text)
    {
        var parts = text.Split('.').Select(part => part.Trim()).Select(part => part is ['"', .., '"']
            ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
            : part.ToLowerInvariant()).ToList();
        return path.FindRelation(new ObjectName(parts.Count > 1 ? parts[^2] : null, parts[^1], SourceSpan.None)).ToString();
    }

    private FunctionExpression ParsePosition()
    {
        var sought = Parse(BindingPower.Comparison + 1);
        if (Tokens.Accept("IN"))
        {
            return Close(Function(NeutralFunctions.Position, sought, Parse()));
        }

        // As a plain function it takes the text first.
        Tokens.ExpectSymbol(",");
        return Close(Function(NeutralFunctions.Position, Parse(), sought));
    }

    /// <summary>SUBSTRING by numbers, or by a regular expression.</summary>
    private FunctionExpression ParseSubstringOrPattern()
    {
        var mark = Tokens.Mark;
        var text = Parse();
        var isPattern = (Tokens.AtSymbol(",") || Tokens.At("FROM")) && Tokens.Peek(1).Kind == TokenKind.String;
        if (isPattern || Tokens.AtAny("FOR", "SIMILAR"))
        {
            Tokens.Take();
            var arguments = ImmutableArray.Create(text, Parse());
            while (Tokens.AcceptAny("FOR", "ESCAPE"))
            {
                arguments = arguments.Add(Parse());
            }

            return Close(Function("substring_matching", arguments));
        }

        Tokens.Reset(mark);
        return ParseSubstring();
    }

    private FunctionExpression ParseOverlay()
    {
        var arguments = ImmutableArray.Create(Parse());
        while (Tokens.AcceptAny("PLACING", "FROM", "FOR") || Tokens.AcceptSymbol(","))
        {
            arguments = arguments.Add(Parse());
        }

        return Close(Function("overlay", arguments));
    }
}
