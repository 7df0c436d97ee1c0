using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SchemaDeploy.AspNetCore.Authentication;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Fits a model to what the database in use can store and compare.</summary>
public static class ModelAdaptation
{
    // A double holds every decimal of so many digits exactly, there and back.
    private const int ExactDoubleDigits = 15;

    /// <summary>Adds the library's own tables and adapts every property to <paramref name="database"/>; called last, when the model is complete.</summary>
    public static ModelBuilder AdaptTo(this ModelBuilder modelBuilder, DatabaseFacade database)
    {
        modelBuilder.AddAuthentication();
        Action<IMutableProperty> adapt = database.ProviderName switch
        {
            ProviderSql.SqliteName => AdaptToSqlite,
            ProviderSql.PostgreSqlName => AdaptToPostgreSql,
            ProviderSql.SqlServerName => AdaptToSqlServer,
            _ => AdaptToAny,
        };
        if (database.ProviderName == ProviderSql.SqliteName)
        {
            NameWithoutSchemas(modelBuilder.Model);
        }

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties()).ToList())
        {
            ComputedKeys.Adapt(property);
            adapt(property);
        }

        return modelBuilder;
    }

    private static void AdaptToAny(IMutableProperty property)
    {
        if (property.ClrType == typeof(string) && property.IsFixedLength() == true && property.GetValueConverter() is null)
        {
            // CHAR(n) comes back filled up with blanks from some databases and without from others.
            property.SetValueConverter(new ValueConverter<string, string>(value => value.TrimEnd(' '), value => value.TrimEnd(' ')));
        }
    }

    // SQLite has no schemas; where two tables have one name, each gets its schema's in front.
    private static void NameWithoutSchemas(IMutableModel model)
    {
        var tables = model.GetEntityTypes().Where(type => type.GetTableName() is not null).ToList();
        foreach (var namesakes in tables.GroupBy(type => type.GetTableName()!, StringComparer.OrdinalIgnoreCase).ToList())
        {
            foreach (var type in namesakes.Where(type => type.GetSchema() is not null))
            {
                if (namesakes.Count() > 1)
                {
                    type.SetTableName($"{type.GetSchema()}_{type.GetTableName()}");
                }

                type.SetSchema(null);
            }
        }
    }

    private static void AdaptToSqlite(IMutableProperty property)
    {
        SqliteNumbering.Adapt(property);
        AdaptToAny(property);
        if (property.GetValueConverter() is not null || property.GetProviderClrType() is not null)
        {
            return;
        }

        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(decimal))
        {
            AdaptDecimal(property);
        }
        else if (type == typeof(ulong))
        {
            // SQLite's integers end at long.MaxValue; what is greater is refused on write and equals nothing on read.
            property.SetColumnType("INTEGER");
            property.SetValueConverter(new ValueConverter<ulong, long>(
                value => value > long.MaxValue ? long.MaxValue : (long)value, value => (ulong)value));
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
        if (property.GetPrecision() is <= ExactDoubleDigits)
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

    private static decimal ReadDecimal(string text, int? scale)
    {
        var value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return scale is { } digits ? StoredForm.WithScale(value, digits) : value;
    }

    private static void AdaptToPostgreSql(IMutableProperty property)
    {
        AdaptToAny(property);
        if (property.GetValueConverter() is WallClockConverter && property.FindAnnotation(RelationalAnnotationNames.ColumnType) is null)
        {
            property.SetColumnType(property.GetPrecision() is { } digits
                ? string.Create(CultureInfo.InvariantCulture, $"timestamp({digits}) without time zone")
                : "timestamp without time zone");
        }
        else if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateTimeOffset))
        {
            // PostgreSQL keeps the moment and not the offset, and takes no other offset than none.
            property.SetValueConverter(new ValueConverter<DateTimeOffset, DateTimeOffset>(
                value => value.ToUniversalTime(), value => value.ToUniversalTime()));
        }
    }

    private static void AdaptToSqlServer(IMutableProperty property)
    {
        AdaptToAny(property);
        if (property.ClrType == typeof(byte[]) && property.IsIncremented())
        {
            // The database has a rowversion of its own.
            property.ValueGenerated = ValueGenerated.OnAddOrUpdate;
            property.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            property.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            property.SetColumnType("rowversion");
        }
    }
}
