using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>
/// A stretch of time in which rows with the same values are taken for one. Two unique indexes keep it on every
/// database and among any number of processes: over the values and the window that the time of creation falls into,
/// windows of the second beginning half a window later. Of two rows less than half a window apart, at least one index
/// sees both in one window; what is further apart, up to the whole length, is looked up before the row is written.
/// </summary>
/// <param name="Length">How long the same is refused.</param>
/// <param name="Properties">The properties that are compared.</param>
/// <param name="Time">The property that holds the time of creation.</param>
/// <param name="Prefix">What the names of the columns of its own begin with.</param>
internal sealed record DuplicateWindow(TimeSpan Length, IReadOnlyList<string> Properties, string Time, string Prefix)
{
    private const string Annotation = "SchemaDeploy:DuplicateWindows";

    /// <summary>The property that holds a checksum of the values: short, never null, and of one type whatever is compared.</summary>
    public string Key => Prefix + "_key";

    /// <summary>The property that holds the number of the window.</summary>
    public string Bucket => Prefix + "_bucket";

    /// <summary>The property that holds the number of the window that begins half a window later.</summary>
    public string Shifted => Prefix + "_shifted";

    /// <summary>The windows of a table.</summary>
    public static IReadOnlyList<DuplicateWindow> Of(IReadOnlyEntityType type) =>
        type.FindAnnotation(Annotation)?.Value as IReadOnlyList<DuplicateWindow> ?? [];

    /// <summary>Adds the window to the windows of a table.</summary>
    public void AddTo(IMutableEntityType type) => type.SetAnnotation(Annotation, (DuplicateWindow[])[.. Of(type), this]);

    /// <summary>Fills the columns of its own; a row that is changed stays in the window of its creation.</summary>
    public static void Apply(EntityEntry entry)
    {
        foreach (var window in Of(entry.Metadata))
        {
            if (entry.State == EntityState.Added || window.Properties.Any(name => entry.Property(name).IsModified))
            {
                window.Fill(entry);
            }
        }
    }

    /// <summary>The checksum of the values that are compared.</summary>
    public Guid Fingerprint(EntityEntry entry) => Fingerprint(name => (entry.Property(name).Metadata, entry.Property(name).CurrentValue));

    /// <summary>The checksum of the values that are compared, each given by the property's name.</summary>
    public Guid Fingerprint(Func<string, (IProperty Property, object? Value)> valueOf)
    {
        using var values = new MemoryStream();
        using var writer = new BinaryWriter(values);
        foreach (var name in Properties)
        {
            var (property, value) = valueOf(name);
            Write(writer, property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value);
        }

        return new Guid(SHA256.HashData(values.GetBuffer().AsSpan(0, (int)values.Length)).AsSpan(0, 16));
    }

    private void Fill(EntityEntry entry)
    {
        if (entry.Property(Time).CurrentValue is not DateTime time)
        {
            return;
        }

        entry.Property(Key).CurrentValue = Fingerprint(entry);
        entry.Property(Bucket).CurrentValue = BucketOf(time);
        entry.Property(Shifted).CurrentValue = ShiftedOf(time);
    }

    /// <summary>The number of the window that <paramref name="time"/> falls into.</summary>
    public long BucketOf(DateTime time) => time.Ticks / Length.Ticks;

    /// <summary>The number of the window that begins half a window later.</summary>
    public long ShiftedOf(DateTime time) => (time.Ticks + (Length.Ticks / 2)) / Length.Ticks;

    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write(false);
                break;
            case byte[] bytes:
                writer.Write(true);
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            case IEnumerable list and not string:
                writer.Write(true);
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.Write(false);
                break;
            case DateTime time:
                writer.Write(true);
                writer.Write(time.Ticks);
                break;
            default:
                writer.Write(true);
                writer.Write(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }
}

/// <summary>Maps windows against duplicates.</summary>
public static class DuplicateWindowExtensions
{
    /// <summary>Rows with the same values that are created within <paramref name="length"/> of one another are taken for one.</summary>
    /// <param name="builder">The entity.</param>
    /// <param name="length">How long the same is refused.</param>
    /// <param name="properties">The properties that are compared.</param>
    /// <param name="time">The property that holds the time of creation; null gives the table a column for it.</param>
    /// <param name="columns">What the names of the columns that the table gets begin with.</param>
    /// <param name="indexes">The names of the two unique indexes.</param>
    public static EntityTypeBuilder<TEntity> HasUniqueWithin<TEntity>(
        this EntityTypeBuilder<TEntity> builder, TimeSpan length, string[] properties, string? time, string columns, (string Window, string Shifted) indexes)
        where TEntity : class
    {
        if (time is null)
        {
            time = columns + "_at";
            builder.Property<DateTime?>(time).HasColumnName(time).HasConversion<UtcDateTimeConverter>().HasNowOnCreate();
        }

        var window = new DuplicateWindow(length, properties, time, columns);
        builder.Property<Guid?>(window.Key).HasColumnName(window.Key);
        builder.Property<long?>(window.Bucket).HasColumnName(window.Bucket);
        builder.Property<long?>(window.Shifted).HasColumnName(window.Shifted);
        builder.HasIndex([window.Key, window.Bucket], indexes.Window).IsUnique();
        builder.HasIndex([window.Key, window.Shifted], indexes.Shifted).IsUnique();
        window.AddTo(builder.Metadata);
        return builder;
    }
}
