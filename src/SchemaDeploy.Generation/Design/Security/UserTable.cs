using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>The table whose rows are the users who sign in.</summary>
public sealed record UserTable
{
    /// <summary>What requests give for <see cref="PasswordHash"/>.</summary>
    public static readonly Property Password = new()
    {
        ColumnName = "",
        Name = "Password",
        JsonName = "password",
        RouteName = "password",
        Comment = "The password, of which the database keeps a hash: at least 8 characters that are not among those tried first. Changes may leave it out, and only ADMIN gives one.",
        Kind = SqlTypeKind.VarChar,
        Form = ValueForm.Text,
        ClrType = "string",
        IsValueType = false,
        Nullable = false,
        EntityType = "string",
        RequestType = "string?",
        ResponseType = "string",
        InResponse = false,
        InCreate = true,
        InUpdate = true,
        RequiredOnCreate = true,
        KeptWhenAbsent = true,
        // Longer ones would let a request ask for any amount of hashing.
        Rules = [new PropertyRule(RuleKind.MaxLength) { Length = 256 }],
    };

    /// <summary>The names of its resource.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>The key that tells users apart.</summary>
    public required Property Key { get; init; }

    /// <summary>What a user signs in with.</summary>
    public required Property Email { get; init; }

    /// <summary>What keeps the password's hash; null where no column can hold one, and the runtime keeps it.</summary>
    public Property? PasswordHash { get; init; }

    /// <summary>What says which role a user has: an enum, text, or a boolean such as <c>is_admin</c>; null where nothing does.</summary>
    public Property? Role { get; init; }

    /// <summary>The value of <see cref="Role"/> that makes an administrator; null where there is none, and the runtime keeps who is one.</summary>
    public RuleValue? AdminRole { get; init; }

    /// <summary>What of a row has to be so that its user may sign in.</summary>
    public ImmutableArray<SignInRule> SignInRules { get; init; } = [];

    /// <summary>Whether a row refers to rows that have to be there first, so that the first user cannot be one.</summary>
    public bool NeedsOtherRows { get; init; }

    /// <summary>Whether people register; else ADMIN creates the users, because a new row needs what only ADMIN gives.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether an e-mail and a password are all that a new row needs.</summary>
    public bool IsEmailEnough { get; init; }
}

/// <summary>What a value must be so that its user may sign in.</summary>
public enum SignInTest
{
    /// <summary>One of some values.</summary>
    OneOf,

    /// <summary>True.</summary>
    True,

    /// <summary>Not true: false or null.</summary>
    NotTrue,

    /// <summary>Null, as the time of a deletion that has not been.</summary>
    Null,

    /// <summary>Null or over, as the time until which a user is locked out.</summary>
    Over,
}

/// <summary>What has to be so that a user may sign in.</summary>
/// <param name="Property">The property that says it.</param>
/// <param name="Test">What its value must be.</param>
public sealed record SignInRule(Property Property, SignInTest Test)
{
    /// <summary>The values of OneOf.</summary>
    public ImmutableArray<RuleValue> Values { get; init; } = [];

    /// <summary>What the first administrator gets where new rows do not get a value that lets in.</summary>
    public RuleValue? ForAdmin { get; init; }
}

/// <summary>The roles that users of the application can have.</summary>
/// <param name="Names">All of them, as the schema writes them.</param>
/// <param name="Admin">The one that may do what any other may.</param>
/// <param name="Default">The one of users who register.</param>
public sealed record RoleSet(ImmutableArray<string> Names, string Admin, string Default)
{
    /// <summary>The roles where the schema names none.</summary>
    public static RoleSet Usual { get; } = new(["USER", "ADMIN"], "ADMIN", "USER");
}
