using System.Collections.Frozen;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>Recognises what columns and tables are from their names and shapes, where no tag says it.</summary>
internal static class ColumnRoles
{
    private static readonly FrozenSet<string> s_emails = Set("email", "e mail", "mail", "email address", "e mail address", "user email");

    private static readonly FrozenSet<string> s_secrets = Set(
        "password hash", "passwordhash", "password", "passwd", "pwd", "pass hash", "password digest", "hashed password",
        "encrypted password", "password salt", "password encrypted", "user password", "pwd hash", "pwd salt",
        "old passwords", "previous password");

    private static readonly FrozenSet<string> s_created = Set(
        "created at", "created on", "created", "created date", "created time", "create time", "create date", "date created",
        "creation date", "creation time", "inserted at", "createdat");

    private static readonly FrozenSet<string> s_updated = Set(
        "updated at", "updated on", "updated", "updated date", "update time", "update date", "date updated", "modified",
        "modified at", "modified on", "modified date", "date modified", "last modified", "last modified at", "last update",
        "last updated", "last updated at", "updatedat");

    private static readonly FrozenSet<string> s_deleted = Set(
        "deleted at", "deleted on", "deleted", "is deleted", "deleted date", "deleted time", "date deleted", "delete date", "delete time",
        "deletion date", "deletion time", "deletedat", "isdeleted", "removed at", "is removed");

    private static readonly FrozenSet<string> s_versions = Set("version", "row version", "rowversion", "lock version");

    /// <summary>Whether the column holds a secret that is written and never shown.</summary>
    public static bool IsSecret(Column column) => (IsText(column.Type) || IsBytes(column.Type)) && s_secrets.Contains(Key(column.Name));

    /// <summary>Whether the column holds an e-mail address.</summary>
    public static bool IsEmail(Column column) => IsText(column.Type) && s_emails.Contains(Key(column.Name));

    /// <summary>Whether the column holds what a search needs: triggers of the database make it of other columns.</summary>
    public static bool IsSearchDocument(Column column) => IsOf(column, "tsvector");

    /// <summary>Whether text that differs in case alone is the same to the column.</summary>
    public static bool IgnoresCase(Column column) => IsText(column.Type) && IsOf(column, "citext");

    // pg_dump names types with the schema that their extension lies in.
    private static bool IsOf(Column column, string type) =>
        column.NativeType.AsSpan(column.NativeType.LastIndexOf('.') + 1).Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the server keeps the time of creation in the column.</summary>
    public static bool IsCreationTime(Column column) =>
        IsTime(column.Type) && s_created.Contains(Key(column.Name)) && IsNowOrAbsent(column.Default);

    /// <summary>Whether the server keeps the time of the last change in the column.</summary>
    public static bool IsChangeTime(Column column) =>
        IsTime(column.Type) && (column.OnUpdateNow || (s_updated.Contains(Key(column.Name)) && IsNowOrAbsent(column.Default)));

    /// <summary>Whether the column says when or whether a row was deleted.</summary>
    public static bool IsDeletionMark(Column column) =>
        (IsTime(column.Type) || column.Type == SqlTypeKind.Boolean) && s_deleted.Contains(Key(column.Name));

    /// <summary>Whether the column counts the changes of its row: a version that is part of a key is the table's business.</summary>
    public static bool IsVersion(Column column, TableFacts facts) =>
        column.Type is SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.SmallInt
        && !column.Nullable
        && column.Identity is null && column.Generated is null
        && s_versions.Contains(Key(column.Name))
        && !facts.IndexedColumns.Contains(column.Name)
        && facts.Key is not null
        && (column.Default is null || ColumnLiterals.Of(column.Default) is { Text: "0" or "1" });

    /// <summary>How well a foreign key to users names the owner of a row; 0 where it does not.</summary>
    public static int OwnerRank(string column) => Key(column) switch
    {
        "owner id" => 4,
        "user id" => 3,
        "created by" or "created by id" => 2,
        "author id" => 1,
        _ => 0,
    };

    private static bool IsText(SqlTypeKind type) => type is SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Text;

    private static bool IsBytes(SqlTypeKind type) => type is SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob;

    private static bool IsTime(SqlTypeKind type) => type is SqlTypeKind.DateTime or SqlTypeKind.Timestamp;

    private static bool IsNowOrAbsent(SqlExpression? value) =>
        value is null or FunctionExpression { Name: NeutralFunctions.Now } || ColumnLiterals.Of(value)?.Kind == LiteralKind.Null;

    private static string Key(string name) => Words.Sentence(Words.Of(name));

    private static FrozenSet<string> Set(params ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.Ordinal, names);
}
