using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Which types keys can hold, and which a foreign key can compare.</summary>
internal static class KeyTypes
{
    /// <summary>Whether a key or ordered index over the type is refused.</summary>
    public static bool IsUnfit(SchemaDialect dialect, SqlType type, bool hasPrefix) => dialect switch
    {
        SchemaDialect.MySql => type.Kind == SqlTypeKind.Json
            || (type.Kind is SqlTypeKind.Text or SqlTypeKind.Blob && !hasPrefix),
        SchemaDialect.TSql => type.Kind is SqlTypeKind.Text or SqlTypeKind.Blob or SqlTypeKind.Xml or SqlTypeKind.Json
            or SqlTypeKind.Spatial,
        _ => type.Kind == SqlTypeKind.Xml
            || (type.Kind == SqlTypeKind.Json && type.NativeName.Equals("json", StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Whether a foreign key may compare the two types.</summary>
    public static bool AreComparable(SchemaDialect dialect, SqlType a, SqlType b) => dialect switch
    {
        SchemaDialect.MySql => MySqlFamily(a) == MySqlFamily(b),
        // What remains (lengths, national or not, collations) DacFx judges.
        SchemaDialect.TSql => a.Kind == b.Kind,
        _ => PostgreSqlFamily(a) == PostgreSqlFamily(b),
    };

    private static (SqlTypeKind Kind, bool Unsigned) MySqlFamily(SqlType type) => type.Kind switch
    {
        SqlTypeKind.VarChar or SqlTypeKind.Text => (SqlTypeKind.Char, false),
        SqlTypeKind.VarBinary or SqlTypeKind.Blob => (SqlTypeKind.Binary, false),
        SqlTypeKind.Boolean => (SqlTypeKind.TinyInt, type.Unsigned),
        SqlTypeKind.Decimal => (SqlTypeKind.Decimal, false),
        var kind => (kind, type.Unsigned),
    };

    private static SqlTypeKind PostgreSqlFamily(SqlType type) => type.Kind switch
    {
        SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Decimal or SqlTypeKind.Real
            or SqlTypeKind.Double => SqlTypeKind.Decimal,
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text => SqlTypeKind.Text,
        SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp => SqlTypeKind.DateTime,
        SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob => SqlTypeKind.Blob,
        var kind => kind,
    };
}
