using System.Collections.Frozen;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>The names that columns of audit logs go by, as words in lower case.</summary>
internal static class AuditColumnNames
{
    // Names further ahead say more: where two columns of a table are of one kind, the better name is filled.
    private static readonly (AuditSource Source, string[] Names)[] s_names =
    [
        (AuditSource.User,
        [
            "user id", "actor id", "userid", "performed by id", "changed by id", "performed by", "changed by", "modified by", "done by", "executed by",
            "actor", "operator id", "operator", "account id", "admin id", "employee id", "created by", "created by id", "author id", "author",
            "user name", "username", "login", "principal", "who", "user",
        ]),
        (AuditSource.Role, ["user role", "actor role", "role"]),
        (AuditSource.Action,
        [
            "action", "action type", "operation", "operation type", "event type", "event", "event name", "action name", "change type", "audit action",
            "audit event", "audit type", "activity", "activity type", "operation name", "dml type", "op", "verb",
        ]),
        (AuditSource.Entity,
        [
            "entity type", "entity name", "entity", "table name", "tablename", "resource type", "resource name", "resource", "object type", "object name",
            "object", "model type", "model name", "model", "record type", "target type", "target table", "target", "auditable type", "subject type",
            "item type", "source table", "class name", "entity class", "table", "collection",
        ]),
        (AuditSource.Key,
        [
            "entity id", "record id", "row id", "resource id", "object id", "model id", "target id", "auditable id", "subject id", "item id",
            "entity key", "record key", "row key", "primary key", "primary key value", "key value", "pk value", "pk", "record pk", "row pk", "reference id", "table id",
        ]),
        (AuditSource.OldValues,
        [
            "old values", "old value", "old data", "old row", "old record", "old state", "old json", "old", "before values", "before value", "before data",
            "before state", "before", "previous values", "previous value", "previous data", "previous state", "previous", "original values", "original value",
            "original data", "original", "values before", "data before", "value before", "row before", "state before", "from value",
        ]),
        (AuditSource.NewValues,
        [
            "new values", "new value", "new data", "new row", "new record", "new state", "new json", "new", "after values", "after value", "after data",
            "after state", "after", "current values", "current value", "values after", "data after", "value after", "row after", "state after", "to value",
        ]),
        (AuditSource.Changes,
        [
            "changes", "change", "changed fields", "changed values", "changed data", "change set", "changeset", "diff", "difference", "delta", "details",
            "detail", "event data", "audit data", "data", "payload", "metadata", "meta", "values", "body", "context", "description",
        ]),
        (AuditSource.Address,
        [
            "ip address", "ipaddress", "ip", "ip addr", "client ip", "client ip address", "remote ip", "remote address", "remote addr", "source ip", "user ip",
            "request ip", "client address", "origin ip", "address",
        ]),
        (AuditSource.UserAgent, ["user agent", "useragent", "agent", "browser"]),
        (AuditSource.TraceId, ["trace id", "traceid", "request id", "requestid", "correlation id", "correlationid"]),
        (AuditSource.Time,
        [
            "timestamp", "time stamp", "occurred at", "occurred on", "event time", "event at", "event timestamp", "event date", "action time", "action at",
            "action timestamp", "action date", "performed at", "performed on", "changed at", "changed on", "change date", "change time", "logged at",
            "logged on", "log time", "log date", "recorded at", "executed at", "audit time", "audit date", "audit timestamp", "audited at", "created at",
            "created on", "created date", "creation time", "create time", "created", "date created", "date time", "datetime", "time", "date", "at", "when", "ts",
        ]),
    ];

    private static readonly FrozenDictionary<string, (AuditSource Source, int Rank)> s_byName = s_names
        .SelectMany(kind => kind.Names.Select((name, rank) => (name, kind.Source, rank)))
        .ToFrozenDictionary(entry => entry.name, entry => (entry.Source, entry.rank), StringComparer.Ordinal);

    // How tables that record are called; the word audit is among theirs.
    private static readonly FrozenSet<string> s_records = FrozenSet.Create(
        StringComparer.Ordinal,
        "audit", "audits", "auditing", "log", "logs", "trail", "trails", "event", "events", "entry", "entries", "record", "records", "history", "histories", "journal");

    /// <summary>What a column of this name holds in an audit log, and how well the name says so: 0 is best.</summary>
    public static (AuditSource Source, int Rank)? Find(string column) =>
        s_byName.TryGetValue(Words.Sentence(Words.Of(column)), out var found) ? found : null;

    /// <summary>Whether a table of this name is called an audit log.</summary>
    public static bool IsAuditLog(string table)
    {
        var words = Words.Of(table).Select(word => word.ToLowerInvariant()).ToList();
        return words.Any(word => word is "audit" or "audits" or "auditing" or "auditlog" or "auditlogs" or "audittrail")
            && (s_records.Contains(words[^1]) || words[^1].StartsWith("audit", StringComparison.Ordinal));
    }
}
