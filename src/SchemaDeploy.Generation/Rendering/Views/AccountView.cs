using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of signing in prints: how the rows of the users table are accounts.</summary>
internal sealed class AccountView(ApiModel api, Resource resource, UserTable users) : ResourceView(api, resource)
{
    /// <summary>Who may sign in, in words.</summary>
    public string Whitelist => users.SignInRules.IsEmpty
        ? "Every user may sign in: no column says otherwise."
        : $"Whoever signs in has {string.Join(", and ", users.SignInRules.Select(Words))}; nobody else may.";

    /// <summary>The initialiser of the map.</summary>
    public IEnumerable<AssignmentView> Parts
    {
        get
        {
            yield return new("Key", Row(users.Key.Name));
            yield return new("Email", Row(users.Email.Name));
            yield return new("EmailField", Quote(users.Email.JsonName));
            if (users.PasswordHash is { } hash)
            {
                yield return new("PasswordHash", hash.Form == ValueForm.Bytes
                    ? $"{Variable} => {(hash.Nullable ? $"{Of(hash)} == null ? null : " : "")}Convert.ToBase64String({Of(hash)})"
                    : Row(hash.Name));
                yield return new("SetPasswordHash", $"({Variable}, hash) => {Of(hash)} = {(hash.Form == ValueForm.Bytes ? "Convert.FromBase64String(hash)" : "hash")}");
            }

            if (users.Role is { } role)
            {
                yield return new("Role", $"{Variable} => {RoleText(role)}");
                if (users.AdminRole is { } admin)
                {
                    if (Api.Roles.Admin != RoleSet.Usual.Admin)
                    {
                        yield return new("AdminRole", Quote(Api.Roles.Admin));
                    }

                    yield return new("IsAdmin", $"{Variable} => {IsAdmin(role, admin)}");
                    yield return new("MakeAdmin", $"{Variable} => {MakeAdmin(role, admin)}");
                }
            }

            if (!users.SignInRules.IsEmpty)
            {
                yield return new("MaySignIn", $"{Variable} => {string.Join(" && ", users.SignInRules.Select(Condition))}");
            }

            if (users.NeedsOtherRows)
            {
                yield return new("NeedsOtherRows", "true");
            }

            if (!users.IsOpen)
            {
                yield return new("IsOpen", "false");
            }
        }
    }

    /// <summary>The request that creates a row from an e-mail alone; null where a row needs more.</summary>
    public string? FromEmail => users.IsEmailEnough ? $"new() {{ {users.Email.Name} = email }}" : null;

    private string Row(string property) => $"{Variable} => {Variable}.{property}";

    private string Of(Property property) => $"{Variable}.{property.Name}";

    private bool IsFlag(Property role) => role.Form is ValueForm.Boolean or ValueForm.Integer || !Api.Roles.Names.Contains(users.AdminRole?.Json.Trim('"') ?? "");

    private string RoleText(Property role)
    {
        if (users.AdminRole is { } admin && IsFlag(role))
        {
            return $"{IsAdmin(role, admin)} ? {Quote(Api.Roles.Admin)} : {Quote(Api.Roles.Default)}";
        }

        return role.Form != ValueForm.Enum ? Of(role)
            : role.Nullable ? $"{Of(role)} == null ? null : EnumText<{role.ClrType}>.ToText({Of(role)}.Value)"
            : $"EnumText<{role.ClrType}>.ToText({Of(role)})";
    }

    // Text that no check keeps to its spelling is taken in any.
    private string IsAdmin(Property role, RuleValue admin) => role.Form switch
    {
        ValueForm.Boolean => role.Nullable ? $"{Of(role)} == true" : Of(role),
        ValueForm.Text when SignInRoleIsFree(role) =>
            $"{Of(role)}{(role.Nullable ? "!" : "")}.ToUpper() == {Quote(admin.Json.Trim('"').ToUpperInvariant())}",
        _ => $"{Of(role)} == {admin.CSharp}",
    };

    private static bool SignInRoleIsFree(Property role) => role.Rules.All(rule => rule.Kind != RuleKind.OneOf);

    private string MakeAdmin(Property role, RuleValue admin)
    {
        var assignments = new List<string> { $"{Of(role)} = {admin.CSharp}" };
        assignments.AddRange(users.SignInRules
            .Where(rule => rule.ForAdmin is not null)
            .Select(rule => $"{Of(rule.Property)} = {rule.ForAdmin!.CSharp}"));
        return assignments is [var only] ? only : $"{{ {string.Join("; ", assignments)}; }}";
    }

    private string Condition(SignInRule rule)
    {
        var property = Of(rule.Property);
        return rule.Test switch
        {
            SignInTest.True => rule.Property.Nullable ? $"{property} == true" : property,
            SignInTest.NotTrue => rule.Property.Nullable ? $"{property} != true" : $"!{property}",
            SignInTest.Null => $"{property} == null",
            SignInTest.Over => rule.Property.Nullable ? $"({property} == null || {property} <= DateTime.UtcNow)" : $"{property} <= DateTime.UtcNow",
            _ => rule.Values is [var only]
                ? $"{property} == {only.CSharp}"
                : $"({string.Join(" || ", rule.Values.Select(value => $"{property} == {value.CSharp}"))})",
        };
    }

    private static string Words(SignInRule rule)
    {
        var name = $"<c>{CSharpSource.Xml(rule.Property.ColumnName)}</c>";
        return rule.Test switch
        {
            SignInTest.True => $"{name} set",
            SignInTest.NotTrue => $"{name} not set",
            SignInTest.Null => $"no {name}",
            SignInTest.Over => $"no {name} to come",
            _ => $"the {name} {string.Join(" or ", rule.Values.Select(value => $"<c>{CSharpSource.Xml(value.Json.Trim('"'))}</c>"))}",
        };
    }
}
