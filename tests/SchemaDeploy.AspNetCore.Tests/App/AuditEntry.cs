using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>A row of the audit log.</summary>
public class AuditEntry
{
    public long Id { get; set; }
    public long? UserId { get; set; }
    public string Actor { get; set; } = null!;
    public string Event { get; set; } = null!;
    public string Entity { get; set; } = null!;
    public string Key { get; set; } = null!;
    public string? OldValues { get; set; }
    public string? NewValues { get; set; }
    public string? Address { get; set; }
    public DateTime At { get; set; }
    public DateTime StoredAt { get; set; }
    public int Version { get; set; }
}

public sealed class AuditEntryMapper : IAuditMapper
{
    public object ToEntity(AuditRecord record) => new AuditEntry
    {
        UserId = record.UserIdAs<long>(),
        Actor = record.Actor,
        Event = record.Event,
        Entity = record.Entity,
        Key = record.Key,
        OldValues = record.OldValues,
        NewValues = record.NewValues,
        Address = record.Address,
        At = record.Time,
    };
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries").IsAuditLog();
        builder.Property(row => row.At).HasPrecision(6).HasConversion<UtcDateTimeConverter>();
        builder.Property(row => row.StoredAt).HasPrecision(0).HasConversion<UtcDateTimeConverter>().HasNowOnCreate();
        builder.Property(row => row.Version).IsVersion();
        builder.HasIndex(row => new { row.Entity, row.Key });
    }
}
