using System.Collections.Immutable;

namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>
/// A scalar or boolean expression of a default, check, computed column, index part or filter, in neutral form:
/// operators have one spelling, and functions that the databases share have the names of <see cref="NeutralFunctions"/>.
/// </summary>
public abstract record SqlExpression
{
    /// <summary>The expression in the neutral language, which its parser reads back unchanged.</summary>
    public sealed override string ToString() => NeutralExpressionPrinter.Print(this);
}

/// <summary>What a literal is.</summary>
public enum LiteralKind
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>An exact or floating number; Text is its invariant spelling.</summary>
    Number,

    /// <summary>Text without its quotes and escapes.</summary>
    String,

    /// <summary>Bytes; Text is upper-case hexadecimal without a prefix.</summary>
    Binary,

    /// <summary>A length of time in rules; Text is a number and s, m, h or d: 60s.</summary>
    Duration,
}

/// <summary>A literal.</summary>
public sealed record LiteralExpression(LiteralKind Kind, string Text) : SqlExpression
{
    /// <summary>NULL.</summary>
    public static LiteralExpression Null { get; } = new(LiteralKind.Null, "null");

    /// <summary>true.</summary>
    public static LiteralExpression True { get; } = new(LiteralKind.Boolean, "true");

    /// <summary>false.</summary>
    public static LiteralExpression False { get; } = new(LiteralKind.Boolean, "false");
}

/// <summary>A column of the same row. A table qualifier is dropped while reading.</summary>
public sealed record ColumnExpression(string Name) : SqlExpression;

/// <summary>A name within something else than the row, as rules have them: <c>old.status</c>, <c>caller.role</c>.</summary>
/// <param name="Qualifier">What it belongs to, in lower case.</param>
/// <param name="Name">The name within it.</param>
public sealed record QualifiedExpression(string Qualifier, string Name) : SqlExpression;

/// <summary>The operators on one operand.</summary>
public enum UnaryOperator
{
    /// <summary>Boolean not.</summary>
    Not,

    /// <summary>Arithmetic minus.</summary>
    Negate,

    /// <summary>Bitwise complement.</summary>
    BitNot,
}

/// <summary>An operator on one operand.</summary>
public sealed record UnaryExpression(UnaryOperator Operator, SqlExpression Operand) : SqlExpression;

/// <summary>The operators on two operands, loosest first.</summary>
public enum BinaryOperator
{
    /// <summary>or</summary>
    Or,

    /// <summary>and</summary>
    And,

    /// <summary>=</summary>
    Equal,

    /// <summary>&lt;&gt;</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>|</summary>
    BitOr,

    /// <summary>&amp;</summary>
    BitAnd,

    /// <summary>^ (bitwise exclusive or)</summary>
    BitXor,

    /// <summary>||, text put together</summary>
    Concat,

    /// <summary>+ of numbers</summary>
    Add,

    /// <summary>-</summary>
    Subtract,

    /// <summary>*</summary>
    Multiply,

    /// <summary>/</summary>
    Divide,

    /// <summary>%</summary>
    Modulo,
}

/// <summary>An operator on two operands.</summary>
public sealed record BinaryExpression(BinaryOperator Operator, SqlExpression Left, SqlExpression Right) : SqlExpression;

/// <summary>value [not] between low and high.</summary>
public sealed record BetweenExpression(SqlExpression Value, SqlExpression Low, SqlExpression High, bool Negated) : SqlExpression;

/// <summary>value [not] in (items).</summary>
public sealed record InExpression(SqlExpression Value, ImmutableArray<SqlExpression> Items, bool Negated) : SqlExpression;

/// <summary>value is [not] null.</summary>
public sealed record IsNullExpression(SqlExpression Value, bool Negated) : SqlExpression;

/// <summary>value [not] like pattern, with % and _, and in T-SQL [sets].</summary>
public sealed record LikeExpression(SqlExpression Value, SqlExpression Pattern, SqlExpression? Escape, bool Negated) : SqlExpression;

/// <summary>value [not] matches a regular expression (REGEXP, ~).</summary>
public sealed record RegexExpression(SqlExpression Value, SqlExpression Pattern, bool Negated) : SqlExpression;

/// <summary>case [operand] when … then … else … end.</summary>
public sealed record CaseExpression(SqlExpression? Operand, ImmutableArray<CaseBranch> Branches, SqlExpression? Else) : SqlExpression;

/// <summary>One branch of a case.</summary>
public sealed record CaseBranch(SqlExpression When, SqlExpression Then);

/// <summary>cast(value as type).</summary>
public sealed record CastExpression(SqlExpression Value, SqlType Type) : SqlExpression;

/// <summary>A function call. Name is a neutral name where there is one, else the dialect's own in lower case.</summary>
public sealed record FunctionExpression(string Name, ImmutableArray<SqlExpression> Arguments) : SqlExpression
{
    /// <summary>Whether the function has a meaning on every database.</summary>
    public bool IsNeutral => NeutralFunctions.All.Contains(Name);
}
