using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The part of a time that a time window keeps.</summary>
public enum TimeUnit
{
    /// <summary>Seconds are kept, fractions cut.</summary>
    Second,

    /// <summary>Minutes are kept, seconds cut.</summary>
    Minute,

    /// <summary>Hours are kept, minutes cut.</summary>
    Hour,

    /// <summary>The day is kept, the time of day cut.</summary>
    Day,

    /// <summary>The month is kept, the day cut.</summary>
    Month,

    /// <summary>The year is kept.</summary>
    Year,
}

/// <summary>The stretch of time that <see cref="Source"/> falls into, as a column that a unique key can hold.</summary>
/// <param name="Source">The property whose time is cut.</param>
/// <param name="Unit">What is kept of it.</param>
public sealed record TimeWindow(string Source, TimeUnit Unit)
{
    /// <summary>The beginning of the window that <paramref name="time"/> lies in.</summary>
    public DateTime StartOf(DateTime time) => Unit switch
    {
        TimeUnit.Second => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)),
        TimeUnit.Minute => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute)),
        TimeUnit.Hour => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour)),
        TimeUnit.Day => time.Date,
        TimeUnit.Month => new DateTime(time.Year, time.Month, 1, 0, 0, 0, time.Kind),
        _ => new DateTime(time.Year, 1, 1, 0, 0, 0, time.Kind),
    };

    /// <summary>How long from <paramref name="now"/> until the next window begins.</summary>
    public TimeSpan UntilNext(DateTime now)
    {
        var start = StartOf(now);
        var next = Unit switch
        {
            TimeUnit.Second => start.AddSeconds(1),
            TimeUnit.Minute => start.AddMinutes(1),
            TimeUnit.Hour => start.AddHours(1),
            TimeUnit.Day => start.AddDays(1),
            TimeUnit.Month => start.AddMonths(1),
            _ => start.AddYears(1),
        };
        return next - now;
    }
}

/// <summary>How the database numbers rows.</summary>
/// <param name="Start">The first row's number.</param>
/// <param name="Step">From a number to the next one; may be negative.</param>
public sealed record Numbering(long Start, long Step)
{
    /// <summary>1, 2, 3.</summary>
    public static Numbering Usual { get; } = new(1, 1);

    /// <summary>The least number, where that is less than the 1 from which PostgreSQL counts up at the least.</summary>
    internal long? Least => Step > 0 && Start < 1 ? Start : null;

    /// <summary>The greatest number, where that is more than the -1 from which PostgreSQL counts down at the most.</summary>
    internal long? Greatest => Step < 0 && Start > -1 ? Start : null;
}

/// <summary>Marks the properties whose values the server keeps. <see cref="ServerValueInterceptor"/> acts on the marks.</summary>
public static class ServerValues
{
    private const string SetOnCreate = "SchemaDeploy:NowOnCreate";
    private const string SetOnUpdate = "SchemaDeploy:NowOnUpdate";
    private const string Window = "SchemaDeploy:TimeWindow";
    private const string Increment = "SchemaDeploy:Increment";
    private const string Numbers = "SchemaDeploy:Numbering";
    private const string Json = "SchemaDeploy:JsonName";

    /// <summary>New rows get the current time where nothing else was set.</summary>
    public static PropertyBuilder<TProperty> HasNowOnCreate<TProperty>(this PropertyBuilder<TProperty> property) =>
        property.HasAnnotation(SetOnCreate, true);

    /// <summary>New and changed rows get the current time.</summary>
    public static PropertyBuilder<TProperty> HasNowOnUpdate<TProperty>(this PropertyBuilder<TProperty> property) =>
        property.HasAnnotation(SetOnUpdate, true);

    /// <summary>The property holds the beginning of the window that <paramref name="source"/> lies in.</summary>
    public static PropertyBuilder<TProperty> HasTimeWindow<TProperty>(
        this PropertyBuilder<TProperty> property, string source, TimeUnit unit) =>
        property.HasAnnotation(Window, new TimeWindow(source, unit));

    /// <summary>A number that grows with every change; a write based on an old one is refused.</summary>
    public static PropertyBuilder<TProperty> IsVersion<TProperty>(this PropertyBuilder<TProperty> property) =>
        property.IsConcurrencyToken().HasAnnotation(Increment, true);

    /// <summary>The database numbers new rows from <paramref name="start"/> in steps of <paramref name="step"/>.</summary>
    public static PropertyBuilder<TProperty> IsNumbered<TProperty>(this PropertyBuilder<TProperty> property, long start, long step) =>
        property.ValueGeneratedOnAdd().HasAnnotation(Numbers, new Numbering(start, step));

    /// <summary>The name that clients know the property by, for messages, where it is not the column's.</summary>
    public static PropertyBuilder<TProperty> HasJsonName<TProperty>(this PropertyBuilder<TProperty> property, string name) =>
        property.HasAnnotation(Json, name);

    internal static bool IsNowOnCreate(this IReadOnlyAnnotatable property) => property.FindAnnotation(SetOnCreate) is not null;

    internal static bool IsNowOnUpdate(this IReadOnlyAnnotatable property) => property.FindAnnotation(SetOnUpdate) is not null;

    internal static bool IsIncremented(this IReadOnlyAnnotatable property) => property.FindAnnotation(Increment) is not null;

    internal static Numbering Numbering(this IReadOnlyAnnotatable property) =>
        property.FindAnnotation(Numbers)?.Value as Numbering ?? Data.Numbering.Usual;

    internal static TimeWindow? FindTimeWindow(this IReadOnlyAnnotatable property) => property.FindAnnotation(Window)?.Value as TimeWindow;

    internal static string JsonName(this IReadOnlyProperty property) =>
        property.FindAnnotation(Json)?.Value as string ?? property.GetColumnName();
}
