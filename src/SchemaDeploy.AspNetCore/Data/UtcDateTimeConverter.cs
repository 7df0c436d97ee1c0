using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Moments are UTC on both sides, so that JSON shows the Z and no database shifts them.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));

/// <summary>Wall-clock times name no zone; a moment is kept as the clock in UTC shows it.</summary>
public sealed class WallClockConverter() : ValueConverter<DateTime, DateTime>(
    value => DateTime.SpecifyKind(value, DateTimeKind.Unspecified),
    value => DateTime.SpecifyKind(value, DateTimeKind.Unspecified));
