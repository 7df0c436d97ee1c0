using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>
/// Finds in the users table what signing in needs, and takes out of requests what users do not write: the hash of the
/// password, for which there is a password, and what only ADMIN may set.
/// </summary>
internal sealed class UserTableDesigner(ResourceDraft draft, DiagnosticBag diagnostics)
{
    // 61 bytes, in Base64 where the column is text.
    private const int HashBytes = 61;
    private const int HashCharacters = 84;

    /// <summary>The users table and the roles that its rows can have.</summary>
    public (UserTable Users, RoleSet Roles) Design()
    {
        var role = FindRole();
        var (admin, roles) = (AdminValueOf(role), RolesOf(role));
        if (role is not null)
        {
            role = Put(CompleteRole(role, roles));
        }

        var rules = draft.OrderedProperties.Select(property => SignInDesigner.Design(draft, property)).OfType<SignInRule>().ToImmutableArray();
        foreach (var rule in rules)
        {
            Put(rule.Property);
        }

        var hash = draft.OrderedProperties.FirstOrDefault(property => IsSecret(property) && UserNames.IsHash(property.ColumnName) && HoldsHash(property));
        foreach (var property in draft.OrderedProperties)
        {
            Put(IsSecret(property) ? Conceal(property, property.ColumnName == hash?.ColumnName) : Restrict(property, role));
        }

        var email = Put(draft.OrderedProperties.First(property => ColumnRoles.IsEmail(draft.Facts.Find(property.ColumnName)!)) with
        {
            IsEmail = true,
            InCreate = true,
        });
        var needsOtherRows = !draft.CanCreate || draft.Links.Any(link => link.Required);
        var users = new UserTable
        {
            Names = draft.Names,
            Key = draft.Key!.Properties[0],
            Email = email,
            PasswordHash = hash is null ? null : draft.Properties[hash.ColumnName],
            Role = role,
            AdminRole = admin,
            SignInRules = [.. rules.Select(rule => rule with { Property = draft.Properties[rule.Property.ColumnName] })],
            NeedsOtherRows = needsOtherRows,
            IsOpen = draft.OrderedProperties.All(property => !(property.RequiredOnCreate && property.IsAdminOnly)),
            IsEmailEnough = !needsOtherRows && draft.OrderedProperties.All(property => !property.RequiredOnCreate || property.IsEmail),
        };
        return (users, roles);
    }

    private Property Put(Property property) => draft.Properties[property.ColumnName] = property;

    private bool IsSecret(Property property) => !property.IsKey
        && (ColumnRoles.IsSecret(draft.Facts.Find(property.ColumnName)!)
            || (property.Form is ValueForm.Text or ValueForm.Bytes && UserNames.IsToken(property.ColumnName)));

    private static bool HoldsHash(Property property) =>
        property is { IsFixedLength: false, ServerValue: ServerValue.None }
        && (property.Form == ValueForm.Text ? property.MaxLength is null or >= HashCharacters : property.MaxLength is null or >= HashBytes)
        && property.Rules.All(rule => rule.Kind is RuleKind.Text or RuleKind.MaxLength || (rule.Kind == RuleKind.MinLength && rule.Length <= HashBytes));

    // The hash is set by whoever makes it; what is kept beside it in the schema stays empty.
    private static Property Conceal(Property property, bool isHash) => property with
    {
        InResponse = false,
        InCreate = false,
        InUpdate = false,
        RequiredOnCreate = false,
        RequiredOnUpdate = false,
        Filterable = false,
        IsAudited = false,
        Sortable = false,
        Default = isHash || property.Nullable || property.ServerValue != ServerValue.None ? null : property.Default ?? Empty(property),
    };

    // A token may have to be another one in every row.
    private static PropertyDefault Empty(Property property) => new(DefaultKind.Literal)
    {
        CSharp = property.Form == ValueForm.Bytes ? "[]"
            : UserNames.IsToken(property.ColumnName) && property.MaxLength is null or >= 32 ? "Guid.NewGuid().ToString(\"N\")"
            : "\"\"",
    };

    private Property Restrict(Property property, Property? role)
    {
        if (property.IsKey)
        {
            // A key that says nothing is not for users to choose.
            return property.Form == ValueForm.Uuid && property is { ServerValue: ServerValue.None, Default: null } ? Generate(property, "Guid.NewGuid()")
                : property is { Form: ValueForm.Text, MaxLength: 36, ServerValue: ServerValue.None, Default: null } ? Generate(property, "Guid.NewGuid().ToString()")
                : property.Default is { Kind: DefaultKind.Uuid } ? property with { IsAdminOnly = true } : property;
        }

        if (property.ColumnName != role?.ColumnName && !UserNames.IsForAdmin(property.ColumnName) && !RoleAssignments.RefersToRight(draft, property))
        {
            return property;
        }

        var filled = property.RequiredOnCreate ? property.Form switch
        {
            ValueForm.Boolean => SignInDesigner.WithDefault(property, new RuleValue("false", "false")),
            ValueForm.Integer when !draft.Links.Any(link => link.Properties.Any(own => own.ColumnName == property.ColumnName)) =>
                SignInDesigner.WithDefault(property, SignInDesigner.Literal(draft, property, "0")!),
            _ => property,
        }
        : property;

        if (!filled.RequiredOnCreate)
        {
            return filled with { IsAdminOnly = true };
        }

        if (!RoleAssignments.RefersToRight(draft, filled))
        {
            // What a row needs and the server does not know has to be said by whoever registers.
            return filled;
        }

        diagnostics.Report(DesignDiagnostics.RegistrationClosed, draft.Facts.Find(property.ColumnName)!.Source.ToSpan(), property.ColumnName, draft.Table.Name);
        return filled with { IsAdminOnly = true, RequiredOnUpdate = false, KeptWhenAbsent = true };
    }

    private static Property Generate(Property property, string code) => property with
    {
        Default = new PropertyDefault(DefaultKind.Uuid) { CSharp = code },
        RequiredOnCreate = false,
        IsAdminOnly = true,
    };

    private Property? FindRole() =>
        Best(UserNames.RoleRank, property => property.Form is ValueForm.Enum or ValueForm.Text)
        ?? Best(UserNames.KindRank, property => SignInDesigner.KnownValues(property).Any(IsAdmin))
        ?? Best(UserNames.AdminFlagRank, property => property.Form is ValueForm.Boolean or ValueForm.Text or ValueForm.Integer);

    private Property? Best(Func<string, int> rank, Func<Property, bool> isUsable) => draft.OrderedProperties
        .Where(property => property.ServerValue == ServerValue.None && rank(property.ColumnName) >= 0 && isUsable(property))
        .MinBy(property => rank(property.ColumnName));

    private static bool IsFlag(Property role) => UserNames.AdminFlagRank(role.ColumnName) >= 0;

    private static bool IsAdmin(RuleValue value) => UserNames.IsAdmin(value.Json.Trim('"'));

    private RuleValue? AdminValueOf(Property? role)
    {
        if (role is null)
        {
            return null;
        }

        if (IsFlag(role))
        {
            return role.Form switch
            {
                ValueForm.Boolean => new RuleValue("true", "true"),
                ValueForm.Integer => SignInDesigner.Literal(draft, role, "1"),
                _ => SignInDesigner.Literal(draft, role, "Y"),
            };
        }

        var known = SignInDesigner.KnownValues(role);
        return known.Length > 0 ? known.FirstOrDefault(IsAdmin) : SignInDesigner.Literal(draft, role, InCaseOf(role, RoleSet.Usual.Admin));
    }

    private static RoleSet RolesOf(Property? role)
    {
        if (role is null || IsFlag(role))
        {
            return RoleSet.Usual;
        }

        ImmutableArray<string> names = [.. SignInDesigner.KnownValues(role).Select(value => value.Json.Trim('"'))];
        if (names.IsEmpty)
        {
            var (user, admin) = (role.Default?.Json?.Trim('"') ?? RoleSet.Usual.Default, InCaseOf(role, RoleSet.Usual.Admin));
            return UserNames.IsAdmin(user) ? new RoleSet([RoleSet.Usual.Default, user], user, RoleSet.Usual.Default) : new RoleSet([user, admin], admin, user);
        }

        var best = names.FirstOrDefault(UserNames.IsAdmin) ?? RoleSet.Usual.Admin;
        var standard = role.Default?.Json?.Trim('"') is { } given && names.Contains(given) && given != best
            ? given
            : names.FirstOrDefault(UserNames.IsOrdinary) ?? names.FirstOrDefault(name => name != best) ?? best;
        return new RoleSet(names, best, standard);
    }

    // Whoever registers is no administrator, whatever the column's default says.
    private Property CompleteRole(Property role, RoleSet roles)
    {
        var standard = !IsFlag(role) ? SignInDesigner.Literal(draft, role, roles.Default) : role.Form switch
        {
            ValueForm.Boolean => new RuleValue("false", "false"),
            ValueForm.Integer => SignInDesigner.Literal(draft, role, "0"),
            _ => SignInDesigner.Literal(draft, role, "N"),
        };
        return standard is null || role.Default?.Json == standard.Json ? role : SignInDesigner.WithDefault(role, standard);
    }

    private static string InCaseOf(Property role, string word) =>
        role.Default?.Json is { } json && json.Any(char.IsLower) && !json.Any(char.IsUpper) ? word.ToLowerInvariant() : word;
}
