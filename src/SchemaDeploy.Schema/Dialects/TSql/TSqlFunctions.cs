namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>What is known of T-SQL's functions by their names.</summary>
public static class TSqlFunctions
{
    /// <summary>Whether the function's first argument is a word such as day, which expressions hold as a text.</summary>
    public static bool TakesDatePart(string name) =>
        name.ToUpperInvariant() is "DATEADD" or "DATEDIFF" or "DATEDIFF_BIG" or "DATENAME" or "DATEPART" or "DATETRUNC" or "DATE_BUCKET";
}
