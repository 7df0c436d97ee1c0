using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// A change on its way into the database. What was before is taken down when the save begins, what is now when it is
/// done: keys and computed columns are known only then.
/// </summary>
internal sealed class RecordedChange
{
    private static readonly JsonWriterOptions s_json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly object _entity;
    private readonly string? _deleted;
    private readonly List<(AuditedProperty Property, object? Old, bool IsModified)> _changed = [];

    private RecordedChange(EntityEntry entry, AuditedType type)
    {
        _entity = entry.Entity;
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

    public AuditAction Action { get; }

    public AuditedType Type { get; }

    /// <summary>Whether the row is no longer in the table: one that is marked as deleted is.</summary>
    public bool IsGone { get; }

    public string Key => Type.KeyOf(_entity);

    /// <summary>Takes down what <paramref name="entry"/> is about to change; null where nothing is, or where its table is not audited.</summary>
    public static RecordedChange? Of(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && AuditedType.Of(entry.Metadata) is { IsAudited: true } type
            ? new RecordedChange(entry, type)
            : null;

    /// <summary>The fields before and after, once the change is saved.</summary>
    public (string? Old, string? New) ReadValues()
    {
        switch (Action)
        {
            case AuditAction.Create:
                return (null, Write(Type.Properties.Select(property => (property, property.Read(_entity)))));
            case AuditAction.Delete:
                return (_deleted, null);
            default:
                _changed.RemoveAll(change => !change.IsModified && change.Property.Equal(change.Old, change.Property.Read(_entity)));
                return (
                    Write(_changed.Select(change => (change.Property, change.Old))),
                    Write(_changed.Select(change => (change.Property, change.Property.Read(_entity)))));
        }
    }

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
