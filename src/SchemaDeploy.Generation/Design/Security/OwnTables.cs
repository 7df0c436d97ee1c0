using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Index = SchemaDeploy.Schema.Model.Index;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>What every application needs and a schema may not have. They are tables like any others, with everything that others have.</summary>
internal static class OwnTables
{
    private const string UsersName = "schemadeploy_users";
    private const string AuditLogName = "schemadeploy_audit_log";
    private const int KeyLength = 255;

    // Nothing about these tables is ever reported, so that the position is never shown.
    private static readonly SourcePosition s_nowhere = new("", 1, 1);

    /// <summary>Who did what to which row.</summary>
    public static Table AuditLog { get; } = new()
    {
        Name = AuditLogName,
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
        Tags = [new SmartTag(Tags.Name, "audit_log", s_nowhere)],
        PrimaryKey = new Key("pk_" + AuditLogName, ["id"]),
        Indexes =
        [
            IndexOf("user", "user_id", "timestamp"),
            IndexOf("entity", "entity_type", "entity_id", "timestamp"),
            IndexOf("time", "timestamp"),
        ],
    };

    /// <summary>Who signs in.</summary>
    /// <param name="database">The schema, whose own names come first.</param>
    public static Table UsersOf(DatabaseModel database) => new()
    {
        Name = UsersName,
        Comment = "Who signs in.",
        Source = s_nowhere,
        Columns =
        [
            Column("id", SqlTypeKind.Uuid) with { Nullable = false },
            Column("email", SqlTypeKind.VarChar, 254) with { Nullable = false },
            Column("password_hash", SqlTypeKind.VarChar, KeyLength) with { Nullable = false },
            Enum("role", "USER", "ADMIN"),
            Enum("status", "ACTIVE", "SUSPENDED"),
            Column("created_at", SqlTypeKind.Timestamp) with { Nullable = false, Precision = 6 },
        ],
        Tags = [new SmartTag(Tags.Name, database.Tables.Any(IsOfUsers) ? "app_users" : "users", s_nowhere)],
        PrimaryKey = new Key("pk_" + UsersName, ["id"]),
        UniqueKeys = [new Key(UsersName + "_email", ["email"])],
    };

    /// <summary>Whether a table is the library's own.</summary>
    public static bool IsOwn(Table table) => table.Source == s_nowhere;

    private static bool IsOfUsers(Table table) => Identifiers.Singular(Words.Of(table.Name)) is [var word] && word.Equals("user", StringComparison.OrdinalIgnoreCase);

    private static Column Column(string name, SqlTypeKind type, int? length = null) =>
        new() { Name = name, Type = type, NativeType = type.ToString(), Length = length, Nullable = true, Source = s_nowhere };

    private static Column Enum(string name, params string[] values) => Column(name, SqlTypeKind.Enum) with
    {
        Nullable = false,
        EnumValues = [.. values],
        Default = new LiteralExpression(LiteralKind.String, values[0]),
    };

    private static Index IndexOf(string name, params string[] columns) => new()
    {
        Name = $"ix_{AuditLogName}_{name}",
        Parts = [.. columns.Select(column => new IndexPart(new ColumnExpression(column)))],
        Source = s_nowhere,
    };
}
