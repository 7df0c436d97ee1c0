namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>SD11xx: what can go wrong while MySQL's dialect is read, and in no other.</summary>
public static class MySqlDiagnostics
{
    /// <summary>CREATE TABLE … SELECT without a column list.</summary>
    public static readonly DiagnosticDescriptor TableFromQuery = new(
        "SD1101", DiagnosticSeverity.Error,
        "The columns of table '{0}' come from a query. List them in the CREATE TABLE.",
        "What columns a query has is known only to a database that runs it.",
        "Write the columns with their types into the CREATE TABLE.");

    /// <summary>VARCHAR without a length.</summary>
    public static readonly DiagnosticDescriptor LengthMissing = new(
        "SD1102", DiagnosticSeverity.Error,
        "{0} needs a length, such as {0}(255).",
        "MySQL has no default length for this type.",
        "Write the length in parentheses behind the type.");

    /// <summary>A name beyond MySQL's limit.</summary>
    public static readonly DiagnosticDescriptor NameTooLong = new(
        "SD1103", DiagnosticSeverity.Error,
        "The name '{0}…' has {1} characters; MySQL allows {2}.",
        "MySQL refuses names of more than 64 characters.",
        "Shorten the name.");

    /// <summary>A date of zeros as default.</summary>
    public static readonly DiagnosticDescriptor ZeroDate = new(
        "SD1104", DiagnosticSeverity.Warning,
        "The default '{0}' of column '{1}' is no date that another database, or .NET, can hold, and is left out.",
        "MySQL's zero dates stand for no date; they are invalid everywhere else, and in MySQL's own strict mode.",
        "Allow NULL in the column and drop the default.");
}
