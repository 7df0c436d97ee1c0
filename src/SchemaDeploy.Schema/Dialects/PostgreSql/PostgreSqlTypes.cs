using System.Collections.Frozen;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>What a type takes in parentheses.</summary>
internal enum PostgreSqlTypeArguments
{
    None,
    Length,
    LengthOrOne,
    Bits,
    Digits,
    FloatDigits,
    Fraction,

    /// <summary>Anything: it is passed over.</summary>
    Any,
}

/// <summary>What a type's name stands for.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="Arguments">What stands in parentheses.</param>
/// <param name="Length">The length that the name says.</param>
internal sealed record PostgreSqlTypeRule(
    SqlTypeKind Kind, PostgreSqlTypeArguments Arguments = PostgreSqlTypeArguments.None, int? Length = null)
{
    /// <summary>What the values are kept as, in words, where the type itself exists on PostgreSQL only.</summary>
    public string? KeptAs { get; init; }

    /// <summary>The kind of the elements, where the type is a list by another name.</summary>
    public SqlTypeKind? Element { get; init; }

    /// <summary>Whether an extension brings the type, so that it may be in any schema.</summary>
    public bool IsFromExtension { get; init; }

    /// <summary>Whether the type numbers the rows.</summary>
    public bool IsSerial { get; init; }
}

/// <summary>The names of types.</summary>
internal static class PostgreSqlTypes
{
    private const string AsText = "text";

    /// <summary>The types by name in small letters.</summary>
    public static FrozenDictionary<string, PostgreSqlTypeRule> All { get; } = Build();

    /// <summary>Types of other databases, and what they are in PostgreSQL.</summary>
    public static FrozenDictionary<string, string> Foreign { get; } = new Dictionary<string, string>
    {
        ["blob"] = "bytea",
        ["clob"] = "text",
        ["datetime"] = "timestamp",
        ["datetime2"] = "timestamp",
        ["datetimeoffset"] = "timestamptz",
        ["image"] = "bytea",
        ["longblob"] = "bytea",
        ["longtext"] = "text",
        ["mediumint"] = "integer",
        ["mediumtext"] = "text",
        ["nvarchar"] = "varchar",
        ["number"] = "numeric",
        ["string"] = "text",
        ["tinyint"] = "smallint",
        ["tinytext"] = "text",
        ["uniqueidentifier"] = "uuid",
        ["varbinary"] = "bytea",
        ["varchar2"] = "varchar",
        ["year"] = "smallint",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Extensions whose types are among those here, or that have none.</summary>
    public static FrozenSet<string> KnownExtensions { get; } = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "btree_gin", "btree_gist", "citext", "fuzzystrmatch", "hstore", "ltree", "pg_stat_statements", "pg_trgm", "pgcrypto",
        "pg_uuidv7", "plpgsql", "postgis", "tablefunc", "unaccent", "uuid-ossp", "vector");

    private static FrozenDictionary<string, PostgreSqlTypeRule> Build()
    {
        var types = new Dictionary<string, PostgreSqlTypeRule>();
        AddNumbers(types);
        AddTextAndTimes(types);
        AddOwn(types);
        AddExtensions(types);
        return types.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void AddNumbers(Dictionary<string, PostgreSqlTypeRule> types)
    {
        Add(types, new(SqlTypeKind.SmallInt), "smallint", "int2");
        Add(types, new(SqlTypeKind.Int), "integer", "int", "int4");
        Add(types, new(SqlTypeKind.BigInt), "bigint", "int8");
        Add(types, new(SqlTypeKind.SmallInt) { IsSerial = true }, "smallserial", "serial2");
        Add(types, new(SqlTypeKind.Int) { IsSerial = true }, "serial", "serial4");
        Add(types, new(SqlTypeKind.BigInt) { IsSerial = true }, "bigserial", "serial8");
        Add(types, new(SqlTypeKind.Decimal, PostgreSqlTypeArguments.Digits), "numeric", "decimal", "dec");
        Add(types, new(SqlTypeKind.Decimal), "money");
        Add(types, new(SqlTypeKind.Real), "real", "float4");
        Add(types, new(SqlTypeKind.Double, PostgreSqlTypeArguments.FloatDigits), "float");
        Add(types, new(SqlTypeKind.Double), "float8", "double precision");
        Add(types, new(SqlTypeKind.Boolean), "boolean", "bool");
    }

    private static void AddTextAndTimes(Dictionary<string, PostgreSqlTypeRule> types)
    {
        Add(types, new(SqlTypeKind.Char, PostgreSqlTypeArguments.LengthOrOne), "char", "character", "nchar", "bpchar");
        Add(types, new(SqlTypeKind.VarChar, PostgreSqlTypeArguments.Length), "varchar");
        Add(types, new(SqlTypeKind.VarChar, Length: 63), "name");
        Add(types, new(SqlTypeKind.Text), "text");
        Add(types, new(SqlTypeKind.Blob), "bytea");
        Add(types, new(SqlTypeKind.Bit, PostgreSqlTypeArguments.Bits), "bit");
        Add(types, new(SqlTypeKind.VarChar, PostgreSqlTypeArguments.Length) { KeptAs = AsText }, "varbit", "bit varying");
        Add(types, new(SqlTypeKind.Date), "date");
        Add(types, new(SqlTypeKind.Time, PostgreSqlTypeArguments.Fraction), "time");
        Add(types, new(SqlTypeKind.Time, PostgreSqlTypeArguments.Fraction) { KeptAs = "a time without its zone" }, "timetz");
        Add(types, new(SqlTypeKind.DateTime, PostgreSqlTypeArguments.Fraction), "timestamp");
        Add(types, new(SqlTypeKind.Timestamp, PostgreSqlTypeArguments.Fraction), "timestamptz");
        Add(types, new(SqlTypeKind.Interval, PostgreSqlTypeArguments.Fraction), "interval");
        Add(types, new(SqlTypeKind.Uuid), "uuid");
        Add(types, new(SqlTypeKind.Json), "json", "jsonb");
        Add(types, new(SqlTypeKind.Xml), "xml");
    }

    private static void AddOwn(Dictionary<string, PostgreSqlTypeRule> types)
    {
        // The longest texts of their values.
        Add(types, new(SqlTypeKind.VarChar, Length: 49) { KeptAs = AsText }, "inet", "cidr");
        Add(types, new(SqlTypeKind.VarChar, Length: 17) { KeptAs = AsText }, "macaddr");
        Add(types, new(SqlTypeKind.VarChar, Length: 23) { KeptAs = AsText }, "macaddr8");
        Add(types, new(SqlTypeKind.Text) { KeptAs = AsText }, "jsonpath");
        foreach (var range in (string[])["int4", "int8", "num", "ts", "tstz", "date"])
        {
            Add(types, new(SqlTypeKind.Text) { KeptAs = AsText }, range + "range", range + "multirange");
        }

        Add(types, new(SqlTypeKind.Int), "oid");
        Add(types, new(SqlTypeKind.Spatial), "point", "line", "lseg", "box", "path", "polygon", "circle");
        Add(
            types, new(SqlTypeKind.Other), "tsvector", "tsquery", "pg_lsn", "pg_snapshot", "txid_snapshot", "xid", "xid8", "cid",
            "tid", "int2vector", "oidvector", "regclass", "regproc", "regprocedure", "regtype", "regrole", "regnamespace",
            "regconfig", "regdictionary", "regoper", "regoperator", "refcursor", "aclitem");
    }

    private static void AddExtensions(Dictionary<string, PostgreSqlTypeRule> types)
    {
        PostgreSqlTypeRule FromExtension(SqlTypeKind kind) => new(kind, PostgreSqlTypeArguments.Any) { IsFromExtension = true };
        Add(types, FromExtension(SqlTypeKind.Text), "citext");
        Add(types, FromExtension(SqlTypeKind.Json) with { KeptAs = "a JSON object" }, "hstore");
        Add(types, FromExtension(SqlTypeKind.Text) with { KeptAs = AsText }, "ltree", "lquery", "ltxtquery", "cube", "seg", "semver");
        Add(
            types, FromExtension(SqlTypeKind.VarChar) with { Length = 20, KeptAs = AsText },
            "isbn", "isbn13", "issn", "issn13", "ismn", "ismn13", "ean13", "upc");
        Add(
            types, FromExtension(SqlTypeKind.Array) with { Element = SqlTypeKind.Real, KeptAs = "a list of numbers" },
            "vector", "halfvec");
        Add(
            types, FromExtension(SqlTypeKind.Spatial), "geometry", "geography", "box2d", "box3d", "raster", "topogeometry");
        Add(types, FromExtension(SqlTypeKind.Int), "lo");
        Add(types, FromExtension(SqlTypeKind.Other), "sparsevec", "query_int", "earth");
    }

    private static void Add(Dictionary<string, PostgreSqlTypeRule> types, PostgreSqlTypeRule rule, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            types.Add(name, rule);
        }
    }
}
