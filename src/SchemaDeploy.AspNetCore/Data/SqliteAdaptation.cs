using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Fits a model to SQLite, which knows whole numbers of 64 bits, doubles, text and bytes.</summary>
internal static class SqliteAdaptation
{
    // A double holds every decimal of so many digits exactly, there and back.
    private const int ExactDoubleDigits = 15;

    public static void Adapt(IMutableModel model)
    {
        ModelAdaptation.NameWithoutSchemas(model);
        foreach (var property in ModelAdaptation.Properties(model))
        {
            SqliteNumbering.Adapt(property);
            if (property.GetValueConverter() is null && property.GetProviderClrType() is null)
            {
                AdaptType(property);
            }
        }
    }

    private static void AdaptType(IMutableProperty property)
    {
        var type = property.ValueType();
        if (type == typeof(decimal))
        {
            AdaptDecimal(property);
        }
        else if (type == typeof(ulong))
        {
            // SQLite's integers end at long.MaxValue; what is greater is refused on write and equals nothing on read.
            property.SetColumnType("INTEGER");
            property.SetValueConverter(StoredForm.UnsignedConverter);
        }
        else if (type == typeof(TimeSpan))
        {
            // The text of a TimeSpan does not sort: "-1" is behind "-2", and "1.00:00" before "23:00".
            property.SetColumnType("INTEGER");
            property.SetValueConverter(new ValueConverter<TimeSpan, long>(value => value.Ticks, value => TimeSpan.FromTicks(value)));
        }
        else if (type == typeof(DateTimeOffset))
        {
            property.SetColumnType("TEXT");
            property.SetValueConverter(new ValueConverter<DateTimeOffset, DateTime>(
                value => value.UtcDateTime, value => new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc))));
        }
    }

    // Few digits become REAL, many stay exact as TEXT with a collation that compares them as the numbers they are.
    private static void AdaptDecimal(IMutableProperty property)
    {
        var scale = property.GetPrecision() is null ? (int?)null : property.GetScale() ?? 0;
        var isDouble = property.GetPrecision() is <= ExactDoubleDigits;
        if (property.GetComputedColumnSql() is { } computed)
        {
            property.SetComputedColumnSql(Stored(computed, scale, isDouble));
        }

        if (isDouble)
        {
            property.SetColumnType("REAL");
            property.SetValueConverter(new ValueConverter<decimal, double>(
                value => (double)value, value => StoredForm.WithScale((decimal)value, scale ?? 0)));
            return;
        }

        property.SetColumnType("TEXT");
        property.SetCollation(SqliteDecimalCollation.Name);
        property.SetValueConverter(new ValueConverter<decimal, string>(
            value => value.ToString(CultureInfo.InvariantCulture), text => ReadDecimal(text, scale)));
    }

    // SQLite computes with doubles, and gives what it computes no type: it is put into the form in which filters look for it.
    private static string Stored(string expression, int? scale, bool isDouble)
    {
        var rounded = scale is { } digits ? string.Create(CultureInfo.InvariantCulture, $"ROUND({expression}, {digits})") : expression;
        return isDouble ? rounded : $"CAST({rounded} AS TEXT)";
    }

    private static decimal ReadDecimal(string text, int? scale)
    {
        var value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return scale is { } digits ? StoredForm.WithScale(value, digits) : value;
    }
}
