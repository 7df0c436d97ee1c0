namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>SD1xxx: what can go wrong while a file is read, whatever its dialect.</summary>
public static class ReadingDiagnostics
{
    /// <summary>The file holds no statement that makes a table.</summary>
    public static readonly DiagnosticDescriptor NoTables = new(
        "SD1001", DiagnosticSeverity.Error,
        "The schema creates no table. Write at least one CREATE TABLE.",
        "The schema files are empty, or hold only comments or statements that create no table.",
        "Write a CREATE TABLE, or point the SchemaFile items at the files that have one.");

    /// <summary>Binary content.</summary>
    public static readonly DiagnosticDescriptor NotText = new(
        "SD1002", DiagnosticSeverity.Error,
        "The file is not text ({0}). Save it as UTF-8.",
        "The file holds bytes that no text holds, such as NULs outside UTF-16: it is an archive, an image or a database file.",
        "Export the schema as SQL text and point SchemaFile at that.");

    /// <summary>An encoding that is neither UTF-8 nor UTF-16.</summary>
    public static readonly DiagnosticDescriptor UnknownEncoding = new(
        "SD1003", DiagnosticSeverity.Error,
        "The file is neither UTF-8 nor UTF-16: byte 0x{0:X2} fits no UTF-8 character. Save it as UTF-8.",
        "The file was saved in an older encoding such as Latin-1, where the same byte means different letters on different machines.",
        "Save the file as UTF-8, in most editors by \"Save with encoding\".");

    /// <summary>Something that the dialect's grammar does not allow here.</summary>
    public static readonly DiagnosticDescriptor Syntax = new(
        "SD1004", DiagnosticSeverity.Error,
        "Syntax error: {0}.",
        "The text does not follow the grammar of the dialect it is read in.",
        "Correct the statement at the position, or set SchemaDialect if the file is in another dialect.");

    /// <summary>A string, comment, quoted name or dollar quote that never ends.</summary>
    public static readonly DiagnosticDescriptor Unterminated = new(
        "SD1005", DiagnosticSeverity.Error,
        "This {0} is never closed: {1} is missing.",
        "A string, comment or quoted name begins here and the file ends before its closing mark.",
        "Add the closing mark. A quote inside a string is written twice.");

    /// <summary>A type name that the dialect does not have and the script does not create.</summary>
    public static readonly DiagnosticDescriptor UnknownType = new(
        "SD1006", DiagnosticSeverity.Error,
        "Unknown type '{0}'.{1}",
        "The type is neither one of the dialect's nor created by the script.",
        "Correct the spelling, create the type in the schema, or set SchemaDialect if the file is in another dialect.");

    /// <summary>Parentheses or other nesting beyond what any real schema holds.</summary>
    public static readonly DiagnosticDescriptor NestedTooDeep = new(
        "SD1007", DiagnosticSeverity.Error,
        "This is nested more than {0} levels deep. Simplify the expression.",
        "Expressions nested this deep would exhaust the stack of any compiler that follows.",
        "Simplify the expression or split it.");

    /// <summary>Statements of a kind that are understood and passed over; one message a kind.</summary>
    public static readonly DiagnosticDescriptor Skipped = new(
        "SD1008", DiagnosticSeverity.Warning,
        "{0} {1} passed over: the API is made from tables only.{2} First one here.",
        "Views, triggers, procedures, functions, grants, data and session settings do not shape the API.",
        "Nothing needs to be done. Where a trigger kept a rule, write the rule as a @rule tag or a hook. SchemaSeed=true makes literal rows seed data.");

    /// <summary>A part of a table that is understood and not carried over.</summary>
    public static readonly DiagnosticDescriptor NotCarriedOver = new(
        "SD1009", DiagnosticSeverity.Warning,
        "{0} is not carried over.{1}",
        "The clause is understood, but concerns storage or a feature with no counterpart on the other databases.",
        "Nothing needs to be done, unless the application relies on it.");

    /// <summary>A statement that the reader does not know.</summary>
    public static readonly DiagnosticDescriptor UnknownStatement = new(
        "SD1010", DiagnosticSeverity.Error,
        "Unknown statement '{0}'.{1}",
        "The statement begins with a word that no statement of the dialect begins with.",
        "Correct the spelling, or set SchemaDialect if the file is in another dialect.");

    /// <summary>The dialect that the text showed, and why.</summary>
    public static readonly DiagnosticDescriptor DialectDetected = new(
        "SD1011", DiagnosticSeverity.Info,
        "Read as {0}: {1}.",
        "SchemaDialect is Auto, so the dialect is taken from the text.",
        "Set SchemaDialect to MySql, TSql or PostgreSql to decide it yourself.");

    /// <summary>A schema file that is not there or cannot be read.</summary>
    public static readonly DiagnosticDescriptor FileUnreadable = new(
        "SD1012", DiagnosticSeverity.Error,
        "The schema file cannot be read: {0}",
        "A SchemaFile item names a file that does not exist or that this user may not read.",
        "Correct the item, or the file's permissions.");

    /// <summary>So many errors that more of them help nobody.</summary>
    public static readonly DiagnosticDescriptor TooManyErrors = new(
        "SD1013", DiagnosticSeverity.Error,
        "More than {0} errors; the rest of the file is not read.",
        "The file is probably in another dialect, or no SQL at all.",
        "Correct the first errors, or set SchemaDialect if the file is in another dialect.");

    /// <summary>A placeholder of some template language in front of or inside a name.</summary>
    public static readonly DiagnosticDescriptor TemplateVariable = new(
        "SD1014", DiagnosticSeverity.Warning,
        "The template variable '{0}' is left out of the names; tables are in the default schema.",
        "The file is a template in which a tool puts the schema's name before each table.",
        "Nothing needs to be done, or write the schema's name into the file.");

    /// <summary>A statement of data whose values are not all literals; SchemaSeed asked for it.</summary>
    public static readonly DiagnosticDescriptor NotSeeded = new(
        "SD1015", DiagnosticSeverity.Warning,
        "{0} is not seed data: {1}.",
        "Seed data is known when the application is built, so it consists of literal values. What a query, a function or an existing row decides is not known then.",
        "Write the rows as literal values, or fill the table in another way.");

    /// <summary>The statements of data beyond those that have a message of their own.</summary>
    public static readonly DiagnosticDescriptor MoreNotSeeded = new(
        "SD1016", DiagnosticSeverity.Warning,
        "{0} more statements are not seed data, the first of them here.",
        "Only the first statements that are not seed data are named one by one.",
        "See SD1015.");
}
