namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>SD204x and SD205x: rows in the schema file that do not fit its tables.</summary>
public static class SeedDiagnostics
{
    /// <summary>A column that is given twice.</summary>
    public static readonly DiagnosticDescriptor ColumnTwice = new(
        "SD2040", DiagnosticSeverity.Error,
        "Column '{1}' of table '{0}' is given twice.",
        "The list of columns of an INSERT names a column more than once.",
        "Remove one of the two.");

    /// <summary>More or fewer values than columns.</summary>
    public static readonly DiagnosticDescriptor ValueCount = new(
        "SD2041", DiagnosticSeverity.Error,
        "The row has {1} value(s) for {2} column(s) of table '{0}'.",
        "Each column that is named, or all where none is, needs one value. Without a list of columns, T-SQL leaves out those that it numbers or computes.",
        "Correct the row, or name the columns.");

    /// <summary>NULL in a column that is NOT NULL.</summary>
    public static readonly DiagnosticDescriptor NullValue = new(
        "SD2042", DiagnosticSeverity.Error,
        "Column '{1}' of table '{0}' cannot be NULL.",
        "The row gives NULL to a column that is NOT NULL or part of the primary key.",
        "Write a value, or allow NULL in the column.");

    /// <summary>No value for a column that needs one.</summary>
    public static readonly DiagnosticDescriptor MissingValue = new(
        "SD2043", DiagnosticSeverity.Error,
        "The row gives no value for column '{1}' of table '{0}', which is NOT NULL and has no default.",
        "The row leaves out a column that nothing else fills.",
        "Write a value, or give the column a DEFAULT.");

    /// <summary>A value for a column that takes none.</summary>
    public static readonly DiagnosticDescriptor ComputedValue = new(
        "SD2044", DiagnosticSeverity.Error,
        "Column '{1}' of table '{0}' is kept by the database and takes no value.",
        "The column is computed, or a row version.",
        "Leave the column out, or write DEFAULT.");

    /// <summary>Text or bytes beyond the column's length.</summary>
    public static readonly DiagnosticDescriptor TooLong = new(
        "SD2045", DiagnosticSeverity.Error,
        "Column '{1}' of table '{0}' holds {3} {4} at most; {2} has {5}.",
        "The value is longer than the column's type allows.",
        "Shorten the value, or widen the column.");

    /// <summary>A number or time beyond the column's range.</summary>
    public static readonly DiagnosticDescriptor OutOfRange = new(
        "SD2046", DiagnosticSeverity.Error,
        "{2} is out of the range of column '{1}' of table '{0}' ({3}).",
        "The value is smaller or greater than the column's type allows.",
        "Correct the value, or choose a wider type.");

    /// <summary>A value of another type.</summary>
    public static readonly DiagnosticDescriptor NoSuchValue = new(
        "SD2047", DiagnosticSeverity.Error,
        "{2} is {4} that column '{1}' of table '{0}' ({3}) could hold.",
        "The value cannot be read as one of the column's type.",
        "Correct the value. Dates are best written as in 2026-01-31 or 2026-01-31 23:59:59; what is not known is NULL, also for zero dates.");

    /// <summary>A word that the enum does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownMember = new(
        "SD2048", DiagnosticSeverity.Error,
        "{2} is no member of column '{1}' of table '{0}'.{3}",
        "The column allows the values that its type lists, and no other.",
        "Correct the value, or add the member.");

    /// <summary>Two rows of one key.</summary>
    public static readonly DiagnosticDescriptor DuplicateKey = new(
        "SD2049", DiagnosticSeverity.Error,
        "Table '{0}' has a row with {1} already: it is in line {2}.",
        "A primary or unique key holds each value once.",
        "Remove or correct one of the two rows.");

    /// <summary>A reference to a row that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingReference = new(
        "SD2050", DiagnosticSeverity.Error,
        "The row refers to {2} of table '{1}', and the schema has no such row. (Foreign key of '{0}'.)",
        "Seed data is loaded into empty tables, so a row can only refer to rows of the schema files.",
        "Add the row that is referred to, or correct the value. Rows that are no seed data (SD1015) are not there either.");

    /// <summary>Rows that need one another.</summary>
    public static readonly DiagnosticDescriptor Circle = new(
        "SD2051", DiagnosticSeverity.Error,
        "The rows of '{0}' and '{1}' refer to one another in a circle, and no reference in it can be NULL at first.",
        "Rows are loaded one after another, so that those that are referred to are there first. A circle can only be loaded if one of its references is NULL until the other rows are there, which needs a primary key as well.",
        "Allow NULL in a column of one of the foreign keys.");

    /// <summary>Errors beyond those that have a message of their own.</summary>
    public static readonly DiagnosticDescriptor MoreErrors = new(
        "SD2052", DiagnosticSeverity.Error,
        "{0} more errors in the rows of table '{1}'.",
        "Only the first errors of a kind are named one by one.",
        "Correct those that are named, and build again.");

    /// <summary>Values of a column that the application does not have.</summary>
    public static readonly DiagnosticDescriptor ColumnNotSeeded = new(
        "SD2053", DiagnosticSeverity.Warning,
        "The values of column '{1}' of table '{0}' are left out: no other database has the type {2}.",
        "Columns whose type has no counterpart in JSON are not part of the application's database.",
        "Nothing needs to be done, unless the values are needed: then store them in a portable type.");

    /// <summary>Rows of a table whose key is computed.</summary>
    public static readonly DiagnosticDescriptor ComputedKey = new(
        "SD2054", DiagnosticSeverity.Error,
        "Table '{0}' cannot have seed data: '{1}' of its primary key is computed.",
        "The application computes such a key when it writes a row; seed data is written without it.",
        "Leave the rows out of the schema, or make the key a column of its own.");
}
