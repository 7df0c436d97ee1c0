using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a service prints about whose the rows are and who may do what.</summary>
internal sealed class AccessView(Resource resource, bool isWritable)
{
    /// <summary>The initialiser of ResourceAccess, a grant each.</summary>
    public IEnumerable<AssignmentView> Grants
    {
        get
        {
            yield return new AssignmentView("Read", Of(resource.Access.Read));
            if (isWritable)
            {
                yield return new AssignmentView("Create", Of(resource.Access.Create));
                yield return new AssignmentView("Update", Of(resource.Access.Update));
                yield return new AssignmentView("Delete", Of(resource.Access.Delete));
            }
        }
    }

    /// <summary>Whether rows have owners.</summary>
    public bool HasOwner => resource.Ownership is not null;

    /// <summary>The type of the owner's key.</summary>
    public string OwnerType => resource.Ownership!.Property.ClrType;

    /// <summary>From a row to the key of its owner, such as <c>.Order.OwnerId</c>.</summary>
    public string OwnerPath =>
        string.Concat(resource.Ownership!.Path.Select(reference => "." + reference.Name)) + "." + resource.Ownership.Property.Name;

    /// <summary>Fields of new rows that only ADMIN may set; users register, whoever may create rows otherwise.</summary>
    public IReadOnlyList<string> CreateGuards { get; } = resource.Access.Create.ReachesBeyondAdmin || resource.Role == TableRole.Users
        ? [.. resource.Properties.Where(property => property.IsAdminOnly && property.InCreate).Select(CreateGuard)]
        : [];

    /// <summary>Fields that only ADMIN may change.</summary>
    public IReadOnlyList<string> UpdateGuards { get; } = resource.Access.Update.ReachesBeyondAdmin
        ?
        [
            .. resource.Properties.Where(property => property.IsAdminOnly && property.InUpdate).Select(UpdateGuard),
            // Users change their own password by giving the present one.
            .. resource.Password is { } password ? [$"guard.Absent({Quote(password.JsonName)}, request.{password.Name})"] : (string[])[],
        ]
        : [];

    /// <summary>References to rows that are not everybody's.</summary>
    public IReadOnlyList<ReferenceGuardView> References { get; } = resource.Access.Create.ReachesBeyondAdmin || resource.Access.Update.ReachesBeyondAdmin
        ? [.. resource.GuardedReferences.Select(guarded => new ReferenceGuardView(guarded))]
        : [];

    /// <summary>References to rows that are marked when they are deleted.</summary>
    public IReadOnlyList<ReferenceView> MarkedReferences { get; } =
        [.. resource.Links.Where(link => link.IsToMarkedRows).Select(link => new ReferenceView(link))];

    /// <summary>Whether references are looked at before a row is written.</summary>
    public bool ChecksReferences => References.Count > 0 || MarkedReferences.Count > 0;

    /// <summary>The value of a new row's owner where the request names none.</summary>
    public static string OwnerOfNew(Property property) => (property.Nullable, property.IsValueType) switch
    {
        (true, true) => $"Caller.KeyOrNull<{property.ClrType}>()",
        (true, false) => "Caller.Id",
        _ => $"Caller.Key<{property.ClrType}>()",
    };

    private static string Of(Grant grant)
    {
        if (grant.ToAnyone)
        {
            return "Grant.Anyone";
        }

        var parts = new List<string>();
        if (grant.ToUsers)
        {
            parts.Add("Grant.User");
        }
        else
        {
            if (grant.ToOwner)
            {
                parts.Add("Grant.Owner");
            }

            if (grant.Roles.Length > 0)
            {
                parts.Add($"Grant.Roles({string.Join(", ", grant.Roles.Select(Quote))})");
            }
        }

        return parts.Count > 0 ? string.Join(" | ", parts) : grant.ToAdmin ? "Grant.Admin" : "Grant.None";
    }

    private static string CreateGuard(Property property) => property.Default?.RequestCSharp is { } value
        ? $"guard.Unchanged({Quote(property.JsonName)}, {value}, request.{property.Name})"
        : $"guard.Absent({Quote(property.JsonName)}, request.{property.Name})";

    private static string UpdateGuard(Property property)
    {
        var requested = $"request.{property.Name}" + (property.KeptWhenAbsent ? $" ?? entity.{property.Name}" : "");
        return $"guard.Unchanged({Quote(property.JsonName)}, entity.{property.Name}, {requested})";
    }
}
