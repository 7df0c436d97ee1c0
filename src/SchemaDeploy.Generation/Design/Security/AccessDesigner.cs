using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>Decides who may do what with the rows of a resource: the defaults, and what @public and @allow say instead.</summary>
internal sealed class AccessDesigner(UserTable? users, RoleSet roles, DiagnosticBag diagnostics)
{
    private static readonly string[] s_operations = ["read", "create", "update", "delete", "write", "all"];
    private static readonly string[] s_people = ["anyone", "user", "owner", "none"];

    /// <summary>Who may do what with the rows of <paramref name="draft"/>.</summary>
    public AccessPolicy Design(ResourceDraft draft, Ownership? ownership)
    {
        var policy = DefaultOf(draft, ownership);
        foreach (var tag in draft.Table.Tags)
        {
            policy = tag.Name switch
            {
                Tags.Public => Open(policy, tag, draft),
                Tags.Allow => Allow(policy, tag, draft, ownership),
                _ => policy,
            };
        }

        return policy;
    }

    private AccessPolicy DefaultOf(ResourceDraft draft, Ownership? ownership) => draft.Role switch
    {
        TableRole.Users => new AccessPolicy(Grant.Owner, Grant.Admin, Grant.Owner, Grant.Admin),
        TableRole.AuditLog => new AccessPolicy(Grant.Admin, Grant.None, Grant.None, Grant.None),
        _ when ownership is not null && RoleAssignments.AreIn(draft, users) => AccessPolicy.Of(Grant.Admin) with { Read = Grant.Owner },
        _ when ownership is not null => AccessPolicy.Of(Grant.Owner),
        _ => new AccessPolicy(Grant.User, Grant.Admin, Grant.Admin, Grant.Admin),
    };

    // @public, @public read, @public read, create
    private AccessPolicy Open(AccessPolicy policy, SmartTag tag, ResourceDraft draft)
    {
        if (Refuses(draft, tag))
        {
            return policy;
        }

        var operations = tag.Argument.Length == 0 ? ["read"] : tag.Argument.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var operation in operations)
        {
            policy = With(policy, operation, Grant.Anyone, tag);
        }

        return policy;
    }

    // @allow read: USER; update: owner, ADMIN
    private AccessPolicy Allow(AccessPolicy policy, SmartTag tag, ResourceDraft draft, Ownership? ownership)
    {
        if (Refuses(draft, tag))
        {
            return policy;
        }

        var parts = tag.Argument.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
        {
            Report(tag, "operations and who may do them must follow, as in 'read: USER; update: owner, ADMIN'");
        }

        foreach (var part in parts)
        {
            if (part.Split(':', 2, StringSplitOptions.TrimEntries) is not [var operations, var people])
            {
                Report(tag, $"'{part}' lacks the colon between operation and people, as in 'read: USER'");
                continue;
            }

            var grant = GrantOf(people, tag, ownership);
            foreach (var operation in operations.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                policy = With(policy, operation, grant, tag);
            }
        }

        return policy;
    }

    private Grant GrantOf(string people, SmartTag tag, Ownership? ownership)
    {
        var grant = Grant.Admin;
        var names = people.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            if (Is(name, "none") && names.Length == 1)
            {
                return Grant.None;
            }

            if (Is(name, "owner") && ownership is null)
            {
                Report(tag, "the table has no owner: no foreign key names one, and @owner says of no column that it does");
            }
            else if (Is(name, "anyone"))
            {
                grant = grant with { ToAnyone = true };
            }
            else if (Is(name, "user") || Is(name, "users") || Is(name, roles.Default))
            {
                // Whoever has signed in has at least the role of those who register.
                grant = grant with { ToUsers = true };
            }
            else if (Is(name, "owner"))
            {
                grant = grant with { ToOwner = true };
            }
            else if (roles.Names.FirstOrDefault(role => Is(name, role)) is { } role)
            {
                grant = role == roles.Admin ? grant : grant with { Roles = grant.Roles.Add(role) };
            }
            else
            {
                Report(tag, $"'{name}' is no role.{Suggestion.For(name, [.. roles.Names, .. s_people])}");
            }
        }

        if (names.Length == 0)
        {
            Report(tag, "nobody is named; 'none' would say so");
        }

        return grant;
    }

    private AccessPolicy With(AccessPolicy policy, string operation, Grant grant, SmartTag tag)
    {
        switch (operation.ToLowerInvariant())
        {
            case "read":
                return policy with { Read = grant };
            case "create":
                return policy with { Create = grant };
            case "update":
                return policy with { Update = grant };
            case "delete":
                return policy with { Delete = grant };
            case "write":
                return policy with { Create = grant, Update = grant, Delete = grant };
            case "all":
                return AccessPolicy.Of(grant);
            default:
                Report(tag, $"'{operation}' is no operation.{Suggestion.For(operation, s_operations)}");
                return policy;
        }
    }

    // What was done is written by nobody but the server, and is for ADMIN to read.
    private bool Refuses(ResourceDraft draft, SmartTag tag)
    {
        if (draft.Role != TableRole.AuditLog)
        {
            return false;
        }

        diagnostics.Report(DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name, "the audit log is read by ADMIN and written by the server");
        return true;
    }

    private void Report(SmartTag tag, string reason) =>
        diagnostics.Report(DesignDiagnostics.AccessNotUnderstood, tag.Source.ToSpan(), tag.Name, reason);

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
