using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Gives values the form in which the next read returns them: decimals with the column's scale, times cut to its
/// precision. What a write answers then equals what a read answers, and so do their ETags.
/// </summary>
internal static class StoredForm
{
    /// <summary>The finest step that every database stores.</summary>
    public const int MicrosecondDigits = 6;

    private static readonly ConditionalWeakTable<IEntityType, IProperty[]> s_properties = [];

    /// <summary>Keeps whole numbers without a sign where the database has only signed ones; too large ones are refused before.</summary>
    public static ValueConverter UnsignedConverter { get; } = new ValueConverter<ulong, long>(
        value => value > long.MaxValue ? long.MaxValue : (long)value, value => (ulong)value);

    /// <summary>Keeps whole numbers that are decimals where the database numbers rows by smaller ones only; too large ones are refused before.</summary>
    public static ValueConverter WholeConverter { get; } = new ValueConverter<decimal, long>(
        value => (long)Math.Clamp(value, long.MinValue, long.MaxValue), value => value);

    /// <summary>Puts the entry's values into their stored form.</summary>
    public static void Apply(EntityEntry entry)
    {
        var properties = s_properties.GetValue(entry.Metadata, static type => [.. type.GetProperties().Where(HasForm)]);
        foreach (var property in properties)
        {
            var value = property.GetGetter().GetClrValue(entry.Entity);
            if (value is null)
            {
                continue;
            }

            // Past the change tracker, which takes 3.5 and 3.50, or a time with and without a zone, for the same.
            property.PropertyInfo!.SetValue(entry.Entity, Of(property, value));
        }
    }

    /// <summary><paramref name="value"/> rounded to <paramref name="scale"/> digits behind the point, and with exactly so many.</summary>
    public static decimal WithScale(decimal value, int scale)
    {
        var digits = Math.Min(scale, 28);
        var rounded = decimal.Round(value, digits, MidpointRounding.AwayFromZero);
        // Adding a zero of that scale fills up the digits, as far as a decimal has room.
        return rounded.Scale == digits ? rounded : rounded + new decimal(0, 0, 0, false, (byte)digits);
    }

    private static bool HasForm(IProperty property) =>
        property.PropertyInfo is { CanWrite: true }
        && (IsTyped(property, typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeOnly), typeof(TimeSpan), typeof(ulong))
            || (property.ClrType == typeof(string) && (property.IsFixedLength() == true || property.GetValueConverter() is EmailConverter)));

    private static bool IsTyped(IProperty property, params ReadOnlySpan<Type> types) =>
        types.Contains(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType);

    /// <summary><paramref name="value"/> in the form in which the next read returns it.</summary>
    public static object? Of(IProperty property, object value)
    {
        var digits = property.GetPrecision() ?? MicrosecondDigits;
        object cut = value switch
        {
            decimal number when number > long.MaxValue && IsKeptAsLong(property) => throw TooLarge(property),
            decimal number when property.GetScale() is { } scale || property.GetPrecision() is not null => WithScale(number, property.GetScale() ?? 0),
            DateTime time => Cut(time, digits),
            DateTimeOffset time => time.AddTicks(-(time.Ticks % Step(digits))),
            TimeOnly time => new TimeOnly(time.Ticks - (time.Ticks % Step(digits))),
            ulong number when number > long.MaxValue && IsKeptAsLong(property) => throw TooLarge(property),
            TimeSpan time => new TimeSpan(time.Ticks - (time.Ticks % Step(digits))),
            _ => value,
        };
        return property.GetTypeMapping().Converter is { } converter
            ? converter.ConvertFromProvider(converter.ConvertToProvider(cut))
            : cut;
    }

    private static bool IsKeptAsLong(IProperty property) => property.GetTypeMapping().Converter?.ProviderClrType == typeof(long);

    private static ApiException TooLarge(IProperty property) => new(
        422,
        "The database cannot hold a number of the row.",
        new Dictionary<string, string[]> { [property.JsonName()] = [$"must be at most {long.MaxValue} on this database"] });

    /// <summary><paramref name="time"/> without what is finer than <paramref name="digits"/> behind the second.</summary>
    public static DateTime Cut(DateTime time, int digits) => time.AddTicks(-(time.Ticks % Step(digits)));

    private static long Step(int digits)
    {
        var step = TimeSpan.TicksPerSecond;
        for (var i = 0; i < Math.Min(digits, MicrosecondDigits); i++)
        {
            step /= 10;
        }

        return step;
    }
}
