using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Which columns keep their values when their types change, and which values the new type has no room for.</summary>
internal static partial class ColumnConversion
{
    private const string Text = "System.String";
    private const string Decimal = "System.Decimal";
    private const string Double = "System.Double";
    private const string Single = "System.Single";

    // Whole numbers that a double holds.
    private const string GreatestExact = "9007199254740992";

    private static readonly Dictionary<string, (decimal Least, decimal Greatest)> s_integers = new(StringComparer.Ordinal)
    {
        ["System.Byte"] = (byte.MinValue, byte.MaxValue),
        ["System.SByte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["System.Int16"] = (short.MinValue, short.MaxValue),
        ["System.UInt16"] = (ushort.MinValue, ushort.MaxValue),
        ["System.Int32"] = (int.MinValue, int.MaxValue),
        ["System.UInt32"] = (uint.MinValue, uint.MaxValue),
        ["System.Int64"] = (long.MinValue, long.MaxValue),
        ["System.UInt64"] = (ulong.MinValue, ulong.MaxValue),
    };

    private static readonly HashSet<string> s_texts = new(StringComparer.OrdinalIgnoreCase)
    {
        "text", "character varying", "character", "citext", "varchar", "char", "longtext", "nvarchar", "nchar",
    };

    /// <summary>Whether every value, or every one that the new type has room for, stays what it is.</summary>
    public static bool IsPossible(AddColumnOperation before, AddColumnOperation after)
    {
        if (before.ComputedColumnSql != after.ComputedColumnSql || before.IsStored != after.IsStored)
        {
            return false;
        }

        var (from, to) = (ModelFacts.TypeOf(before), ModelFacts.TypeOf(after));
        if (before.ComputedColumnSql is not null)
        {
            return from == to && before.ColumnType == after.ColumnType;
        }

        return from == to
            ? IsNumber(from) || BaseOf(before) == BaseOf(after) || (s_texts.Contains(BaseOf(before)) && s_texts.Contains(BaseOf(after)))
            : (IsInteger(from) && (IsInteger(to) || to is Decimal or Double || (to == Text && s_texts.Contains(BaseOf(after)))))
                || (from == Decimal && IsInteger(to))
                || (from == Single && to == Double);
    }

    /// <summary>The old value in the new type, where the database has to be told.</summary>
    public static string Convert(string value, AddColumnOperation before, AddColumnOperation after, string provider)
    {
        if (before.ColumnType == after.ColumnType)
        {
            return value;
        }

        return provider != ProviderSql.MySqlName ? $"CAST({value} AS {after.ColumnType})"
            : ModelFacts.TypeOf(after) == Text ? $"CAST({value} AS CHAR)"
            : value;
    }

    /// <summary>Which old values do not fit: a condition, and what is said of their rows.</summary>
    public static IEnumerable<(string Condition, string Reason)> Misfits(string value, AddColumnOperation before, AddColumnOperation after, string provider)
    {
        if (before.IsNullable && !after.IsNullable)
        {
            yield return ($"{value} IS NULL", "have no value");
        }

        var (from, to) = (ModelFacts.TypeOf(before), ModelFacts.TypeOf(after));
        if (after.MaxLength is { } length && !(before.MaxLength <= length))
        {
            var text = IsInteger(from) ? Convert(value, before, after, provider) : value;
            yield return (string.Create(CultureInfo.InvariantCulture, $"{LengthOf(text, to, provider)} > {length}"), string.Create(CultureInfo.InvariantCulture, $"are longer than {length}"));
        }

        var number = provider == ProviderSql.SqliteName && from == Decimal ? $"CAST({value} AS REAL)" : value;
        if (s_integers.TryGetValue(to, out var range) && (from == Decimal || (s_integers.TryGetValue(from, out var old) && (old.Least < range.Least || old.Greatest > range.Greatest))))
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"{number} < {range.Least} OR {number} > {range.Greatest}"), string.Create(CultureInfo.InvariantCulture, $"are not from {range.Least} to {range.Greatest}"));
        }

        if (from == Decimal && (IsInteger(to) || to == Decimal))
        {
            var scale = IsInteger(to) ? 0 : after.Precision is null ? (int?)null : after.Scale ?? 0;
            if (scale is { } places && !(before.Precision is not null && (before.Scale ?? 0) <= places))
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"ROUND({number}, {places}) <> {number}"), string.Create(CultureInfo.InvariantCulture, $"have more than {places} places"));
            }
        }

        if (to == Decimal && (from == Decimal || IsInteger(from)) && after.Precision - (after.Scale ?? 0) is { } digits
            && digits < (from == Decimal ? before.Precision - (before.Scale ?? 0) ?? int.MaxValue : 20))
        {
            yield return ($"ABS({number}) >= 1{new string('0', digits)}", string.Create(CultureInfo.InvariantCulture, $"have more than {digits} digits before the point"));
        }

        if (IsInteger(from) && to == Double)
        {
            yield return ($"ABS({value}) > {GreatestExact}", "are too great to be exact");
        }

        if (from == to && IsTime(from) && after.Precision < (before.Precision ?? StoredForm.MicrosecondDigits) && provider != ProviderSql.SqliteName)
        {
            yield return ($"CAST({value} AS {after.ColumnType}) <> {value}", "are more precise");
        }
    }

    private static bool IsInteger(string type) => s_integers.ContainsKey(type);

    private static bool IsNumber(string type) => IsInteger(type) || type is Decimal or Double or Single;

    private static bool IsTime(string type) => type is "System.DateTime" or "System.DateTimeOffset" or "System.TimeOnly" or "System.TimeSpan";

    private static string LengthOf(string value, string type, string provider) => (type == Text, provider) switch
    {
        (_, ProviderSql.SqliteName) => $"LENGTH({value})",
        (true, ProviderSql.SqlServerName) => $"LEN({value})",
        (false, ProviderSql.SqlServerName) => $"DATALENGTH({value})",
        (true, _) => $"CHAR_LENGTH({value})",
        (false, _) => $"OCTET_LENGTH({value})",
    };

    private static string BaseOf(AddColumnOperation column) => Sizes().Replace(column.ColumnType ?? "", "").Trim().ToLowerInvariant();

    [GeneratedRegex(@"\(.*?\)")]
    private static partial Regex Sizes();
}
