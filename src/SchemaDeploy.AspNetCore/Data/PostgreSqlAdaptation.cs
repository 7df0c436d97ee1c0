using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Fits a model to PostgreSQL.</summary>
internal static class PostgreSqlAdaptation
{
    // Compares text by code points, as the other databases are made to, and serves LIKE 'a%' from an ordinary index.
    private const string BinaryCollation = "C";

    /// <summary>The type of text whose case does not count; it comes with every server, and a database asks for it.</summary>
    public const string TextIgnoringCase = "citext";

    public static void Adapt(IMutableModel model)
    {
        foreach (var property in ModelAdaptation.Properties(model))
        {
            if (property.HasColumnType() && property.GetColumnType() == TextIgnoringCase)
            {
                model.SetAnnotation($"Npgsql:PostgresExtension:{TextIgnoringCase}", ",,");
            }

            if (property.GetComputedColumnSql() is not null)
            {
                // PostgreSQL computes columns on reading from version 18 on only.
                property.SetIsStored(true);
            }

            ModelAdaptation.LimitTime(property);
            AdaptTime(property);
            AdaptUnsigned(property);
            ModelAdaptation.NumberByWholes(property);
            if (property.Numbering() is var numbering && numbering != Numbering.Usual)
            {
                // Start, step, least, greatest, cycle and cache, as the provider keeps them.
                property.SetAnnotation("Npgsql:IdentitySequenceOptions", string.Create(CultureInfo.InvariantCulture, $"'{numbering.Start}', '{numbering.Step}', '{numbering.Least}', '{numbering.Greatest}', 'False', '1'"));
            }

            if (property.StoredType() == typeof(string) && !property.HasColumnType() && property.GetCollation() is null)
            {
                property.SetCollation(BinaryCollation);
            }
        }
    }

    private static void AdaptTime(IMutableProperty property)
    {
        if (property.GetValueConverter() is WallClockConverter && !property.HasColumnType())
        {
            property.SetColumnType(property.GetPrecision() is { } digits
                ? string.Create(CultureInfo.InvariantCulture, $"timestamp({digits}) without time zone")
                : "timestamp without time zone");
        }
        else if (property.ValueType() == typeof(DateTime) && property.GetValueConverter() is null)
        {
            // The provider takes times of unknown zone for a mistake.
            property.SetValueConverter(new UtcDateTimeConverter());
        }
        else if (property.ValueType() == typeof(DateTimeOffset))
        {
            // PostgreSQL keeps the moment and not the offset, and takes no other offset than none.
            property.SetValueConverter(new ValueConverter<DateTimeOffset, DateTimeOffset>(
                value => value.ToUniversalTime(), value => value.ToUniversalTime()));
        }
    }

    // Only bigint and smaller can be numbered, and a foreign key has the type of the key.
    private static void AdaptUnsigned(IMutableProperty property)
    {
        if (property.ValueType() == typeof(ulong) && (property.IsIdentity() || property.IsKey() || property.IsForeignKey()))
        {
            property.SetColumnType("bigint");
            property.SetValueConverter(StoredForm.UnsignedConverter);
        }
    }
}
