using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Fits a model to MySQL and MariaDB.</summary>
internal static class MySqlAdaptation
{
    // Compares text by code points. MySQL's usual collations take "A" and "á" for the same.
    private const string BinaryCollation = "utf8mb4_bin";

    private const int UuidLength = 36;

    public static void Adapt(IMutableModel model)
    {
        ModelAdaptation.NameWithoutSchemas(model);
        MySqlIndexes.Adapt(model);
        foreach (var property in ModelAdaptation.Properties(model))
        {
            ModelAdaptation.LimitTime(property);
            AdaptType(property);
            ModelAdaptation.NumberByWholes(property);
            if (property.Numbering().Start > 1)
            {
                ((IMutableEntityType)property.DeclaringType.ContainingEntityType).SetAnnotation(
                    "MySql:StoreOptions", string.Create(CultureInfo.InvariantCulture, $"AUTO_INCREMENT={property.Numbering().Start}"));
            }

            if (property.StoredType() == typeof(string) && !IsJson(property) && property.GetCollation() is null)
            {
                property.SetCollation(BinaryCollation);
            }
        }
    }

    private static bool IsJson(IMutableProperty property) =>
        property.HasColumnType() && string.Equals(property.GetColumnType(), "json", StringComparison.OrdinalIgnoreCase);

    private static void AdaptType(IMutableProperty property)
    {
        var type = property.ValueType();
        if (property.StoredType() == typeof(string) && property.IsFixedLength() == true && property.GetMaxLength() == UuidLength)
        {
            // Its client reads every CHAR(36) as a UUID, and fails where it holds other text.
            property.SetIsFixedLength(false);
        }
        else if (type == typeof(float) && property.GetValueConverter() is null)
        {
            // FLOAT = 0.1 is never true there: the column is widened, and the number is not the same then.
            property.SetColumnType("double");
            property.SetValueConverter(new ValueConverter<float, double>(value => value, value => (float)value));
        }
        else if (type == typeof(DateTimeOffset))
        {
            property.SetValueConverter(new ValueConverter<DateTimeOffset, DateTimeOffset>(
                value => value.ToUniversalTime(), value => value.ToUniversalTime()));
        }
    }
}
