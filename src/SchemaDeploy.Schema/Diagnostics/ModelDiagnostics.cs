namespace SchemaDeploy.Schema.Diagnostics;

/// <summary>SD2xxx: statements that can be read, but do not add up to a database.</summary>
public static class ModelDiagnostics
{
    /// <summary>A table of a name that is taken.</summary>
    public static readonly DiagnosticDescriptor DuplicateTable = new(
        "SD2001", DiagnosticSeverity.Error,
        "Table '{0}' exists already: it is created in line {1}{2}.",
        "Two CREATE TABLE statements, or a rename, give two tables the same name.",
        "Remove or rename one of them, or write DROP TABLE before the second or IF NOT EXISTS in it.");

    /// <summary>A column of a name that is taken.</summary>
    public static readonly DiagnosticDescriptor DuplicateColumn = new(
        "SD2002", DiagnosticSeverity.Error,
        "Table '{0}' has a column '{1}' already.",
        "A column is defined twice, added though it exists, or renamed to a name that is taken.",
        "Remove or rename one of the two.");

    /// <summary>A constraint or index of a name that is taken.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = new(
        "SD2003", DiagnosticSeverity.Error,
        "The name '{0}' is taken: {1} has it already.",
        "Names of constraints and indexes are unique within the table or the schema, depending on the dialect.",
        "Give one of the two another name.");

    /// <summary>A statement on a table that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingTable = new(
        "SD2004", DiagnosticSeverity.Error,
        "There is no table '{0}'.{1}",
        "The statement names a table that no earlier statement creates, or that was dropped or renamed before.",
        "Correct the name, or move the statement behind the CREATE TABLE.");

    /// <summary>A statement, key or index on a column that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingColumn = new(
        "SD2005", DiagnosticSeverity.Error,
        "Table '{0}' has no column '{1}'.{2}",
        "A key, index or statement names a column that the table does not have.",
        "Correct the name, or add the column.");

    /// <summary>A DROP or RENAME of a constraint or index that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingConstraint = new(
        "SD2006", DiagnosticSeverity.Error,
        "Table '{0}' has no {1} '{2}'.{3}",
        "The statement drops or renames a constraint or index that the table does not have.",
        "Correct the name, or remove the statement.");

    /// <summary>A second primary key.</summary>
    public static readonly DiagnosticDescriptor SecondPrimaryKey = new(
        "SD2007", DiagnosticSeverity.Error,
        "Table '{0}' has a primary key already.",
        "A table has at most one primary key; PRIMARY KEY is written twice.",
        "Keep one of them. A key over several columns is written PRIMARY KEY (a, b) behind the columns.");

    /// <summary>A foreign key to a table that is not there.</summary>
    public static readonly DiagnosticDescriptor ReferencedTableMissing = new(
        "SD2008", DiagnosticSeverity.Error,
        "The foreign key of '{0}' refers to table '{1}', which does not exist.{2}",
        "No statement of the schema creates the table, or it was dropped or renamed.",
        "Correct the name, or add the table.");

    /// <summary>A foreign key to a column that is not there.</summary>
    public static readonly DiagnosticDescriptor ReferencedColumnMissing = new(
        "SD2009", DiagnosticSeverity.Error,
        "The foreign key of '{0}' refers to column '{2}' of table '{1}', which does not exist.{3}",
        "The referenced table does not have the column.",
        "Correct the name, or add the column to the referenced table.");

    /// <summary>A foreign key with unequal numbers of columns.</summary>
    public static readonly DiagnosticDescriptor ForeignKeyColumnCount = new(
        "SD2010", DiagnosticSeverity.Error,
        "The foreign key of '{0}' has {1} column(s), but refers to {2} of table '{3}'.",
        "Each referencing column needs one referenced column.",
        "Name as many columns on both sides. Without a list the reference is to the primary key.");

    /// <summary>A foreign key between columns of different types.</summary>
    public static readonly DiagnosticDescriptor ForeignKeyTypes = new(
        "SD2011", DiagnosticSeverity.Error,
        "The foreign key of '{0}' compares '{1}' ({2}) with '{3}.{4}' ({5}): the types differ.",
        "The database refuses foreign keys between columns of different types.",
        "Give both columns the same type, with the same size and sign.");

    /// <summary>A foreign key to columns that are no key.</summary>
    public static readonly DiagnosticDescriptor ReferencedColumnsNoKey = new(
        "SD2012", DiagnosticSeverity.Error,
        "The foreign key of '{0}' refers to '{1}' ({2}), which is neither its primary key nor a unique key.",
        "A reference is only unambiguous to columns whose values are unique.",
        "Refer to the primary key, or make the referenced columns UNIQUE.");

    /// <summary>A foreign key to columns that no index begins with (MySQL).</summary>
    public static readonly DiagnosticDescriptor ReferencedColumnsNoIndex = new(
        "SD2013", DiagnosticSeverity.Error,
        "The foreign key of '{0}' refers to '{1}' ({2}), which no key or index of that table begins with.",
        "MySQL needs an index that begins with the referenced columns.",
        "Refer to the primary key, or add a UNIQUE key or index over the referenced columns.");

    /// <summary>A key over a type that no key can hold.</summary>
    public static readonly DiagnosticDescriptor UnfitKeyType = new(
        "SD2014", DiagnosticSeverity.Error,
        "Column '{0}' of type {1} cannot be part of {2}.{3}",
        "Values of unbounded or structured types cannot be ordered or compared in a key.",
        "Use a bounded type, a prefix length in MySQL such as KEY (name(100)), or leave the column out of the key.");

    /// <summary>A name that is longer than the dialect allows.</summary>
    public static readonly DiagnosticDescriptor NameTooLong = new(
        "SD2015", DiagnosticSeverity.Error,
        "The name '{0}…' has {1} characters; {2} allows {3}.",
        "Every database bounds the length of its names.",
        "Shorten the name.");

    /// <summary>An expression that names a column that is not there.</summary>
    public static readonly DiagnosticDescriptor ExpressionColumnMissing = new(
        "SD2016", DiagnosticSeverity.Error,
        "The {0} of table '{1}' names column '{2}', which the table does not have.{3}",
        "A check, computed column, default or index condition uses a column that does not exist.",
        "Correct the name. Text is written in single quotes.");

    /// <summary>A type that stands for itself.</summary>
    public static readonly DiagnosticDescriptor TypeCycle = new(
        "SD2017", DiagnosticSeverity.Error,
        "The type '{0}' is defined by way of itself.",
        "The definitions of user types form a circle, so that none has a base type.",
        "Define one of them from a built-in type.");

    /// <summary>A type of a name that is taken.</summary>
    public static readonly DiagnosticDescriptor DuplicateType = new(
        "SD2018", DiagnosticSeverity.Error,
        "The type '{0}' exists already.",
        "Two statements create a type of the same name.",
        "Remove or rename one of them.");

    /// <summary>A DROP TYPE of a type that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingType = new(
        "SD2019", DiagnosticSeverity.Error,
        "There is no type '{0}'.{1}",
        "The statement drops a type that no earlier statement creates.",
        "Correct the name, or remove the statement.");

    /// <summary>Cascades that SQL Server refuses.</summary>
    public static readonly DiagnosticDescriptor CascadePaths = new(
        "SD2020", DiagnosticSeverity.Error,
        "The foreign key of '{0}' cannot be created: ON {1} of '{2}' would reach table '{3}' {4}.",
        "SQL Server refuses cascades that reach a table twice or come back to it (error 1785).",
        "Write NO ACTION for one of the foreign keys on the way.");

    /// <summary>SET NULL over a column that is never null.</summary>
    public static readonly DiagnosticDescriptor SetNullOnRequired = new(
        "SD2021", DiagnosticSeverity.Error,
        "The foreign key of '{0}' sets '{1}' to null, but the column is NOT NULL.",
        "ON DELETE SET NULL or ON UPDATE SET NULL needs a column that can be null.",
        "Allow null in the column, or choose another action.");

    /// <summary>More columns than a table can have.</summary>
    public static readonly DiagnosticDescriptor TooManyColumns = new(
        "SD2022", DiagnosticSeverity.Error,
        "Table '{0}' has {1} columns; {2} allows {3}.",
        "Every database bounds the number of columns of a table.",
        "Split the table, or keep the many values in a JSON column.");

    /// <summary>A column that cannot go because something is made of it.</summary>
    public static readonly DiagnosticDescriptor ColumnInUse = new(
        "SD2023", DiagnosticSeverity.Error,
        "Column '{1}' of table '{0}' cannot be dropped: {2} uses it.",
        "The database refuses to drop a column that a constraint or index uses.",
        "Drop the constraint or index first.");

    /// <summary>A table without columns.</summary>
    public static readonly DiagnosticDescriptor NoColumns = new(
        "SD2024", DiagnosticSeverity.Error,
        "Table '{0}' has no columns.",
        "The table defines no columns, or all of them were dropped.",
        "Add a column, or remove the table.");

    /// <summary>A primary key over a column that is written NULL.</summary>
    public static readonly DiagnosticDescriptor NullableKey = new(
        "SD2025", DiagnosticSeverity.Error,
        "Column '{1}' of table '{0}' is part of the primary key and cannot be NULL.",
        "The column says NULL, while a primary key never holds null.",
        "Write NOT NULL, or leave the word out.");

    /// <summary>A computed column made from itself.</summary>
    public static readonly DiagnosticDescriptor GeneratedFromItself = new(
        "SD2026", DiagnosticSeverity.Error,
        "The computed column '{1}' of table '{0}' is computed from itself.",
        "The expression of the column names the column, directly or by way of other computed columns.",
        "Compute it from stored columns.");

    /// <summary>A second column that the database numbers.</summary>
    public static readonly DiagnosticDescriptor SecondIdentity = new(
        "SD2027", DiagnosticSeverity.Error,
        "Table '{0}' numbers '{1}' already; {2} numbers one column of a table.",
        "AUTO_INCREMENT or IDENTITY is written for two columns of one table.",
        "Keep one of them.");

    /// <summary>A tag that no stage knows.</summary>
    public static readonly DiagnosticDescriptor UnknownTag = new(
        "SD2028", DiagnosticSeverity.Warning,
        "Unknown tag '@{0}'.{1}",
        "A line of a comment begins with @ and a word that is none of the smart tags.",
        "Correct the tag. A line of prose that must begin with @ can be put in another comment, away from the table.");

    /// <summary>What SQL Server's own compiler finds wrong.</summary>
    public static readonly DiagnosticDescriptor Refused = new(
        "SD2029", DiagnosticSeverity.Error,
        "{0}",
        "SQL Server's own compiler (DacFx), which every schema passes through, does not accept the definition.",
        "Correct the definition at the position; the message says what is wrong with it.");

    /// <summary>A DROP INDEX, without a table, of an index that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingIndex = new(
        "SD2030", DiagnosticSeverity.Error,
        "There is no index '{0}'.{1}",
        "The statement drops an index that no table has.",
        "Correct the name, or write IF EXISTS.");

    /// <summary>A DROP PRIMARY KEY where there is none.</summary>
    public static readonly DiagnosticDescriptor MissingPrimaryKey = new(
        "SD2031", DiagnosticSeverity.Error,
        "Table '{0}' has no primary key to drop.",
        "The statement drops a primary key that the table does not have.",
        "Remove the statement.");

    /// <summary>A key or index that names a column twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedKeyColumn = new(
        "SD2032", DiagnosticSeverity.Error,
        "Column '{0}' is named twice in {1}.",
        "Each column can be part of a key or index once.",
        "Remove one of the two.");

    /// <summary>A foreign key without referenced columns to a table without primary key.</summary>
    public static readonly DiagnosticDescriptor ReferencedPrimaryKeyMissing = new(
        "SD2033", DiagnosticSeverity.Error,
        "The foreign key of '{0}' names no columns of '{1}', which has no primary key it could refer to.",
        "A reference without a column list is to the primary key.",
        "Name the referenced columns, or give the table a primary key.");

    /// <summary>A sequence of a name that is taken.</summary>
    public static readonly DiagnosticDescriptor DuplicateSequence = new(
        "SD2034", DiagnosticSeverity.Error,
        "The sequence '{0}' exists already.",
        "Two statements create a sequence of the same name.",
        "Remove or rename one of them.");

    /// <summary>A statement or default on a sequence that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingSequence = new(
        "SD2035", DiagnosticSeverity.Error,
        "There is no sequence '{0}'.{1}",
        "The statement drops or changes a sequence, or the default takes numbers from one, that no statement creates.",
        "Correct the name, create the sequence, or write IF EXISTS.");

    /// <summary>A member that an enum has already.</summary>
    public static readonly DiagnosticDescriptor DuplicateEnumMember = new(
        "SD2036", DiagnosticSeverity.Error,
        "The type '{0}' has a member '{1}' already.",
        "The statement adds a member that the enum has.",
        "Remove the statement, or write IF NOT EXISTS.");

    /// <summary>A member that an enum does not have.</summary>
    public static readonly DiagnosticDescriptor MissingEnumMember = new(
        "SD2037", DiagnosticSeverity.Error,
        "The type '{0}' has no member '{1}'.{2}",
        "The statement renames a member, or adds one beside a member, that the enum does not have.",
        "Correct the member.");
}
