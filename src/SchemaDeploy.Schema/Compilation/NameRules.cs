using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>How a dialect compares, qualifies and bounds names.</summary>
internal sealed record NameRules
{
    /// <summary>The dialect as messages call it.</summary>
    public required string DialectName { get; init; }

    /// <summary>The schema of unqualified names; null where the dialect has no schemas.</summary>
    public required string? DefaultSchema { get; init; }

    /// <summary>How columns, constraints and indexes are compared.</summary>
    public required StringComparer Comparer { get; init; }

    /// <summary>Whether two tables may differ only in case (MySQL on most servers), though either spelling finds a single one.</summary>
    public required bool TablesMayDifferInCase { get; init; }

    public required int MaxNameLength { get; init; }

    public required int MaxColumns { get; init; }

    public static NameRules Of(SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.MySql => s_mySql,
        SchemaDialect.TSql => s_tSql,
        _ => s_postgreSql,
    };

    private static readonly NameRules s_mySql = new()
    {
        DialectName = "MySQL",
        DefaultSchema = null,
        Comparer = StringComparer.OrdinalIgnoreCase,
        TablesMayDifferInCase = true,
        MaxNameLength = 64,
        // InnoDB's bound; other engines reach 4,096.
        MaxColumns = 1017,
    };

    private static readonly NameRules s_tSql = new()
    {
        DialectName = "SQL Server",
        DefaultSchema = "dbo",
        Comparer = StringComparer.OrdinalIgnoreCase,
        TablesMayDifferInCase = false,
        MaxNameLength = 128,
        MaxColumns = 1024,
    };

    // PostgreSQL cuts longer names with a notice, but cut names collide in ways nobody sees.
    private static readonly NameRules s_postgreSql = new()
    {
        DialectName = "PostgreSQL",
        DefaultSchema = "public",
        Comparer = StringComparer.Ordinal,
        TablesMayDifferInCase = true,
        MaxNameLength = 63,
        MaxColumns = 1600,
    };

    /// <summary>The schema as the model keeps it: null for the default one.</summary>
    public string? NormaliseSchema(string? schema) =>
        schema is null || (DefaultSchema is not null && Comparer.Equals(schema, DefaultSchema)) ? null : schema;
}
