using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>The kinds of statements that are counted and passed over.</summary>
internal static class SkippedKinds
{
    public static readonly SkippedKind Data = new("data statement", "data statements") { Hint = "SchemaSeed=true loads literal rows." };

    /// <summary>Data that is changed, and not inserted.</summary>
    public static readonly SkippedKind ChangedData = new("statement that changes data", "statements that change data");

    public static readonly SkippedKind View = new("view", "views");
    public static readonly SkippedKind Procedure = new("procedure", "procedures");
    public static readonly SkippedKind Function = new("function", "functions");
    public static readonly SkippedKind Trigger = new("trigger", "triggers");
    public static readonly SkippedKind TableType = new("table type", "table types");
    public static readonly SkippedKind ClrType = new("CLR type", "CLR types");
    public static readonly SkippedKind Synonym = new("synonym", "synonyms");
    public static readonly SkippedKind ExternalTable = new("external table", "external tables");
    public static readonly SkippedKind SecurityPolicy = new("security policy", "security policies");
    public static readonly SkippedKind Rule = new("rule", "rules");
    public static readonly SkippedKind FreeDefault = new("free-standing default", "free-standing defaults");
    public static readonly SkippedKind Permission = new("permission", "permissions");
    public static readonly SkippedKind Loop = new("loop", "loops");
    public static readonly SkippedKind ProcedureCall = new("procedure call", "procedure calls");
    public static readonly SkippedKind DynamicSql = new("dynamic SQL statement", "dynamic SQL statements");
}
