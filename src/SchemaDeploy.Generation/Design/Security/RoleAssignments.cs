using System.Collections.Frozen;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>
/// Finds where a schema keeps in rows what users may do: tables of roles and rights, references to them, and tables that
/// give them to users. Nobody but ADMIN writes those, also where a row is its user's own.
/// </summary>
internal static class RoleAssignments
{
    private static readonly FrozenSet<string> s_rights =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "role", "permission", "privilege", "authority", "entitlement");

    /// <summary>Whether the rows of a resource are roles or rights, by its name.</summary>
    public static bool AreRights(ResourceNames names) => Words.Of(names.Singular) is [.., var last] && s_rights.Contains(last);

    /// <summary>Whether a column of <paramref name="draft"/> refers to a role or a right.</summary>
    public static bool RefersToRight(ResourceDraft draft, Property property) => draft.References.Any(reference =>
        AreRights(reference.Target) && reference.Properties.Any(own => own.ColumnName == property.ColumnName));

    /// <summary>Whether the rows of <paramref name="draft"/> say what the user that each refers to may do.</summary>
    public static bool AreIn(ResourceDraft draft, UserTable? users) =>
        draft.References.Where(reference => reference.Target == users?.Names).ToList() is { Count: > 0 } toUsers
        && (AreRights(draft.Names)
            || draft.References.Any(reference => AreRights(reference.Target))
            || IsMembership(draft, toUsers));

    // One row for a user and something else, with the user's role there.
    private static bool IsMembership(ResourceDraft draft, List<Reference> toUsers)
    {
        if (draft.OrderedProperties.All(property => UserNames.RoleRank(property.ColumnName) < 0))
        {
            return false;
        }

        bool RefersToUser(string column) => toUsers.Any(reference => reference.Properties.Any(property => property.ColumnName == column));
        bool Refers(string column) => draft.References.Any(reference => reference.Properties.Any(property => property.ColumnName == column));
        var keys = draft.Table.UniqueKeys.Select(key => key.Columns);
        return (draft.Table.PrimaryKey is { } primary ? keys.Prepend(primary.Columns) : keys)
            .Any(columns => columns.Length > 1 && columns.All(Refers) && columns.Any(RefersToUser));
    }
}
