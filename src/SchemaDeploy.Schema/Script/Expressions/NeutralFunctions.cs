using System.Collections.Frozen;

namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>
/// The functions that have a meaning on every database, under one name each. A dialect's reader maps its own
/// spellings to these; the writers of each database map them back.
/// </summary>
public static class NeutralFunctions
{
    /// <summary>now(): the current moment. Also CURRENT_TIMESTAMP, getdate(), sysdatetime(), localtimestamp.</summary>
    public const string Now = "now";

    /// <summary>today(): the current date.</summary>
    public const string Today = "today";

    /// <summary>time_of_day(): the current time of day.</summary>
    public const string TimeOfDay = "time_of_day";

    /// <summary>uuid(): a new UUID. Also newid(), newsequentialid(), gen_random_uuid(), uuid_generate_v4().</summary>
    public const string Uuid = "uuid";

    /// <summary>current_user(): the database login.</summary>
    public const string CurrentUser = "current_user";

    /// <summary>next_value('schema.sequence'): the next number of a sequence.</summary>
    public const string NextValue = "next_value";

    /// <summary>lower(text)</summary>
    public const string Lower = "lower";

    /// <summary>upper(text)</summary>
    public const string Upper = "upper";

    /// <summary>length(text), in characters. Also len, char_length.</summary>
    public const string Length = "length";

    /// <summary>byte_length(value). Also datalength, octet_length, MySQL's length.</summary>
    public const string ByteLength = "byte_length";

    /// <summary>trim(text), blanks at both ends.</summary>
    public const string Trim = "trim";

    /// <summary>ltrim(text)</summary>
    public const string LTrim = "ltrim";

    /// <summary>rtrim(text)</summary>
    public const string RTrim = "rtrim";

    /// <summary>substring(text, start from 1, length)</summary>
    public const string Substring = "substring";

    /// <summary>replace(text, from, to)</summary>
    public const string Replace = "replace";

    /// <summary>concat(…), nulls as empty text.</summary>
    public const string Concat = "concat";

    /// <summary>position(part, text), from 1, 0 where absent. Also charindex, locate, instr, strpos.</summary>
    public const string Position = "position";

    /// <summary>coalesce(…). Also T-SQL's isnull, ifnull.</summary>
    public const string Coalesce = "coalesce";

    /// <summary>nullif(a, b)</summary>
    public const string NullIf = "nullif";

    /// <summary>abs(number)</summary>
    public const string Abs = "abs";

    /// <summary>round(number, digits)</summary>
    public const string Round = "round";

    /// <summary>floor(number)</summary>
    public const string Floor = "floor";

    /// <summary>ceiling(number)</summary>
    public const string Ceiling = "ceiling";

    /// <summary>date_trunc('minute', time): cut to year, month, day, hour, minute or second. Also DATE_FORMAT with such a format.</summary>
    public const string DateTrunc = "date_trunc";

    /// <summary>date_part('year', time): one field as a number. Also YEAR(x), datepart, extract.</summary>
    public const string DatePart = "date_part";

    /// <summary>json_value(document, '$.path'): a scalar of a JSON document as text. Also ->> and JSON_UNQUOTE(JSON_EXTRACT()).</summary>
    public const string JsonValue = "json_value";

    /// <summary>is_json(text): whether the text is a JSON document. Also ISJSON(x) > 0, JSON_VALID.</summary>
    public const string IsJson = "is_json";

    /// <summary>json_type(document): object, array, string, number, boolean or null. Also jsonb_typeof.</summary>
    public const string JsonType = "json_type";

    /// <summary>list_length(list or document): how many elements it has. Also cardinality, jsonb_array_length.</summary>
    public const string ListLength = "list_length";

    /// <summary>random_hex(count): so many random bytes as hexadecimal text. Also encode(gen_random_bytes(n), 'hex').</summary>
    public const string RandomHex = "random_hex";

    /// <summary>Every neutral name.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        Now, Today, TimeOfDay, Uuid, CurrentUser, NextValue, Lower, Upper, Length, ByteLength, Trim, LTrim, RTrim,
        Substring, Replace, Concat, Position, Coalesce, NullIf, Abs, Round, Floor, Ceiling, DateTrunc, DatePart,
        JsonValue, IsJson, JsonType, ListLength, RandomHex);
}
