using System.Collections.Frozen;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>The T-SQL type that a column is shown to DacFx as.</summary>
internal static class TSqlTypeWriter
{
    private static readonly FrozenSet<string> s_ownTypes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "bigint", "binary", "bit", "char", "date", "datetime", "datetime2", "datetimeoffset", "dec", "decimal", "float",
        "geography", "geometry", "hierarchyid", "image", "int", "integer", "json", "money", "nchar", "ntext", "numeric",
        "nvarchar", "real", "rowversion", "smalldatetime", "smallint", "smallmoney", "sql_variant", "sysname", "text", "time",
        "timestamp", "tinyint", "uniqueidentifier", "varbinary", "varchar");

    /// <summary>The type's spelling: T-SQL's own as it was written, others the nearest that SQL Server has.</summary>
    public static string Write(SchemaDialect dialect, SqlType type, bool isKeyPart) =>
        dialect == SchemaDialect.TSql ? WriteOwn(type) : WriteNearest(type, isKeyPart);

    /// <summary>As written where it is a type of SQL Server's own; the schema collections of xml are not carried over.</summary>
    private static string WriteOwn(SqlType type) =>
        type.Kind == SqlTypeKind.Xml ? "xml" : s_ownTypes.Contains(BareName(type.NativeName)) ? type.NativeName : WriteNearest(type, isKeyPart: false);

    private static string BareName(string native)
    {
        var end = native.IndexOf('(', StringComparison.Ordinal);
        var name = (end < 0 ? native : native[..end]).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Trim();
        return name.StartsWith("sys.", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
    }

    public static string WriteNearest(SqlType type, bool isKeyPart) => type.Kind switch
    {
        SqlTypeKind.Boolean => "bit",
        SqlTypeKind.TinyInt => type.Unsigned ? "tinyint" : "smallint",
        SqlTypeKind.SmallInt => type.Unsigned ? "int" : "smallint",
        SqlTypeKind.Int => type.Unsigned ? "bigint" : "int",
        SqlTypeKind.BigInt => type.Unsigned ? "decimal(20,0)" : "bigint",
        SqlTypeKind.Decimal => Decimal(type),
        SqlTypeKind.Real => "real",
        SqlTypeKind.Double => "float",
        SqlTypeKind.Char => Bounded("nchar", type.Length ?? 1, 4000, isKeyPart),
        SqlTypeKind.VarChar => Bounded("nvarchar", type.Length, 4000, isKeyPart),
        SqlTypeKind.Enum or SqlTypeKind.Set => "nvarchar(255)",
        SqlTypeKind.Binary => Bounded("binary", type.Length ?? 1, 8000, isKeyPart),
        SqlTypeKind.VarBinary or SqlTypeKind.Blob => Bounded("varbinary", type.Length, 8000, isKeyPart),
        SqlTypeKind.Bit => "binary(8)",
        SqlTypeKind.Date => "date",
        SqlTypeKind.Time => "time",
        SqlTypeKind.DateTime => "datetime2",
        SqlTypeKind.Timestamp => "datetimeoffset",
        SqlTypeKind.Interval => "nvarchar(50)",
        SqlTypeKind.Year => "smallint",
        SqlTypeKind.Uuid => "uniqueidentifier",
        SqlTypeKind.RowVersion => "rowversion",
        _ => isKeyPart ? "nvarchar(450)" : "nvarchar(max)",
    };

    private static string Bounded(string name, int? length, int most, bool isKeyPart) => length switch
    {
        > 0 when length <= most => $"{name}({length})",
        _ when isKeyPart => $"{Varying(name)}(450)",
        _ => $"{Varying(name)}(max)",
    };

    private static string Varying(string name) => name switch { "nchar" => "nvarchar", "binary" => "varbinary", _ => name };

    private static string Decimal(SqlType type)
    {
        var precision = Math.Clamp(type.Precision ?? 38, 1, 38);
        return $"decimal({precision},{Math.Clamp(type.Scale ?? (type.Precision is null ? 10 : 0), 0, precision)})";
    }
}
