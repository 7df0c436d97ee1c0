using System.Globalization;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>The C# type of a column's values, and the bounds that the column's type sets.</summary>
/// <param name="Form">How values look.</param>
/// <param name="ClrType">The C# type; empty for enums, whose type is made.</param>
/// <param name="IsValueType">Whether the type is a struct.</param>
internal sealed record PropertyType(ValueForm Form, string ClrType, bool IsValueType)
{
    /// <summary>The smallest whole number of the column where it is not that of the C# type.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest whole number of the column where it is not that of the C# type.</summary>
    public long? Maximum { get; init; }

    /// <summary>The type of the items of a list, and of a JSON document that stands for one.</summary>
    public PropertyType? Item { get; init; }

    /// <summary>The column type on databases where EF Core's own choice would not do.</summary>
    public ProviderSql? ColumnType { get; init; }
}

/// <summary>
/// Maps column types to C#. Unsigned numbers become the next larger signed type, since not every database's provider
/// knows unsigned ones; BIGINT UNSIGNED becomes long and loses the upper half of its range, which no counter reaches.
/// Arrays become lists, which databases without arrays keep as JSON; items that JSON has no one form for make the column
/// a JSON document.
/// </summary>
internal static class PropertyTypes
{
    /// <summary>The type of a column, or null where the column cannot be exposed.</summary>
    public static PropertyType? Of(Column column) => column.Type == SqlTypeKind.Array ? ListOf(column) : Of(column, column.Type);

    private static PropertyType? Of(Column column, SqlTypeKind type) => type switch
    {
        SqlTypeKind.Boolean => new(ValueForm.Boolean, "bool", true),
        SqlTypeKind.TinyInt when column.Unsigned => new(ValueForm.Integer, "byte", true),
        SqlTypeKind.TinyInt => new(ValueForm.Integer, "short", true) { Minimum = sbyte.MinValue, Maximum = sbyte.MaxValue },
        SqlTypeKind.SmallInt when column.Unsigned => new(ValueForm.Integer, "int", true) { Minimum = 0, Maximum = ushort.MaxValue },
        SqlTypeKind.SmallInt => new(ValueForm.Integer, "short", true),
        SqlTypeKind.Int when column.Unsigned => new(ValueForm.Integer, "long", true) { Minimum = 0, Maximum = uint.MaxValue },
        SqlTypeKind.Int => new(ValueForm.Integer, "int", true),
        SqlTypeKind.BigInt when column.Unsigned => new(ValueForm.Integer, "long", true) { Minimum = 0 },
        SqlTypeKind.BigInt => new(ValueForm.Integer, "long", true),
        SqlTypeKind.Year => new(ValueForm.Integer, "short", true) { Minimum = 0, Maximum = 9999 },
        SqlTypeKind.Decimal => new(ValueForm.Decimal, "decimal", true),
        SqlTypeKind.Real => new(ValueForm.Floating, "float", true),
        SqlTypeKind.Double => new(ValueForm.Floating, "double", true),
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Xml or SqlTypeKind.Set or SqlTypeKind.Bit =>
            new(ValueForm.Text, "string", false),
        SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob or SqlTypeKind.RowVersion => new(ValueForm.Bytes, "byte[]", false),
        SqlTypeKind.Date => new(ValueForm.Date, "DateOnly", true),
        SqlTypeKind.Time => new(ValueForm.Time, "TimeOnly", true),
        SqlTypeKind.DateTime => new(ValueForm.WallClock, "DateTime", true) { ColumnType = Timestamp(column, "timestamp", "without") },
        SqlTypeKind.Timestamp => new(ValueForm.Moment, "DateTime", true) { ColumnType = Timestamp(column, "timestamp", "with") },
        SqlTypeKind.Interval => new(ValueForm.Duration, "TimeSpan", true),
        SqlTypeKind.Uuid => new(ValueForm.Uuid, "Guid", true),
        SqlTypeKind.Json => Json,
        SqlTypeKind.Enum => new(ValueForm.Enum, "", true),
        _ => null,
    };

    private static PropertyType Json => new(ValueForm.Json, "JsonElement", true) { ColumnType = new(null, "jsonb", "json", null) };

    /// <summary>The smallest number of a C# type.</summary>
    public static long MinimumOf(string clrType) => clrType switch
    {
        "byte" => byte.MinValue,
        "short" => short.MinValue,
        "int" => int.MinValue,
        _ => long.MinValue,
    };

    /// <summary>The largest number of a C# type.</summary>
    public static long MaximumOf(string clrType) => clrType switch
    {
        "byte" => byte.MaxValue,
        "short" => short.MaxValue,
        "int" => int.MaxValue,
        _ => long.MaxValue,
    };

    // PostgreSQL alone has two kinds of times, and its provider tells them by the column's type.
    private static ProviderSql Timestamp(Column column, string name, string zone)
    {
        var precision = column.Precision is { } digits ? string.Create(CultureInfo.InvariantCulture, $"({Math.Min(digits, 6)})") : "";
        return new(null, $"{name}{precision} {zone} time zone", null, null);
    }

    private static PropertyType? ListOf(Column column)
    {
        if (column.Element is not { } element || Of(column, element) is not { } item)
        {
            return null;
        }

        return item.Form is ValueForm.Boolean or ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating or ValueForm.Text
            or ValueForm.Uuid or ValueForm.Date or ValueForm.Enum
                ? new(ValueForm.List, $"List<{item.ClrType}>", false) { Item = item }
                : Json with { Item = new(ValueForm.Text, "string", false) };
    }
}
