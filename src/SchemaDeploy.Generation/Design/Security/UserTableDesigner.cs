using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>Finds in the users table what signing in needs.</summary>
internal static class UserTableDesigner
{
    private static readonly string[] s_roleNames =
        ["role", "user role", "role name", "account role", "user type", "account type", "is admin", "is administrator", "is superuser", "is staff", "admin"];

    private static readonly string[] s_statusNames =
        ["status", "user status", "account status", "state", "account state", "is active", "active", "enabled", "is enabled",
         "is deleted", "deleted", "disabled", "is disabled", "suspended", "is suspended", "locked", "is locked", "banned", "is banned", "blocked", "is blocked"];

    private static readonly string[] s_adminNames = ["admin", "administrator", "superadmin", "super admin", "superuser", "super user", "root", "sysadmin"];

    /// <summary>The users table among <paramref name="drafts"/>; null where there is none whose rows one column tells apart.</summary>
    public static UserTable? Find(IEnumerable<ResourceDraft> drafts)
    {
        foreach (var draft in drafts.Where(draft => draft.Role == TableRole.Users))
        {
            if (draft.Key is not { IsComposite: false } key)
            {
                draft.Role = TableRole.Ordinary;
                continue;
            }

            var properties = draft.OrderedProperties;
            return new UserTable
            {
                Names = draft.Names,
                Key = key.Properties[0],
                Email = properties.First(property => ColumnRoles.IsEmail(draft.Facts.Find(property.ColumnName)!)),
                PasswordHash = properties.First(property => ColumnRoles.IsSecret(draft.Facts.Find(property.ColumnName)!)),
                Role = Find(properties, s_roleNames),
                Status = Find(properties, s_statusNames),
            };
        }

        return null;
    }

    /// <summary>The roles that <paramref name="users"/> can have.</summary>
    public static RoleSet RolesOf(UserTable? users)
    {
        if (users?.Role is not { } role || role.Form == ValueForm.Boolean)
        {
            return RoleSet.Usual;
        }

        // The literals of an enum, or those that a check allows.
        string[] names = role.Enum is { } enumeration
            ? [.. enumeration.Members.Select(member => member.Text)]
            : [.. role.Rules.Where(rule => rule.Kind == RuleKind.OneOf).SelectMany(rule => rule.Values).Select(value => value.Json.Trim('"'))];
        if (names.Length == 0)
        {
            return RoleSet.Usual;
        }

        var admin = names.FirstOrDefault(name => s_adminNames.Contains(Words.Sentence(Words.Of(name)))) ?? RoleSet.Usual.Admin;
        var standard = role.Default?.Json?.Trim('"') is { } given && names.Contains(given) && given != admin
            ? given
            : names.FirstOrDefault(name => name != admin) ?? admin;
        return new RoleSet([.. names], admin, standard);
    }

    private static Property? Find(IEnumerable<Property> properties, string[] names) => properties
        .Where(property => property.Form is ValueForm.Enum or ValueForm.Text or ValueForm.Boolean && property.ServerValue == ServerValue.None)
        .Select(property => (Property: property, Rank: Array.IndexOf(names, Words.Sentence(Words.Of(property.ColumnName)))))
        .Where(candidate => candidate.Rank >= 0)
        .OrderBy(candidate => candidate.Rank)
        .Select(candidate => candidate.Property)
        .FirstOrDefault();
}
