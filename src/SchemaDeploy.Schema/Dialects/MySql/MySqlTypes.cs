using System.Collections.Frozen;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>What a type takes in parentheses.</summary>
internal enum MySqlTypeArguments
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

/// <summary>What a type's name stands for.</summary>
internal readonly record struct MySqlTypeRule(SqlTypeKind Kind, MySqlTypeArguments Arguments, int? Length = null);

/// <summary>The names of types.</summary>
internal static class MySqlTypes
{
    /// <summary>The types by their shortest names.</summary>
    public static FrozenDictionary<string, MySqlTypeRule> All { get; } = new Dictionary<string, MySqlTypeRule>
    {
        ["TINYINT"] = new(SqlTypeKind.TinyInt, MySqlTypeArguments.DisplayWidth),
        ["INT1"] = new(SqlTypeKind.TinyInt, MySqlTypeArguments.DisplayWidth),
        ["SMALLINT"] = new(SqlTypeKind.SmallInt, MySqlTypeArguments.DisplayWidth),
        ["INT2"] = new(SqlTypeKind.SmallInt, MySqlTypeArguments.DisplayWidth),
        ["MEDIUMINT"] = new(SqlTypeKind.Int, MySqlTypeArguments.DisplayWidth),
        ["INT3"] = new(SqlTypeKind.Int, MySqlTypeArguments.DisplayWidth),
        ["MIDDLEINT"] = new(SqlTypeKind.Int, MySqlTypeArguments.DisplayWidth),
        ["INT"] = new(SqlTypeKind.Int, MySqlTypeArguments.DisplayWidth),
        ["INT4"] = new(SqlTypeKind.Int, MySqlTypeArguments.DisplayWidth),
        ["INTEGER"] = new(SqlTypeKind.Int, MySqlTypeArguments.DisplayWidth),
        ["BIGINT"] = new(SqlTypeKind.BigInt, MySqlTypeArguments.DisplayWidth),
        ["INT8"] = new(SqlTypeKind.BigInt, MySqlTypeArguments.DisplayWidth),
        ["SERIAL"] = new(SqlTypeKind.BigInt, MySqlTypeArguments.None),
        ["BOOL"] = new(SqlTypeKind.Boolean, MySqlTypeArguments.None),
        ["BOOLEAN"] = new(SqlTypeKind.Boolean, MySqlTypeArguments.None),
        ["BIT"] = new(SqlTypeKind.Bit, MySqlTypeArguments.Bits),
        ["DECIMAL"] = new(SqlTypeKind.Decimal, MySqlTypeArguments.Digits),
        ["DEC"] = new(SqlTypeKind.Decimal, MySqlTypeArguments.Digits),
        ["NUMERIC"] = new(SqlTypeKind.Decimal, MySqlTypeArguments.Digits),
        ["FIXED"] = new(SqlTypeKind.Decimal, MySqlTypeArguments.Digits),
        ["FLOAT"] = new(SqlTypeKind.Real, MySqlTypeArguments.FloatDigits),
        ["FLOAT4"] = new(SqlTypeKind.Real, MySqlTypeArguments.FloatDigits),
        ["FLOAT8"] = new(SqlTypeKind.Double, MySqlTypeArguments.FloatDigits),
        ["DOUBLE"] = new(SqlTypeKind.Double, MySqlTypeArguments.FloatDigits),
        ["REAL"] = new(SqlTypeKind.Double, MySqlTypeArguments.FloatDigits),
        ["CHAR"] = new(SqlTypeKind.Char, MySqlTypeArguments.LengthOrOne),
        ["VARCHAR"] = new(SqlTypeKind.VarChar, MySqlTypeArguments.Length),
        ["TINYTEXT"] = new(SqlTypeKind.Text, MySqlTypeArguments.None, 255),
        ["TEXT"] = new(SqlTypeKind.Text, MySqlTypeArguments.OptionalLength, 65_535),
        ["MEDIUMTEXT"] = new(SqlTypeKind.Text, MySqlTypeArguments.None, 16_777_215),
        ["LONGTEXT"] = new(SqlTypeKind.Text, MySqlTypeArguments.None),
        ["BINARY"] = new(SqlTypeKind.Binary, MySqlTypeArguments.LengthOrOne),
        ["VARBINARY"] = new(SqlTypeKind.VarBinary, MySqlTypeArguments.Length),
        ["TINYBLOB"] = new(SqlTypeKind.Blob, MySqlTypeArguments.None, 255),
        ["BLOB"] = new(SqlTypeKind.Blob, MySqlTypeArguments.OptionalLength, 65_535),
        ["MEDIUMBLOB"] = new(SqlTypeKind.Blob, MySqlTypeArguments.None, 16_777_215),
        ["LONGBLOB"] = new(SqlTypeKind.Blob, MySqlTypeArguments.None),
        ["DATE"] = new(SqlTypeKind.Date, MySqlTypeArguments.None),
        ["TIME"] = new(SqlTypeKind.Time, MySqlTypeArguments.Fraction),
        ["DATETIME"] = new(SqlTypeKind.DateTime, MySqlTypeArguments.Fraction),
        ["TIMESTAMP"] = new(SqlTypeKind.Timestamp, MySqlTypeArguments.Fraction),
        ["YEAR"] = new(SqlTypeKind.Year, MySqlTypeArguments.DisplayWidth),
        ["ENUM"] = new(SqlTypeKind.Enum, MySqlTypeArguments.Values),
        ["SET"] = new(SqlTypeKind.Set, MySqlTypeArguments.Values),
        ["JSON"] = new(SqlTypeKind.Json, MySqlTypeArguments.None),
        ["UUID"] = new(SqlTypeKind.Uuid, MySqlTypeArguments.None),
        ["INET4"] = new(SqlTypeKind.VarChar, MySqlTypeArguments.None, 15),
        ["INET6"] = new(SqlTypeKind.VarChar, MySqlTypeArguments.None, 45),
        ["VECTOR"] = new(SqlTypeKind.Other, MySqlTypeArguments.OptionalLength),
        ["GEOMETRY"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["POINT"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["LINESTRING"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["POLYGON"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["MULTIPOINT"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["MULTILINESTRING"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["MULTIPOLYGON"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["GEOMETRYCOLLECTION"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
        ["GEOMCOLLECTION"] = new(SqlTypeKind.Spatial, MySqlTypeArguments.None),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Types of other databases, and what they are in MySQL.</summary>
    public static FrozenDictionary<string, string> Foreign { get; } = new Dictionary<string, string>
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
}
