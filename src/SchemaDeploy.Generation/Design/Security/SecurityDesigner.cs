using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>Designs whose the rows are, who may do what with them, and what only ADMIN may set.</summary>
internal sealed class SecurityDesigner
{
    private readonly IReadOnlyList<ResourceDraft> _drafts;
    private readonly DiagnosticBag _diagnostics;

    public SecurityDesigner(IReadOnlyList<ResourceDraft> drafts, DiagnosticBag diagnostics)
    {
        (_drafts, _diagnostics) = (drafts, diagnostics);
        (Users, Roles) = new UserTableDesigner(drafts.First(draft => draft.Role == TableRole.Users), diagnostics).Design();
    }

    /// <summary>The users who sign in.</summary>
    public UserTable Users { get; }

    /// <summary>The roles that they can have.</summary>
    public RoleSet Roles { get; }

    /// <summary>Completes the drafts.</summary>
    public void Design()
    {
        var ownerships = new OwnershipDesigner(_drafts, Users, _diagnostics);
        var access = new AccessDesigner(Users, Roles, _diagnostics);
        var policies = new Dictionary<ResourceNames, AccessPolicy>(ReferenceEqualityComparer.Instance);
        foreach (var draft in _drafts)
        {
            draft.Ownership = ownerships.Of(draft);
            draft.Access = access.Design(draft, draft.Ownership);
            policies[draft.Names] = draft.Access;
            Restrict(draft);
        }

        foreach (var draft in _drafts)
        {
            Guard(draft, policies);
            Open(draft, policies);
        }
    }

    // The rows that refer to one are as open as both are.
    private static void Open(ResourceDraft draft, Dictionary<ResourceNames, AccessPolicy> policies)
    {
        for (var i = 0; i < draft.Collections.Count; i++)
        {
            var collection = draft.Collections[i];
            draft.Collections[i] = collection with { IsOpen = draft.Access!.Read.ToAnyone && policies[collection.Source].Read.ToAnyone };
        }
    }

    // What a reference to people says is no secret that the row it refers to keeps, or nothing could be assigned to anybody.
    private void Guard(ResourceDraft draft, Dictionary<ResourceNames, AccessPolicy> policies)
    {
        foreach (var reference in draft.Links.Where(link => link.Target != Users.Names))
        {
            var isToOwner = draft.Ownership is { IsDirect: false } ownership && ownership.Path[0] == reference;
            if (isToOwner || policies[reference.Target].Read.IsByRow)
            {
                draft.GuardedReferences.Add(new GuardedReference(reference, isToOwner));
            }
        }
    }

    private static void Restrict(ResourceDraft draft)
    {
        if (draft.Ownership is { IsDirect: true } ownership && draft.Role == TableRole.Ordinary)
        {
            Change(draft, ownership.Property, property => property with
            {
                IsOwner = true,
                IsAdminOnly = true,
                RequiredOnCreate = false,
                RequiredOnUpdate = false,
                KeptWhenAbsent = true,
            });
        }
    }

    private static void Change(ResourceDraft draft, Property property, Func<Property, Property> change) =>
        draft.Properties[property.ColumnName] = change(draft.Properties[property.ColumnName]);
}
