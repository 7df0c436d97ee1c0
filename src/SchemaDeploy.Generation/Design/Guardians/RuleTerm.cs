using System.Collections.Immutable;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>How tightly a C# expression holds together, loosest first.</summary>
internal enum Binding
{
    /// <summary>??</summary>
    Coalesce,

    /// <summary>+ and -</summary>
    Sum,

    /// <summary>* / and %</summary>
    Product,

    /// <summary>Signs and casts.</summary>
    Sign,

    /// <summary>Names, calls and literals.</summary>
    Primary,
}

/// <summary>A value of a rule, in C#.</summary>
/// <param name="Form">What kind of value it is.</param>
/// <param name="ClrType">Its C# type without a question mark.</param>
/// <param name="CSharp">The expression.</param>
/// <param name="Offset">Where the value begins in the rule.</param>
internal sealed record RuleTerm(ValueForm Form, string ClrType, string CSharp, int Offset)
{
    public Binding Binding { get; init; } = Binding.Primary;

    /// <summary>Whether the C# expression is of a nullable type.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Conditions in C# of which each makes the value unknown.</summary>
    public ImmutableArray<string> Unknowns { get; init; } = [];

    /// <summary>The literal that it is, which takes the form of what it is compared with.</summary>
    public LiteralExpression? Literal { get; init; }

    /// <summary>Whether C# takes the expression for a constant, as patterns ask for.</summary>
    public bool IsConstant { get; init; }

    /// <summary>The property that it is the value of, now or before.</summary>
    public Property? Property { get; init; }

    /// <summary>What it is of the caller, where it is that.</summary>
    public CallerPart? Caller { get; init; }

    public bool IsNumber => Form is ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating;

    public bool IsDateTime => Form is ValueForm.Moment or ValueForm.WallClock;

    /// <summary>Whether one of two values can be less than the other.</summary>
    public bool IsOrdered => IsNumber || IsDateTime || Form is ValueForm.Text or ValueForm.Date or ValueForm.Time or ValueForm.Duration;

    /// <summary>Whether nothing but the value's own null makes it unknown, so that a pattern says it all.</summary>
    public bool IsKnownUnlessNull => Unknowns is [] || (Unknowns is [var single] && single == NullTest(CSharp));

    /// <summary>The expression as a part of one that binds so tightly.</summary>
    public string At(Binding binding) => Binding < binding ? $"({CSharp})" : CSharp;

    /// <summary>Whether the compiler takes the value for null again though nulls are out of the way, as it does behind ??.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>The expression as what a member is taken of; unknown values are out of the way before.</summary>
    public string Known => At(Binding.Primary) + (IsDoubted ? "!" : "") + (IsNullable && Form is not ValueForm.Text ? ".Value" : "");

    /// <summary>The value in words, for messages.</summary>
    public string Words => Literal is { Kind: LiteralKind.Null } ? "null" : (Property, Caller) switch
    {
        ({ } property, _) => $"{property.ColumnName} ({WordsOf(Form)})",
        (_, CallerPart.Id) => $"caller.id ({WordsOf(Form)})",
        (_, CallerPart.Role) => "caller.role (text)",
        _ => WordsOf(Form),
    };

    public static string NullTest(string csharp) => csharp + " is null";

    private static string WordsOf(ValueForm form) => form switch
    {
        ValueForm.Boolean => "true or false",
        ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating => "a number",
        ValueForm.Text => "text",
        ValueForm.Bytes => "bytes",
        ValueForm.Date => "a date",
        ValueForm.Time => "a time of day",
        ValueForm.WallClock or ValueForm.Moment => "a time",
        ValueForm.Duration => "a length of time",
        ValueForm.Uuid => "a UUID",
        ValueForm.Json => "a JSON document",
        ValueForm.Enum => "an enum",
        _ => "a list",
    };
}

/// <summary>What of the caller a rule can name.</summary>
internal enum CallerPart
{
    /// <summary>The key of the user's row.</summary>
    Id,

    /// <summary>The user's role.</summary>
    Role,
}

/// <summary>What is known of callers while building.</summary>
/// <param name="KeyForm">What kind of value the key of a user is.</param>
/// <param name="KeyType">Its C# type.</param>
/// <param name="Roles">The roles that users can have.</param>
internal sealed record RuleCaller(ValueForm KeyForm, string KeyType, ImmutableArray<string> Roles);
