using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design;

/// <summary>SD3xxx: what of a sound schema the API does not carry over, and what tags say that cannot be done.</summary>
public static class DesignDiagnostics
{
    /// <summary>A column of a type that has no counterpart in C#.</summary>
    public static readonly DiagnosticDescriptor ColumnNotExposed = new(
        "SD3001", DiagnosticSeverity.Warning,
        "Column '{0}' is not exposed: {1} has no counterpart on the other databases. The generated database leaves it out.",
        "The column's type (a geometry, hierarchyid, sql_variant, tsvector and the like) exists on one database only.",
        "Nothing needs to be done, unless clients need the value: then store it in a portable type such as text or JSON.");

    /// <summary>A table without a key.</summary>
    public static readonly DiagnosticDescriptor TableWithoutKey = new(
        "SD3002", DiagnosticSeverity.Warning,
        "Table '{0}' has no key, so its API is a list that is only read.",
        "Without a primary key, or a unique key whose columns are NOT NULL, no request can name one row.",
        "Add a primary key.");

    /// <summary>A key that no path can hold.</summary>
    public static readonly DiagnosticDescriptor KeyNotUsable = new(
        "SD3003", DiagnosticSeverity.Warning,
        "The key of table '{0}' cannot stand in a path, because column '{1}' is {2}. Its API is a list that is only read.",
        "Keys are segments of paths, which hold numbers, text, dates, UUIDs and enums, but no bytes or documents.",
        "Use another type for the key, such as an integer or a UUID.");

    /// <summary>Rows that no request could create.</summary>
    public static readonly DiagnosticDescriptor CannotCreate = new(
        "SD3004", DiagnosticSeverity.Warning,
        "Rows of table '{0}' cannot be created through the API: column '{1}' is NOT NULL, has no default, and requests cannot hold it.",
        "The column is hidden, read-only or of a type that is not exposed, so that no request can give it a value.",
        "Give the column a default, allow null, or remove the tag that keeps it out of requests.");

    /// <summary>A foreign key that a database does not keep.</summary>
    public static readonly DiagnosticDescriptor ReferenceNotEnforced = new(
        "SD3005", DiagnosticSeverity.Warning,
        "Foreign key '{0}' is not enforced{1}: {2}.",
        "Databases keep foreign keys to primary keys and to unique keys or indexes over whole columns of the same types. SQLite and PostgreSQL keep those between whole numbers of different sizes too. SQL Server keeps none to a key of which several rows may be null.",
        "Refer to such a key, or accept that rows are not checked there.");

    /// <summary>Two foreign keys that say the same.</summary>
    public static readonly DiagnosticDescriptor DuplicateReference = new(
        "SD3006", DiagnosticSeverity.Warning,
        "Foreign key '{0}' says the same as '{1}' and is left out.",
        "Two foreign keys of the table have the same columns and refer to the same table.",
        "Remove one of them.");

    /// <summary>An action of a foreign key that the data layer does not have.</summary>
    public static readonly DiagnosticDescriptor ActionNotCarriedOver = new(
        "SD3007", DiagnosticSeverity.Warning,
        "{0} of foreign key '{1}' is not carried over: {2}.",
        "The data layer has no such action.",
        "Use another action, or do it in a hook of the service.");

    /// <summary>An index of a family that other databases lack.</summary>
    public static readonly DiagnosticDescriptor IndexNotCarriedOver = new(
        "SD3008", DiagnosticSeverity.Warning,
        "Index '{0}' is not carried over: {1}.",
        "Full-text, spatial and similar indexes, and those over certain expressions, exist on one database only.",
        "Nothing needs to be done: the index made queries faster and kept no rule.");

    /// <summary>A unique index that is not kept.</summary>
    public static readonly DiagnosticDescriptor UniqueNotEnforced = new(
        "SD3009", DiagnosticSeverity.Warning,
        "Unique index '{0}' is not enforced{1}: {2}.",
        "The uniqueness rests on an expression, a condition or a treatment of nulls that the database cannot express.",
        "Make the rule one over plain columns, or check it in a hook of the service.");

    /// <summary>A check that is not kept.</summary>
    public static readonly DiagnosticDescriptor CheckNotEnforced = new(
        "SD3010", DiagnosticSeverity.Warning,
        "Check '{0}' is not enforced on {1}: {2} cannot be expressed there.",
        "The condition uses a function or construct that the database does not have, and it is not a rule over one or two fields either.",
        "Write the condition with portable functions, as a @rule tag, or in a hook of the service.");

    /// <summary>A default that new rows do not get.</summary>
    public static readonly DiagnosticDescriptor DefaultNotCarriedOver = new(
        "SD3011", DiagnosticSeverity.Warning,
        "The default of column '{0}' is not carried over{1}: {2}.",
        "The default is no value of the column's type, or uses a function that the database does not have.",
        "Use a value of the type or a portable function; or let requests give the value.");

    /// <summary>Numbers that MySQL does not give.</summary>
    public static readonly DiagnosticDescriptor NumberingNotCarriedOver = new(
        "SD3018", DiagnosticSeverity.Warning,
        "Column '{0}' counts from {1} in steps of {2}, which MySQL does not: there the step is 1, and the first number 1 or greater.",
        "MySQL numbers all tables in the steps that the server is set to.",
        "Count in steps of 1 from 1 or greater, or set auto_increment_increment at the server.");

    /// <summary>A computed column that is not computed.</summary>
    public static readonly DiagnosticDescriptor ComputedNotCarriedOver = new(
        "SD3012", DiagnosticSeverity.Warning,
        "Computed column '{0}' is null on {1}: {2} cannot be expressed there.",
        "The expression uses a function or construct that the database does not have.",
        "Write the expression with portable functions.");

    /// <summary>A tag where it has no meaning, or with an argument that it cannot have.</summary>
    public static readonly DiagnosticDescriptor TagNotUsable = new(
        "SD3013", DiagnosticSeverity.Warning,
        "Tag '@{0}' has no effect here: {1}.",
        "The tag contradicts what the table or column is, or its argument cannot be used.",
        "Correct the argument, or remove the tag.");

    /// <summary>A table of which nothing can be shown.</summary>
    public static readonly DiagnosticDescriptor TableNotExposed = new(
        "SD3014", DiagnosticSeverity.Warning,
        "Table '{0}' is not exposed: none of its columns can be.",
        "Every column of the table is of a type that is not exposed.",
        "Give the table a column of a portable type.");

    /// <summary>A column that other tables refer to and that therefore cannot be changed.</summary>
    public static readonly DiagnosticDescriptor ReferencedColumnFixed = new(
        "SD3015", DiagnosticSeverity.Info,
        "Column '{0}' can be set only when a row is created, because foreign key '{1}' refers to it.",
        "The data layer does not change keys that other rows refer to.",
        "Refer to the primary key instead if the column has to change.");

    /// <summary>A name that had to be changed.</summary>
    public static readonly DiagnosticDescriptor ConstraintRenamed = new(
        "SD3016", DiagnosticSeverity.Info,
        "'{0}' is named '{1}' in the generated database, because {2}.",
        "On some databases the names of indexes and constraints are unique in the whole schema and have at most 63 bytes.",
        "Nothing needs to be done. To choose the name, change it in the schema.");

    /// <summary>An access tag that cannot be understood: guessing would open or close more than was meant.</summary>
    public static readonly DiagnosticDescriptor AccessNotUnderstood = new(
        "SD3030", DiagnosticSeverity.Error,
        "Tag '@{0}' is not understood: {1}",
        "An operation, a role or the form of the tag is wrong; what it was to allow is left to no guess.",
        "Write '@allow read: USER; update: owner, ADMIN' with the operations read, create, update, delete, write and all, and with roles of the schema, 'owner', 'user', 'anyone' or 'none'.");

    /// <summary>A table whose rows were to be marked and would be lost: that is no matter for a warning.</summary>
    public static readonly DiagnosticDescriptor SoftDeleteNotPossible = new(
        "SD3033", DiagnosticSeverity.Error,
        "Rows of table '{0}' cannot be kept when they are deleted: {1}.",
        "@soft-delete needs a column that is null, or false, until the row is deleted.",
        "Add a column 'deleted_at TIMESTAMP NULL' or 'is_deleted BOOLEAN NOT NULL DEFAULT FALSE', or put the tag beside the one that is meant.");

    /// <summary>Several tables of which each could be the users.</summary>
    public static readonly DiagnosticDescriptor OtherUsers = new(
        "SD3031", DiagnosticSeverity.Info,
        "The rows of '{0}' do not sign in, although they have an e-mail and a password: those of '{1}' do.",
        "One table holds the users who sign in. Of several it is the one whose name, columns and references say it best.",
        "Write @users in a comment above the table that is meant.");

    /// <summary>A users table whose rows need a role that is not for those who register to choose.</summary>
    public static readonly DiagnosticDescriptor RegistrationClosed = new(
        "SD3032", DiagnosticSeverity.Info,
        "Nobody registers: '{0}' gives each row of '{1}' a role, which only ADMIN may choose. ADMIN creates the users.",
        "The column is required, has no default, and refers to roles: whoever registers would choose what they may do.",
        "To let people register, give the column a DEFAULT with the role that they get, or let it allow null.");

    /// <summary>Actions on changed keys; one message for all.</summary>
    public static readonly DiagnosticDescriptor OnUpdateNotCarriedOver = new(
        "SD3017", DiagnosticSeverity.Warning,
        "ON UPDATE of {0} is not carried over: the API never changes a key that rows refer to. First one here.",
        "The data layer has no such action, and keys cannot be changed through the API.",
        "Nothing needs to be done, unless keys are changed by other programs that share the database.");

    /// <summary>Tables that cannot get a first row.</summary>
    public static readonly DiagnosticDescriptor RequiredCircle = new(
        "SD3019", DiagnosticSeverity.Warning,
        "No first row can be created through the API in a circle of required references: {0}.",
        "A row of each of these tables must refer to a row of the next one, and requests write one row after the other.",
        "Allow null in a column of one of the references, so that it can be set when both rows are there; or load the first rows into the database.");

    /// <summary>A table that looks like an audit log and cannot be one.</summary>
    public static readonly DiagnosticDescriptor AuditLogNotUsable = new(
        "SD3040", DiagnosticSeverity.Warning,
        "Table '{0}' looks like an audit log, but {1}. The application keeps its audit log in '{2}'.",
        "Every write is recorded in the same transaction, so that a record which the table refused would make the write fail.",
        "Let the column allow null, give it a default, or tag the table '@audit off' if it is none.");

    /// <summary>A column of the audit log that cannot hold every key.</summary>
    public static readonly DiagnosticDescriptor AuditKeysDiffer = new(
        "SD3041", DiagnosticSeverity.Warning,
        "The keys of {0} do not fit the audit log's column '{1}', which holds {2} in their records.",
        "The column holds keys of one type, and these tables have keys of another, or of several columns.",
        "Make the column text, such as VARCHAR(255). The key is in the record's old and new values all the same.");
}
