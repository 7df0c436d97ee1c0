using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// A change on its way into the database. What was before is taken down when the save begins, what is now as soon as it is known:
/// keys and columns that the database computes are when the save is done.
/// </summary>
internal sealed class RecordedChange
{
    private static readonly JsonWriterOptions s_json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string? _deleted;
    private readonly List<(AuditedProperty Property, object? Old, bool IsModified)> _changed = [];

    private RecordedChange(EntityEntry entry, AuditedType type)
    {
        Entry = entry;
        Type = type;
        IsGone = entry.State == EntityState.Deleted;
        switch (entry.State)
        {
            case EntityState.Added:
                Action = AuditAction.Create;
                break;
            case var _ when SoftDeletion.IsDeletion(entry):
                Action = AuditAction.Delete;
                _deleted = Write(type.Properties.Select(property => (property, Original(entry, property))));
                break;
            default:
                Action = AuditAction.Update;
                foreach (var property in type.Properties)
                {
                    var isModified = entry.Property(property.Metadata).IsModified;
                    if (isModified || property.IsGeneratedOnUpdate)
                    {
                        _changed.Add((property, Original(entry, property), isModified));
                    }
                }

                break;
        }
    }

    public EntityEntry Entry { get; }

    public AuditAction Action { get; }

    public AuditedType Type { get; }

    /// <summary>Whether the row is no longer in the table: one that is marked as deleted is.</summary>
    public bool IsGone { get; }

    public string Key => Type.KeyOf(Entry.Entity);

    /// <summary>Whether the row is already what it will be in the database.</summary>
    public bool IsKnown => Action switch
    {
        AuditAction.Create => !Unknown.Any(),
        AuditAction.Update => !Type.Properties.Any(property => property.IsGeneratedOnUpdate),
        _ => true,
    };

    /// <summary>The key of a new row where the database is to number it, and nothing else of the row is unknown.</summary>
    public IProperty? Unnumbered =>
        Action == AuditAction.Create && Unknown.Take(2).ToList() is [{ Metadata: var property }] && property.IsPrimaryKey() && HasRoom(property)
            ? property
            : null;

    // What EF Core leaves to the database: a value that it made up for the time being, or none.
    private IEnumerable<PropertyEntry> Unknown => Type.SetOnAdd.Select(property => Entry.Property(property)).Where(property =>
        property.IsTemporary
        || (property.Metadata.ValueGenerated.HasFlag(ValueGenerated.OnAdd)
            && (property.Metadata.GetBeforeSaveBehavior() == PropertySaveBehavior.Ignore || Equals(property.CurrentValue, property.Metadata.Sentinel))));

    /// <summary>Gives a new row its number.</summary>
    public void Number(IProperty key, long number) => Entry.Property(key).CurrentValue = ToNumber(key, number);

    /// <summary>A number as a value of <paramref name="key"/>.</summary>
    public static object ToNumber(IProperty key, long number) => Convert.ChangeType(number, key.ValueType(), CultureInfo.InvariantCulture);

    /// <summary>Takes down what <paramref name="entry"/> is about to change; null where nothing is, or where its table is not audited.</summary>
    public static RecordedChange? Of(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && AuditedType.Of(entry.Metadata) is { IsAudited: true } type
            ? new RecordedChange(entry, type)
            : null;

    /// <summary>The fields before and after, once they are known.</summary>
    public (string? Old, string? New) ReadValues()
    {
        switch (Action)
        {
            case AuditAction.Create:
                return (null, Write(Type.Properties.Select(property => (property, property.Read(Entry.Entity)))));
            case AuditAction.Delete:
                return (_deleted, null);
            default:
                _changed.RemoveAll(change => !change.IsModified && change.Property.Equal(change.Old, change.Property.Read(Entry.Entity)));
                return (
                    Write(_changed.Select(change => (change.Property, change.Old))),
                    Write(_changed.Select(change => (change.Property, change.Property.Read(Entry.Entity)))));
        }
    }

    // Small numbers may run out: none of them is drawn in vain.
    private static bool HasRoom(IProperty key) =>
        System.Type.GetTypeCode(key.ValueType()) is TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Decimal;

    private static object? Original(EntityEntry entry, AuditedProperty property) => entry.OriginalValues[property.Metadata];

    private static string Write(IEnumerable<(AuditedProperty Property, object? Value)> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_json))
        {
            writer.WriteStartObject();
            foreach (var (property, value) in fields)
            {
                property.Write(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
