using System.Globalization;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design.Sql;

/// <summary>The names of types in casts.</summary>
internal static class SqlTypeNames
{
    /// <summary>The name, or null where the database has no such type to cast to.</summary>
    public static string? ForCast(DatabaseKind database, SqlType type) => database switch
    {
        DatabaseKind.Sqlite => Sqlite(type.Kind),
        DatabaseKind.PostgreSql => PostgreSql(type),
        DatabaseKind.MySql => MySql(type),
        _ => SqlServer(type),
    };

    /// <summary>The beginning of the call that makes such a time on SQLite, or null for types that are no times.</summary>
    public static string? SqliteTimeFunction(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Date => "date(",
        SqlTypeKind.Time => "time(",
        SqlTypeKind.DateTime or SqlTypeKind.Timestamp => "strftime('%Y-%m-%d %H:%M:%f', ",
        _ => null,
    };

    private static string? Sqlite(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Boolean or SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Year => "INTEGER",
        SqlTypeKind.Decimal => "NUMERIC",
        SqlTypeKind.Real or SqlTypeKind.Double => "REAL",
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Enum or SqlTypeKind.Uuid or SqlTypeKind.Json => "TEXT",
        SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob => "BLOB",
        _ => null,
    };

    private static string? PostgreSql(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "boolean",
        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Year => "smallint",
        SqlTypeKind.Int => "integer",
        SqlTypeKind.BigInt => "bigint",
        SqlTypeKind.Decimal => "numeric" + Digits(type),
        SqlTypeKind.Real => "real",
        SqlTypeKind.Double => "double precision",
        SqlTypeKind.Char => "char" + Length(type),
        SqlTypeKind.VarChar => "varchar" + Length(type),
        SqlTypeKind.Text or SqlTypeKind.Enum => "text",
        SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob => "bytea",
        SqlTypeKind.Date => "date",
        SqlTypeKind.Time => "time",
        SqlTypeKind.DateTime => "timestamp",
        SqlTypeKind.Timestamp => "timestamptz",
        SqlTypeKind.Uuid => "uuid",
        SqlTypeKind.Json => "jsonb",
        SqlTypeKind.Interval => "interval",
        // Lists of text are kept as such, whatever kind of text it is.
        SqlTypeKind.Array when type.Element is { } element =>
            element.Kind is SqlTypeKind.Char or SqlTypeKind.VarChar ? "text[]" : PostgreSql(element) is { } name ? name + "[]" : null,
        _ => null,
    };

    private static string? MySql(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean or SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Year =>
            type.Unsigned ? "UNSIGNED" : "SIGNED",
        SqlTypeKind.Decimal => "DECIMAL" + Digits(type),
        SqlTypeKind.Real or SqlTypeKind.Double => "DOUBLE",
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Enum or SqlTypeKind.Uuid => "CHAR" + Length(type),
        SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob => "BINARY" + Length(type),
        SqlTypeKind.Date => "DATE",
        SqlTypeKind.Time => "TIME",
        SqlTypeKind.DateTime or SqlTypeKind.Timestamp => "DATETIME(6)",
        SqlTypeKind.Json => "JSON",
        _ => null,
    };

    private static string? SqlServer(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "bit",
        SqlTypeKind.TinyInt => type.Unsigned ? "tinyint" : "smallint",
        SqlTypeKind.SmallInt or SqlTypeKind.Year => "smallint",
        SqlTypeKind.Int => "int",
        SqlTypeKind.BigInt => "bigint",
        SqlTypeKind.Decimal => "decimal" + Digits(type),
        SqlTypeKind.Real => "real",
        SqlTypeKind.Double => "float",
        SqlTypeKind.Char => "nchar" + Length(type),
        SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Enum or SqlTypeKind.Json => "nvarchar" + (type.Length is null ? "(max)" : Length(type)),
        SqlTypeKind.Binary => "binary" + Length(type),
        SqlTypeKind.VarBinary or SqlTypeKind.Blob => "varbinary" + (type.Length is null ? "(max)" : Length(type)),
        SqlTypeKind.Date => "date",
        SqlTypeKind.Time => "time",
        SqlTypeKind.DateTime or SqlTypeKind.Timestamp => "datetime2",
        SqlTypeKind.Uuid => "uniqueidentifier",
        _ => null,
    };

    private static string Length(SqlType type) =>
        type.Length is { } length ? string.Create(CultureInfo.InvariantCulture, $"({length})") : "";

    private static string Digits(SqlType type) => (type.Precision, type.Scale) switch
    {
        ({ } precision, { } scale) => string.Create(CultureInfo.InvariantCulture, $"({precision},{scale})"),
        ({ } precision, _) => string.Create(CultureInfo.InvariantCulture, $"({precision})"),
        _ => "",
    };
}
