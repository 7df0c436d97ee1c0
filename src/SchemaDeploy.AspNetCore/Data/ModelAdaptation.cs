using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Fits a model to what the database in use can store and compare, so that the same requests give the same answers on
/// every database.
/// </summary>
public static class ModelAdaptation
{
    /// <summary>Marks columns that the database in use cannot compute.</summary>
    internal const string StaysEmpty = "SchemaDeploy:StaysEmpty";

    /// <summary>Adds the library's own tables and adapts the whole model to <paramref name="database"/>; called last, when the model is complete.</summary>
    public static ModelBuilder AdaptTo(this ModelBuilder modelBuilder, DatabaseFacade database)
    {
        modelBuilder.AddAuthentication();
        modelBuilder.AddIdempotency();
        SchemaRecord.AddTo(modelBuilder);
        var model = modelBuilder.Model;
        DatabaseReference.AddIndexes(model);
        foreach (var property in Properties(model))
        {
            ComputedKeys.Adapt(property);
            AdaptToAny(property);
        }

        switch (database.ProviderName)
        {
            case ProviderSql.SqliteName:
                SqliteAdaptation.Adapt(model);
                break;
            case ProviderSql.PostgreSqlName:
                PostgreSqlAdaptation.Adapt(model);
                break;
            case ProviderSql.MySqlName:
                MySqlAdaptation.Adapt(model);
                break;
            case ProviderSql.SqlServerName:
                SqlServerAdaptation.Adapt(model);
                break;
        }

        return modelBuilder;
    }

    /// <summary>All properties of all entities.</summary>
    internal static List<IMutableProperty> Properties(IMutableModel model) =>
        [.. model.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties())];

    /// <summary>The type of the property's values, null aside.</summary>
    internal static Type ValueType(this IReadOnlyProperty property) => Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;

    /// <summary>The type that the provider is handed, null aside.</summary>
    internal static Type StoredType(this IReadOnlyProperty property)
    {
        var type = property.GetProviderClrType() ?? property.GetValueConverter()?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    /// <summary>Whether the column's type is chosen already.</summary>
    internal static bool HasColumnType(this IReadOnlyProperty property) => property.FindAnnotation(RelationalAnnotationNames.ColumnType) is not null;

    /// <summary>Whether the database numbers the rows by the property, a whole number.</summary>
    internal static bool IsIdentity(this IReadOnlyProperty property) =>
        property.ValueGenerated == ValueGenerated.OnAdd
        && property.FindAnnotation(RelationalAnnotationNames.DefaultValueSql) is null
        && !ComputedKeys.IsComputed(property)
        && property.ValueType() is var type
        && (type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) || type == typeof(decimal) || type == typeof(ulong));

    /// <summary>
    /// Makes a decimal by which rows are numbered, and what refers to it, a <c>bigint</c>: neither PostgreSQL nor MySQL numbers
    /// rows by decimals.
    /// </summary>
    internal static void NumberByWholes(IMutableProperty property)
    {
        if (property.ValueType() == typeof(decimal) && property.GetPrincipals().Any(IsIdentity))
        {
            property.SetColumnType("bigint");
            property.SetValueConverter(StoredForm.WholeConverter);
        }
    }

    /// <summary>Cuts the precision of a time to what the database keeps.</summary>
    internal static void LimitTime(IMutableProperty property)
    {
        if (property.ValueType() is var type
            && (type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeOnly) || type == typeof(TimeSpan))
            && property.GetPrecision() > StoredForm.MicrosecondDigits)
        {
            property.SetPrecision(StoredForm.MicrosecondDigits);
        }
    }

    /// <summary>Leaves schemas away where the database has none; where two tables have one name, each gets its schema's in front.</summary>
    internal static void NameWithoutSchemas(IMutableModel model)
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

    private static void AdaptToAny(IMutableProperty property)
    {
        if (property.FindAnnotation(StaysEmpty) is not null && !property.IsKey() && !property.ClrType.IsValueType)
        {
            property.IsNullable = true;
        }

        if (property.ClrType == typeof(string) && property.IsFixedLength() == true && property.GetValueConverter() is null)
        {
            // CHAR(n) comes back filled up with blanks from some databases and without from others.
            property.SetValueConverter(new ValueConverter<string, string>(value => value.TrimEnd(' '), value => value.TrimEnd(' ')));
        }
    }
}
