using System.Collections.Immutable;

namespace SchemaDeploy.Schema.Script;

/// <summary>What a value is, whatever a dialect calls it.</summary>
public enum SqlTypeKind
{
    /// <summary>True or false: BOOLEAN, T-SQL's bit, MySQL's TINYINT(1) and BIT(1).</summary>
    Boolean,

    /// <summary>8 bits: signed in MySQL unless UNSIGNED, always unsigned in T-SQL.</summary>
    TinyInt,

    /// <summary>16 bits.</summary>
    SmallInt,

    /// <summary>32 bits (MySQL's MEDIUMINT too).</summary>
    Int,

    /// <summary>64 bits.</summary>
    BigInt,

    /// <summary>Exact decimal with precision and scale; money too.</summary>
    Decimal,

    /// <summary>32-bit binary floating point.</summary>
    Real,

    /// <summary>64-bit binary floating point.</summary>
    Double,

    /// <summary>Text of a fixed length, blank-padded.</summary>
    Char,

    /// <summary>Text of at most Length characters.</summary>
    VarChar,

    /// <summary>Text without a practical bound; Length where a dialect bounds it.</summary>
    Text,

    /// <summary>Bytes of a fixed length.</summary>
    Binary,

    /// <summary>At most Length bytes.</summary>
    VarBinary,

    /// <summary>Bytes without a practical bound.</summary>
    Blob,

    /// <summary>A string of Length bits, Length over 1.</summary>
    Bit,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A wall-clock date and time that names no zone.</summary>
    DateTime,

    /// <summary>A moment: MySQL's TIMESTAMP, PostgreSQL's timestamptz, T-SQL's datetimeoffset. Precision is of its seconds.</summary>
    Timestamp,

    /// <summary>A length of time.</summary>
    Interval,

    /// <summary>A year of four digits.</summary>
    Year,

    /// <summary>A UUID.</summary>
    Uuid,

    /// <summary>A JSON document.</summary>
    Json,

    /// <summary>An XML document.</summary>
    Xml,

    /// <summary>One of Values.</summary>
    Enum,

    /// <summary>Any of Values, comma-separated.</summary>
    Set,

    /// <summary>A stamp the database renews at every update.</summary>
    RowVersion,

    /// <summary>A list of Element values.</summary>
    Array,

    /// <summary>A geometry or geography; kept, not exposed.</summary>
    Spatial,

    /// <summary>Understood and kept, but with no counterpart elsewhere and not exposed: hierarchyid, sql_variant, tsvector.</summary>
    Other,
}

/// <summary>A column type in the neutral form that all dialects are read into.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="NativeName">The type as the user wrote it, for messages and for what has no neutral form.</param>
public sealed record SqlType(SqlTypeKind Kind, string NativeName)
{
    /// <summary>Characters, bytes or bits; null where unbounded or without meaning.</summary>
    public int? Length { get; init; }

    /// <summary>Decimal digits in all; for times, fractional digits of the second.</summary>
    public int? Precision { get; init; }

    /// <summary>Decimal digits after the point.</summary>
    public int? Scale { get; init; }

    /// <summary>Whether an integer or decimal type excludes negative values.</summary>
    public bool Unsigned { get; init; }

    /// <summary>The members of an enum or set, in order.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>The element type of an array.</summary>
    public SqlType? Element { get; init; }

    /// <summary>A collation given to this column, as written.</summary>
    public string? Collation { get; init; }

    /// <summary>
    /// Set while reading where the name is no built-in: a type the script may create (CREATE TYPE, sp_addtype,
    /// CREATE DOMAIN). Folding replaces it by its base type.
    /// </summary>
    public ObjectName? UserType { get; init; }
}
