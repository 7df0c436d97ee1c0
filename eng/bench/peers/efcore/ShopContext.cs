using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Peers;

internal sealed class Item
{
    public long Id { get; set; }
    public required string Uuid { get; set; }
    public long OwnerId { get; set; }
    public required string ItemType { get; set; }
    public int Quantity { get; set; }
    public decimal? Value { get; set; }
    public string? Metadata { get; set; }
    public DateTime? CreatedAt { get; set; }
    public DateTime? CreatedAtMinute { get; set; }
}

internal sealed class AuditLog
{
    public long Id { get; set; }
    public long? UserId { get; set; }
    public required string Action { get; set; }
    public string? EntityType { get; set; }
    public long? EntityId { get; set; }
    public string? NewValues { get; set; }
    public string? IpAddress { get; set; }
    public DateTime? Timestamp { get; set; }
}

internal sealed class ShopContext : DbContext
{
    public static readonly Expression<Func<Item, ItemResponse>> Shown = item => new ItemResponse(
        item.Id, item.Uuid, item.OwnerId, item.ItemType, item.Quantity, item.Value, ToJson(item.Metadata), item.CreatedAt);

    public static readonly Func<Item, ItemResponse> Show = Shown.Compile();

    public ShopContext(DbContextOptions<ShopContext> options)
        : base(options) => ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;

    public DbSet<Item> Items => Set<Item>();

    public DbSet<AuditLog> AuditLogs => Set<AuditLog>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Item>(item =>
        {
            item.ToTable("items");
            item.Property(row => row.Metadata).HasColumnType("jsonb");
        });
        modelBuilder.Entity<AuditLog>(log =>
        {
            log.ToTable("audit_logs");
            log.Property(row => row.NewValues).HasColumnType("jsonb");
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }

    private static JsonElement? ToJson(string? text) => text is null ? null : JsonElement.Parse(text);
}
