namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>SD12xx: what can come up while T-SQL is read.</summary>
public static class TSqlDiagnostics
{
    /// <summary>A column whose type no API can carry.</summary>
    public static readonly DiagnosticDescriptor KeptNotExposed = new(
        "SD1201", DiagnosticSeverity.Warning,
        "Column '{0}' is kept, but the API does not expose it: no other database has the type {1}.",
        "Types such as hierarchyid, geography and sql_variant have no counterpart in JSON or on the other databases.",
        "Nothing needs to be done, unless a client needs the value: then store it in a portable type beside it.");

    /// <summary>A sqlcmd variable that no :setvar sets.</summary>
    public static readonly DiagnosticDescriptor UndefinedVariable = new(
        "SD1202", DiagnosticSeverity.Warning,
        "The sqlcmd variable '{0}' is not set by the file; its name is used in its place.",
        "The script is meant to be run by sqlcmd with the variable given on the command line.",
        "Add a line \":setvar {0} value\" at the top of the file.");

    /// <summary>A file that sqlcmd would read here.</summary>
    public static readonly DiagnosticDescriptor IncludeNotRead = new(
        "SD1203", DiagnosticSeverity.Warning,
        "The file that \":r {0}\" names is not read from here. Add it as a SchemaFile item.",
        "Included files are not followed, so that the build knows every file it depends on.",
        "List the included files as SchemaFile items; they are read in the order of their paths.");
}
