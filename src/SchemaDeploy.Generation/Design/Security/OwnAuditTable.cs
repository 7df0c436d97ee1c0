using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Index = SchemaDeploy.Schema.Model.Index;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>The audit log of applications whose schema has none. It is a table like any other, with everything that others have.</summary>
internal static class OwnAuditTable
{
    private const string Name = "schemadeploy_audit_log";
    private const int KeyLength = 255;

    // Nothing about this table is ever reported, so that the position is never shown.
    private static readonly SourcePosition s_nowhere = new("", 1, 1);

    /// <summary>The table.</summary>
    public static Table Table { get; } = new()
    {
        Name = Name,
        Comment = "Who did what to which row.",
        Source = s_nowhere,
        Columns =
        [
            Column("id", SqlTypeKind.BigInt) with { Identity = new IdentityDefinition(), Nullable = false },
            Column("user_id", SqlTypeKind.VarChar, KeyLength),
            Column("action", SqlTypeKind.VarChar, KeyLength) with { Nullable = false },
            Column("entity_type", SqlTypeKind.VarChar, KeyLength) with { Nullable = false },
            Column("entity_id", SqlTypeKind.VarChar, KeyLength) with { Nullable = false },
            Column("old_values", SqlTypeKind.Json),
            Column("new_values", SqlTypeKind.Json),
            Column("ip_address", SqlTypeKind.VarChar, 45),
            Column("timestamp", SqlTypeKind.Timestamp) with { Nullable = false, Precision = 6 },
        ],
        Tags = [new SmartTag(Design.Tags.Name, "audit_log", s_nowhere)],
        PrimaryKey = new Key("pk_" + Name, ["id"]),
        Indexes =
        [
            IndexOf("user", "user_id", "timestamp"),
            IndexOf("entity", "entity_type", "entity_id", "timestamp"),
            IndexOf("time", "timestamp"),
        ],
    };

    private static Column Column(string name, SqlTypeKind type, int? length = null) =>
        new() { Name = name, Type = type, NativeType = type.ToString(), Length = length, Nullable = true, Source = s_nowhere };

    private static Index IndexOf(string name, params string[] columns) => new()
    {
        Name = $"ix_{Name}_{name}",
        Parts = [.. columns.Select(column => new IndexPart(new ColumnExpression(column)))],
        Source = s_nowhere,
    };
}
