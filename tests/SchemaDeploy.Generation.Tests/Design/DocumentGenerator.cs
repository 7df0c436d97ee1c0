using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

/// <summary>The schema of the sample DocumentGenerator, written by hand.</summary>
internal static class DocumentGenerator
{
    public static DatabaseModel Database { get; } = Schemas.Database(Users(), Items(), AuditLogs());

    private static Table Users() => Table(
        "users",
        Text("email", 255),
        Text("password_hash", 255),
        Enum("role", "USER", "ADMIN", "MODERATOR") with { Nullable = true, Default = Quoted("USER") },
        Enum("status", "ACTIVE", "SUSPENDED", "DELETED") with { Nullable = true, Default = Quoted("ACTIVE") },
        Now("created_at"),
        Now("updated_at") with { OnUpdateNow = true }) with
    {
        UniqueKeys = [new Key("email", ["email"])],
        Indexes = [UniqueIndex("idx_email", Col("email")) with { Unique = false }, UniqueIndex("idx_status", Col("status")) with { Unique = false }],
    };

    private static Table Items() => Table(
        "items",
        Column("uuid", SqlTypeKind.Char) with { Length = 36, Default = Call("uuid") },
        Column("owner_id", SqlTypeKind.BigInt),
        Text("item_type"),
        Column("quantity") with { Default = Number("1") },
        Column("value", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2, Nullable = true, Default = Number("0") },
        Column("metadata", SqlTypeKind.Json) with { Nullable = true },
        Now("created_at")) with
    {
        UniqueKeys = [new Key("uuid", ["uuid"])],
        ForeignKeys = [Reference("owner_id", "users") with { Name = "items_ibfk_1" }],
        Indexes = [UniqueIndex("uk_owner_item_minute", Col("owner_id"), Col("item_type"), Call("date_trunc", Quoted("minute"), Col("created_at")))],
    };

    private static Table AuditLogs() => Table(
        "audit_logs",
        Column("user_id", SqlTypeKind.BigInt) with { Nullable = true },
        Text("action"),
        Text("entity_type") with { Nullable = true },
        Column("entity_id", SqlTypeKind.BigInt) with { Nullable = true },
        Column("old_values", SqlTypeKind.Json) with { Nullable = true },
        Column("new_values", SqlTypeKind.Json) with { Nullable = true },
        Text("ip_address", 45) with { Nullable = true },
        Now("timestamp")) with
    {
        ForeignKeys = [Reference("user_id", "users") with { Name = "audit_logs_ibfk_1" }],
        Indexes = [UniqueIndex("idx_user_action", Col("user_id"), Col("action"), Col("timestamp")) with { Unique = false }],
    };

    private static Column Now(string name) => Column(name, SqlTypeKind.Timestamp) with { Nullable = true, Default = Call("now") };
}
