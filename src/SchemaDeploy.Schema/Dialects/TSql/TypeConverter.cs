using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Turns T-SQL's types into neutral ones.</summary>
internal sealed class TypeConverter(ConversionContext context)
{
    private const int DefaultTimePrecision = 7;

    /// <summary>The neutral form of a type; a name that is no built-in may be an alias type of the script.</summary>
    public SqlType Convert(Dom.DataTypeReference type)
    {
        var native = context.TextOf(type);
        return type switch
        {
            Dom.SqlDataTypeReference builtIn => Convert(builtIn, native),
            Dom.XmlDataTypeReference xml => Convert(xml),
            Dom.UserDataTypeReference user => ConvertNamed(user, native),
            _ => new SqlType(SqlTypeKind.Other, native),
        };
    }

    /// <summary>Whether a column of the type is NOT NULL unless it says otherwise.</summary>
    public static bool IsNotNullByDefault(Dom.DataTypeReference? type) =>
        type is Dom.UserDataTypeReference { Name.BaseIdentifier.Value: { } name } && name.Equals("sysname", StringComparison.OrdinalIgnoreCase);

    private SqlType Convert(Dom.SqlDataTypeReference type, string native)
    {
        return type.SqlDataTypeOption switch
        {
            Dom.SqlDataTypeOption.BigInt => new SqlType(SqlTypeKind.BigInt, native),
            Dom.SqlDataTypeOption.Int => new SqlType(SqlTypeKind.Int, native),
            Dom.SqlDataTypeOption.SmallInt => new SqlType(SqlTypeKind.SmallInt, native),
            Dom.SqlDataTypeOption.TinyInt => new SqlType(SqlTypeKind.TinyInt, native) { Unsigned = true },
            Dom.SqlDataTypeOption.Bit => new SqlType(SqlTypeKind.Boolean, native),
            Dom.SqlDataTypeOption.Decimal or Dom.SqlDataTypeOption.Numeric => new SqlType(SqlTypeKind.Decimal, native)
            {
                Precision = Number(type, 0, 1, 38) ?? 18,
                Scale = Number(type, 1, 0, 38) ?? 0,
            },
            Dom.SqlDataTypeOption.Money => new SqlType(SqlTypeKind.Decimal, native) { Precision = 19, Scale = 4 },
            Dom.SqlDataTypeOption.SmallMoney => new SqlType(SqlTypeKind.Decimal, native) { Precision = 10, Scale = 4 },
            Dom.SqlDataTypeOption.Float => new SqlType(Number(type, 0, 1, 53) <= 24 ? SqlTypeKind.Real : SqlTypeKind.Double, native),
            Dom.SqlDataTypeOption.Real => new SqlType(SqlTypeKind.Real, native),
            Dom.SqlDataTypeOption.Char => Sized(type, native, SqlTypeKind.Char, SqlTypeKind.Text, 8000),
            Dom.SqlDataTypeOption.NChar => Sized(type, native, SqlTypeKind.Char, SqlTypeKind.Text, 4000),
            Dom.SqlDataTypeOption.VarChar => Sized(type, native, SqlTypeKind.VarChar, SqlTypeKind.Text, 8000),
            Dom.SqlDataTypeOption.NVarChar => Sized(type, native, SqlTypeKind.VarChar, SqlTypeKind.Text, 4000),
            Dom.SqlDataTypeOption.Text or Dom.SqlDataTypeOption.NText => new SqlType(SqlTypeKind.Text, native),
            Dom.SqlDataTypeOption.Binary => Sized(type, native, SqlTypeKind.Binary, SqlTypeKind.Blob, 8000),
            Dom.SqlDataTypeOption.VarBinary => Sized(type, native, SqlTypeKind.VarBinary, SqlTypeKind.Blob, 8000),
            Dom.SqlDataTypeOption.Image => new SqlType(SqlTypeKind.Blob, native),
            Dom.SqlDataTypeOption.Date => new SqlType(SqlTypeKind.Date, native),
            Dom.SqlDataTypeOption.Time => Timed(type, native, SqlTypeKind.Time),
            Dom.SqlDataTypeOption.DateTime => new SqlType(SqlTypeKind.DateTime, native) { Precision = 3 },
            Dom.SqlDataTypeOption.SmallDateTime => new SqlType(SqlTypeKind.DateTime, native) { Precision = 0 },
            Dom.SqlDataTypeOption.DateTime2 => Timed(type, native, SqlTypeKind.DateTime),
            Dom.SqlDataTypeOption.DateTimeOffset => Timed(type, native, SqlTypeKind.Timestamp),
            Dom.SqlDataTypeOption.UniqueIdentifier => new SqlType(SqlTypeKind.Uuid, native),
            Dom.SqlDataTypeOption.Timestamp or Dom.SqlDataTypeOption.Rowversion => new SqlType(SqlTypeKind.RowVersion, native),
            Dom.SqlDataTypeOption.Json => new SqlType(SqlTypeKind.Json, native),
            Dom.SqlDataTypeOption.Cursor or Dom.SqlDataTypeOption.Table => Unfit(type, native),
            _ => new SqlType(SqlTypeKind.Other, native),
        };
    }

    private SqlType Convert(Dom.XmlDataTypeReference type)
    {
        if (type.XmlSchemaCollection is { } collection)
        {
            context.NotCarriedOver(collection, $"The schema collection '{context.Name(collection)}'", " The column holds any XML.");
        }

        return new SqlType(SqlTypeKind.Xml, "xml");
    }

    private SqlType ConvertNamed(Dom.UserDataTypeReference type, string native)
    {
        var name = context.Name(type.Name);
        var isBuiltInSchema = name.Schema is null || name.Schema.Equals("sys", StringComparison.OrdinalIgnoreCase);
        return (isBuiltInSchema ? name.Name.ToLowerInvariant() : "") switch
        {
            "sysname" => new SqlType(SqlTypeKind.VarChar, native) { Length = 128 },
            "hierarchyid" => new SqlType(SqlTypeKind.Other, native),
            "geography" or "geometry" => new SqlType(SqlTypeKind.Spatial, native),
            "json" => new SqlType(SqlTypeKind.Json, native),
            "vector" => new SqlType(SqlTypeKind.Other, native),
            _ => new SqlType(context.Names.TypeNamed(name.Name) ?? SqlTypeKind.Other, native) { UserType = name },
        };
    }

    private SqlType Sized(Dom.SqlDataTypeReference type, string native, SqlTypeKind kind, SqlTypeKind unboundedKind, int limit) =>
        type.Parameters is [Dom.MaxLiteral, ..]
            ? new SqlType(unboundedKind, native)
            : new SqlType(kind, native) { Length = Number(type, 0, 1, limit) ?? 1 };

    private SqlType Timed(Dom.SqlDataTypeReference type, string native, SqlTypeKind kind) =>
        new(kind, native) { Precision = Number(type, 0, 0, DefaultTimePrecision) ?? DefaultTimePrecision };

    private SqlType Unfit(Dom.SqlDataTypeReference type, string native)
    {
        context.Diagnostics.Report(ReadingDiagnostics.UnknownType, context.Span(type), native, " No column can have it.");
        return new SqlType(SqlTypeKind.Other, native);
    }

    private int? Number(Dom.SqlDataTypeReference type, int index, int least, int most)
    {
        if (index >= type.Parameters.Count)
        {
            return null;
        }

        var parameter = type.Parameters[index];
        if (int.TryParse(parameter.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        context.Diagnostics.Report(
            ReadingDiagnostics.Syntax, context.Span(parameter), $"'{context.TextOf(type)}' must have a number from {least} to {most} here");
        return null;
    }
}
