namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>SD13xx: what can come up while PostgreSQL's dialect is read, and in no other.</summary>
public static class PostgreSqlDiagnostics
{
    /// <summary>CREATE TABLE … AS and SELECT … INTO.</summary>
    public static readonly DiagnosticDescriptor TableFromQuery = new(
        "SD1301", DiagnosticSeverity.Error,
        "The columns of table '{0}' come from a query. List them in the CREATE TABLE.",
        "What columns a query has is known only to a database that runs it.",
        "Write the columns with their types into the CREATE TABLE.");

    /// <summary>A name beyond PostgreSQL's limit.</summary>
    public static readonly DiagnosticDescriptor NameCut = new(
        "SD1302", DiagnosticSeverity.Warning,
        "The name '{0}' is cut to '{1}': PostgreSQL keeps 63 bytes of a name.",
        "PostgreSQL cuts longer names with a notice, and two names that differ only behind the cut are one.",
        "Shorten the name.");

    /// <summary>A column of a type that other databases lack, and that is kept as another.</summary>
    public static readonly DiagnosticDescriptor KeptAs = new(
        "SD1303", DiagnosticSeverity.Warning,
        "Column '{0}' of type {1} is kept as {2}: no other database has the type.",
        "Types such as inet, ranges and hstore exist on PostgreSQL only. Their values are kept in a portable type, whose database does not check them.",
        "Nothing needs to be done, unless the database has to check the values: then write a CHECK or a @rule tag.");

    /// <summary>A type of the script's own that is kept as another.</summary>
    public static readonly DiagnosticDescriptor TypeKeptAs = new(
        "SD1304", DiagnosticSeverity.Warning,
        "Type '{0}' is kept as {1}: no other database has {2} types.",
        "Composite and range types exist on PostgreSQL only. Columns of such a type are kept in a portable one.",
        "Nothing needs to be done, unless the database has to check the values.");

    /// <summary>'now' in quotes as a default.</summary>
    public static readonly DiagnosticDescriptor DefaultOfCreation = new(
        "SD1305", DiagnosticSeverity.Warning,
        "The default '{0}' of column '{1}' is the time when the table is created, once and for all; {2}() is taken instead.",
        "PostgreSQL evaluates a quoted 'now' when it reads the CREATE TABLE, so that all rows get the same time.",
        "Write now() or CURRENT_TIMESTAMP without quotes.");

    /// <summary>A file that psql would read here.</summary>
    public static readonly DiagnosticDescriptor IncludeNotRead = new(
        "SD1306", DiagnosticSeverity.Warning,
        "The file that \"\\{0} {1}\" names is not read from here. Add it as a SchemaFile item.",
        "Included files are not followed, so that the build knows every file it depends on.",
        "List the included files as SchemaFile items; they are read in the order of their paths.");
}
