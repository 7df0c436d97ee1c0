using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>SD32xx: what can be wrong with rules and windows against duplicates.</summary>
public static class GuardianDiagnostics
{
    /// <summary>A rule that cannot be read.</summary>
    public static readonly DiagnosticDescriptor RuleSyntax = new(
        "SD3201", DiagnosticSeverity.Error,
        "The rule cannot be read: {0}.",
        "A @rule tag is written: @rule EXPRESSION : \"message\", with create:, update: or delete: in front where it is not about every write.",
        "Correct the rule at the position. Text in the expression stands in single quotes, the message in double ones.");

    /// <summary>A rule about a column that is not there.</summary>
    public static readonly DiagnosticDescriptor RuleColumnMissing = new(
        "SD3202", DiagnosticSeverity.Error,
        "The rule names '{0}', which table '{1}' does not have.{2}",
        "The rule uses a column that does not exist, or text without its single quotes.",
        "Correct the name. Text is written in single quotes.");

    /// <summary>A rule that puts things together that do not go together.</summary>
    public static readonly DiagnosticDescriptor RuleTypes = new(
        "SD3203", DiagnosticSeverity.Error,
        "The rule does not fit the types: {0}.",
        "The rule compares or computes with values of different kinds, or uses a value where a condition must stand.",
        "Compare values of one kind: numbers with numbers, text with text in single quotes, times with times.");

    /// <summary>A literal that its column can never hold.</summary>
    public static readonly DiagnosticDescriptor RuleLiteral = new(
        "SD3204", DiagnosticSeverity.Error,
        "{0} is no value of {1}.{2}",
        "The rule compares a column with a literal that the column's type does not have, such as a misspelt member of an enum.",
        "Correct the literal; letters count in their case.");

    /// <summary>A function that rules do not have.</summary>
    public static readonly DiagnosticDescriptor RuleFunction = new(
        "SD3205", DiagnosticSeverity.Error,
        "Rules have no function '{0}'.{1}",
        "The rule calls a function that the application cannot evaluate.",
        "Use one of the functions of docs/rules.md, or check the condition in a hook of the service or in an IGuardian.");

    /// <summary>A rule about something that is not known where it is judged.</summary>
    public static readonly DiagnosticDescriptor RuleNotPossible = new(
        "SD3206", DiagnosticSeverity.Error,
        "The rule cannot be judged: {0}.",
        "Rules run before a row is written: a new row has no old values and no number yet, a table without owner no rows of the caller's own.",
        "Name the writes that the rule is about in front of it, as in 'update: …', or write the condition otherwise.");

    /// <summary>A window against duplicates that cannot be read.</summary>
    public static readonly DiagnosticDescriptor WindowSyntax = new(
        "SD3211", DiagnosticSeverity.Error,
        "The tag cannot be read: {0}.",
        "A @unique-within tag is written: @unique-within 60s (column, column), with s, m, h or d behind the number.",
        "Correct the tag at the position.");

    /// <summary>A window against duplicates over a column that cannot tell them.</summary>
    public static readonly DiagnosticDescriptor WindowColumn = new(
        "SD3212", DiagnosticSeverity.Error,
        "'{0}' cannot tell duplicates apart: {1}.{2}",
        "@unique-within compares what clients send. Columns that the server or the database fills are different in every row, or the table does not have the column.",
        "Name columns that repeat where somebody sends the same twice.");
}
